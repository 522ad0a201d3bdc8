import {
  addQuantities,
  formatQuantity,
  multiplyQuantity,
  parseQuantity,
  toNumber,
  wholeUnits,
  zero,
} from './quantity';

describe('quantities', () => {
  it.each([
    ['500m', '1', '500m'],
    ['0.5', '1', '500m'],
    ['1.5', '2', '1500m'],
    ['2', '2', '2'],
    ['2000', '2000', '2k'],
    ['1e3', '1000', '1k'],
    ['2Gi', '2147483648', '2Gi'],
    ['1.5Gi', '1610612736', '1536Mi'],
    ['2147483648', '2147483648', '2147483648'],
    ['1G', '1000000000', '1G'],
    ['100n', '1', '100n'],
    ['0', '0', '0'],
    [2, '2', '2'],
  ])('%s are %s units, written %s', (text, units, written) => {
    const quantity = parseQuantity(text);
    expect(wholeUnits(quantity)).toBe(units);
    expect(formatQuantity(quantity)).toBe(written);
  });

  it('are summed in the form of the first one', () => {
    const sum = (...texts: string[]) =>
      formatQuantity(texts.map(parseQuantity).reduce(addQuantities, zero));
    expect(sum('200m', '200m')).toBe('400m');
    expect(sum('1Gi', '1Gi', '200Mi')).toBe('2248Mi');
    expect(sum('500m', '1500m')).toBe('2');
    expect(formatQuantity(multiplyQuantity(parseQuantity('512Mi'), 4))).toBe(
      '2Gi',
    );
    expect(toNumber(parseQuantity('2500m'))).toBe(2.5);
  });

  it.each(['', 'many', '1Zi', '.', '1 Gi'])('are not %p', text => {
    expect(() => parseQuantity(text)).toThrow(/is not a quantity/);
  });
});
