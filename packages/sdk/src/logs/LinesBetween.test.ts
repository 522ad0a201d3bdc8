import { LinesBetween } from './LinesBetween';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

/** All that it picks from a file that comes in pieces of seven lines. */
function pick(between: LinesBetween, file: readonly string[]) {
  const lines: string[] = [];
  for (let at = 0; at < file.length; at += 7) {
    lines.push(...between.take(file.slice(at, at + 7)));
  }
  lines.push(...between.finish());
  return { lines, sure: between.isSure, overlap: between.overlap };
}

describe('LinesBetween', () => {
  const file = numbered(0, 5_000);

  it.each([
    ['the beginning', [], numbered(4_000, 5_000), numbered(0, 4_000)],
    ['nothing', [], numbered(0, 30), []],
    ['the middle', numbered(5, 30), numbered(70, 80), numbered(30, 70)],
    ['what is between neighbors', numbered(5, 30), numbered(30, 40), []],
    ['the end', numbered(5, 30), [], numbered(30, 5_000)],
    ['one line', ['line 6'], ['line 8'], ['line 7']],
  ])('picks %s', (_, before, after, lines) => {
    const between = new LinesBetween({ before, after });
    expect(pick(between, file)).toEqual({ lines, sure: true, overlap: 0 });
  });

  it('leaves out what was given out before', () => {
    const after = numbered(100, 150);
    expect(pick(new LinesBetween({ after, from: 40 }), file)).toEqual({
      lines: numbered(40, 100),
      sure: true,
      overlap: 0,
    });
    expect(pick(new LinesBetween({ after, from: 130 }), file)).toEqual({
      lines: [],
      sure: true,
      overlap: 30,
    });
  });

  it.each([
    ['the place comes again', [], ['line 3'], [...numbered(0, 9), 'line 3']],
    ['the place is nowhere', [], ['other'], numbered(0, 9)],
    [
      'the place before comes twice',
      ['line 1'],
      ['line 8'],
      ['line 1', ...numbered(0, 9)],
    ],
    ['no place before is there', ['other'], ['line 8'], numbered(0, 9)],
  ])('is not sure where %s', (_, before, after, lines) => {
    const between = new LinesBetween({ before, after });
    expect(pick(between, lines).sure).toBe(false);
  });

  it('counts the lines of the file up to those that it gave out', () => {
    const between = new LinesBetween({ after: numbered(100, 120) });
    expect(between.take(numbered(0, 50))).toEqual(numbered(0, 30));
    expect(between.count).toBe(30);
  });
});
