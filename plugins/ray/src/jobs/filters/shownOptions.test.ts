import { shownOptions } from './shownOptions';

const describe_ = (value: string) => value.toUpperCase();
const options = Array.from({ length: 120 }, (_, i) => ({
  value: `person-${i}`,
  count: 1,
}));
const texts = (typed: string, others: number) =>
  shownOptions(options, { typed, describe: describe_, others }).map(
    ({ value, note }) => note ?? value,
  );

describe('shownOptions', () => {
  it('finds what is typed in what people see', () => {
    expect(texts('ON-11', 0)).toEqual([
      'person-11',
      ...Array.from({ length: 10 }, (_, i) => `person-${110 + i}`),
    ]);
  });

  it('says how many are not shown, and how to find them', () => {
    expect(texts('', 0).slice(99)).toEqual([
      'person-99',
      '20 more: type to find them.',
    ]);
    expect(texts('person-119', 1_500)).toEqual([
      'person-119',
      "1,500 with fewer jobs aren't listed. The search finds their jobs.",
    ]);
  });
});
