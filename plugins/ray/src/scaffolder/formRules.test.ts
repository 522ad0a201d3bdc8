import { environmentProblems, parseEnvironment } from './environment';
import { joinQuantity, quantityProblem, splitQuantity } from './quantity';

describe('environment', () => {
  it('reads a .env file as dotenv does', () => {
    const file = [
      '\ufeff# my settings',
      'BATCH=64 # per device',
      'NAME="quoted value" # why',
      'export LR = 3e-4',
      'URL=https://h.example/?a=1&b=2#frag',
      'MULTI="first',
      'second=2',
      'third"',
      'ESC="a\\nb"',
      'EMPTY=',
      "SINGLE='$HOME # no'",
      '',
    ].join('\r\n');
    expect(parseEnvironment(file)).toEqual([
      { name: 'BATCH', value: '64' },
      { name: 'NAME', value: 'quoted value' },
      { name: 'LR', value: '3e-4' },
      { name: 'URL', value: 'https://h.example/?a=1&b=2' },
      { name: 'MULTI', value: 'first\nsecond=2\nthird' },
      { name: 'ESC', value: 'a\nb' },
      { name: 'EMPTY', value: '' },
      { name: 'SINGLE', value: '$HOME # no' },
    ]);
  });

  it('finds no variables in other texts', () => {
    expect(parseEnvironment('SEED')).toEqual([]);
    expect(parseEnvironment('# A=1')).toEqual([]);
  });

  it.each([
    [[{ name: 'A', value: '' }], 0],
    [[{ name: '1A', value: 'x' }], 1],
    [[{ name: '', value: '' }], 1],
    [
      [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
      1,
    ],
  ])('finds the problems in %j: %d', (variables, count) => {
    expect(environmentProblems(variables)).toHaveLength(count);
  });
});

describe('quantity', () => {
  it.each([
    ['4Gi', 'memory', { number: '4', unit: 'Gi' }],
    ['500m', 'cpu', { number: '500', unit: 'm' }],
    ['2', 'cpu', { number: '2', unit: '' }],
    ['4G', 'memory', { number: '4G' }],
    ['4', 'memory', { number: '4' }],
  ] as const)('splits %s of %s', (quantity, kind, parts) => {
    expect(splitQuantity(quantity, kind)).toEqual(parts);
  });

  it.each([
    [{ number: '4', unit: 'Gi' }, '4Gi'],
    [{ number: '4G', unit: 'Gi' }, '4G'],
    [{ number: '', unit: 'Gi' }, ''],
  ])('joins %j into %j', (parts, quantity) => {
    expect(joinQuantity(parts)).toBe(quantity);
  });

  it.each([
    ['2', 'cpu', false],
    ['-1', 'cpu', true],
    ['two', 'cpu', true],
    ['', 'cpu', true],
    ['4Gi', 'memory', false],
    ['4', 'memory', true],
  ] as const)('%j as %s is wrong: %s', (quantity, kind, wrong) => {
    expect(quantityProblem(quantity, kind) !== undefined).toBe(wrong);
  });
});
