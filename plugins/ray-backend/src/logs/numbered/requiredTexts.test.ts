import { RE2JS } from 're2js';
import { lineMatcher } from './lineMatcher';
import { requiredTexts } from './requiredTexts';

describe('requiredTexts', () => {
  it.each([
    ['(nan|inf|overflow)', [['nan', 'inf', 'overflow']]],
    ['epoch \\d*999:', [['epoch '], ['999:']]],
    ['^step\\b.*(loss|accuracy)=0$', [['step'], ['loss', 'accuracy'], ['=0']]],
    ['(?:out of (memory|disk)){2,}', [['out of '], ['memory', 'disk']]],
    ['errors?: x', [['error'], [': x']]],
    ['(loss)?', []],
    ['a|bcd', []],
    ['abc|.*', []],
    // Of these, JavaScript knows nothing, or something else.
    ['(?P<name>loss)', []],
    ['(?i)loss', []],
    ['(?i:loss)', []],
    ['\\Qloss\\E', []],
    ['loss[[:digit:]]', []],
    ['\\pNloss', []],
  ])('finds what %s needs', (pattern, clauses) => {
    expect(requiredTexts(pattern)).toEqual(clauses);
  });

  it('never keeps a line from a pattern that matches it', () => {
    let seed = 1;
    const random = (below: number) => {
      // The step of a linear congruential generator.
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) % 2 ** 31;
      return Math.abs(seed) % below;
    };
    const oneOf = (values: readonly string[]) => values[random(values.length)];
    const LETTERS = ['a', 'b', 'k', '\u212a', 'ß', 's', '\u017f', ' ', '1'];
    const text = (length: number) =>
      Array.from({ length }, () => oneOf(LETTERS)).join('');
    const times = (count: number, make: () => string) =>
      Array.from({ length: 1 + random(count) }, make);
    const ATOMS = ['.', '\\d', '[ab]', '[^k]', '\\b', '^'];
    const pattern = (depth: number): string => {
      const part = () => {
        const isGroup = depth > 0 && random(3) === 0;
        const atom = isGroup
          ? `(${oneOf(['', '?:'])}${pattern(depth - 1)})`
          : oneOf([text(1 + random(3)), ...ATOMS]);
        const repeats = /[\])]$|^.$/u.test(atom) && atom !== '^';
        return atom + (repeats ? oneOf(['', '', '?', '*', '+', '{2}']) : '');
      };
      return times(2, () => times(4, part).join('')).join('|');
    };
    let matching = 0;
    for (let i = 0; i < 3_000; i += 1) {
      const q = pattern(2);
      const matchCase = random(2) === 0;
      const compiled = RE2JS.compile(q, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
      const matcher = lineMatcher({ q, regex: true, matchCase });
      const lines = Array.from({ length: 10 }, () =>
        oneOf([text(random(12)), text(random(12)).toUpperCase()]),
      );
      for (const line of lines.filter(one => compiled.test(one))) {
        matching += 1;
        expect([q, line, matcher.matches(line)]).toEqual([q, line, true]);
        expect(matcher.mayMatch(`other\n${line}\n`)).toBe(true);
      }
    }
    expect(matching).toBeGreaterThan(5_000);
  });
});
