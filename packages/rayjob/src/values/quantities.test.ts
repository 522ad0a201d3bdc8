import {
  addQuantities,
  describeBytes,
  formatCpu,
  formatQuantity,
  multiplyQuantity,
  NO_QUANTITY,
  parseBytes,
  parseCpu,
  parseQuantity,
  readQuantity,
  wholeUnits,
} from './quantities';

describe('quantities', () => {
  it.each([
    ['2', 2],
    ['500m', 0.5],
    ['4Gi', 4 * 1024 ** 3],
    ['1.5G', 1.5e9],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['128974848000m', 128_974_848],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['1.', 1],
    ['+1', 1],
    ['-1', -1],
    [' 2 ', 2],
    [0.25, 0.25],
  ])('reads %s', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each([
    ...['', '.', 'four', '4 Gi', '4GiB', '--1', '1K', '1ki', 'Gi', '1e', 'NaN'],
    ...['1e999999999', '9'.repeat(100), Infinity],
  ])('refuses %s', text => {
    expect(() => parseQuantity(text)).toThrow(
      'is not a quantity; use a number',
    );
  });

  it.each([
    ['500m', '1', '500m'],
    ['0.5', '1', '500m'],
    ['1.5', '2', '1500m'],
    ['2', '2', '2'],
    ['2000', '2000', '2k'],
    ['2Gi', '2147483648', '2Gi'],
    ['1.5Gi', '1610612736', '1536Mi'],
    ['2147483648', '2147483648', '2147483648'],
    ['100n', '1', '100n'],
    ['0.1n', '1', '1n'],
    ['0', '0', '0'],
    ['-2Gi', '-2147483648', '-2Gi'],
  ])('%s are %s units, written %s', (text, units, written) => {
    const quantity = readQuantity(text);
    expect(wholeUnits(quantity)).toBe(units);
    expect(formatQuantity(quantity)).toBe(written);
  });

  it('sums in the form of the first one', () => {
    const sum = (...texts: string[]) =>
      formatQuantity(
        texts.map(readQuantity).reduce(addQuantities, NO_QUANTITY),
      );
    expect(sum('200m', '200m')).toBe('400m');
    expect(sum('1Gi', '1Gi', '200Mi')).toBe('2248Mi');
    expect(sum('500m', '1500m')).toBe('2');
    expect(formatQuantity(multiplyQuantity(readQuantity('512Mi'), 4))).toBe(
      '2Gi',
    );
  });

  it('writes what it reads', () => {
    expect([formatCpu(1500), formatCpu(2000)]).toEqual(['1500m', '2']);
    expect(parseBytes('0.5')).toBe(1);
    expect(parseCpu('0.1')).toBe(100);
    expect(parseCpu('100n')).toBe(1);
    expect(describeBytes(1.5 * 1024 ** 3)).toBe('1.5 GiB');
  });
});
