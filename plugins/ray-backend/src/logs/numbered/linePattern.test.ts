import { MATCHED_CHARACTERS } from '@ml-platform/backstage-plugin-ray-common';
import { linePattern } from './linePattern';
import { patternSize } from './patternSize';

/** Milliseconds of the processor that some work takes. */
function effortOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('linePattern', () => {
  it.each([
    '[^~]{1,1000}~',
    '[^~]{1,1000}'.repeat(38),
    '(((a|b){10}){10}){10}',
    '(?:[a-f]{8}-){400}',
    '(?:\\Q((((\\E){90}',
    '\\d{600,}',
  ])('refuses %s for its size, and says what to do', pattern => {
    expect(() => linePattern(pattern, true)).toThrow('Use * or +');
  });

  it.each([
    '\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b',
    '(?:\\d{1,3}\\.){3}\\d{1,3}',
    '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}',
    '\\p{Lu}\\x{1F680}[]{1000}]',
    '\\{1000}',
  ])('takes %s', pattern => {
    expect(linePattern(pattern, false)('nothing')).toBe(false);
  });

  it.each([
    ['a?b+', 4],
    ['(ab){3}', 12],
    ['((a{2}){3}){4}', 56],
    ['[a(){}]{2,5}', 5],
    ['\\Qa{9}\\E', 8],
    ['a{2', 3],
    ['a)b(c', 5],
  ])('knows the size of %s', (pattern, size) => {
    expect(patternSize(pattern)).toBe(size);
  });

  it('looks at less of a line the larger the pattern is', () => {
    const line = `${'-'.repeat(1_000)}end`;
    expect(linePattern('[e]nd', true)(line)).toBe(true);
    expect(linePattern('[e]nd|x{400}', true)(line)).toBe(false);
    expect(linePattern('[e]nd', true)(line.repeat(5))).toBe(true);
    expect(linePattern('[E]nd', true)(`${line.repeat(5)}End`)).toBe(false);
  });

  it.each(['end', 'ERROR|end', '(?:loss|error)=nan|end'])(
    'looks at as much of a line as users are told for %s',
    pattern => {
      const line = `${'-'.repeat(MATCHED_CHARACTERS - 3)}end`;
      expect(linePattern(pattern, true)(line)).toBe(true);
      expect(linePattern(pattern, true)('-'.repeat(1_000) + line)).toBe(false);
    },
  );

  it.each([
    '[^~]{1,490}[~{]',
    'a.{490}[~{]',
    '(a.{14})*[~{]',
    '(a|b)*a(a|b){95}[~{]',
  ])('bounds the effort of %s on a long line', pattern => {
    const line = Array.from({ length: 50_000 }, (_, i) =>
      Math.sin(i * i) > 0 ? 'a' : 'b',
    ).join('');
    const matches = linePattern(pattern, false);
    // Without a bound, this takes many seconds.
    expect(effortOf(() => matches(line))).toBeLessThan(500);
  });
});
