import { LogMap, type LogMapOptions } from './LogMap';

const map = (options: Partial<LogMapOptions>) =>
  new LogMap({ first: 1, last: 10, missing: [], ...options });

/** What is at each place, in short. */
function places(of: LogMap): string[] {
  const found = [];
  for (let seq = of.start; seq < of.end; seq += 1) {
    const place = of.at(seq);
    found.push(place.kind === 'gap' ? place.gap.reason : `${place.number}`);
  }
  return found;
}

describe('LogMap', () => {
  it('gives each line the place of its number', () => {
    const whole = map({});
    expect([whole.start, whole.end]).toEqual([1, 11]);
    expect(whole.seqOf(7)).toBe(7);
    expect(places(map({ first: 8 }))).toEqual(['8', '9', '10']);
    expect(places(map({ last: 0 }))).toEqual([]);
  });

  it('has a place for each gap, and none for the lines that are lost', () => {
    const gaps = map({
      missing: [
        { line: 3, lines: 2, reason: 'a' },
        { line: 4, reason: 'b' },
        { line: 9, lines: 4, reason: 'c' },
        { line: 9, reason: 'd' },
        { line: 11, reason: 'e' },
      ],
      first: 3,
    });
    expect(places(gaps)).toEqual([
      'a',
      '3',
      'b',
      '4',
      'c',
      'd',
      '9',
      '10',
      'e',
    ]);
    expect([1, 2, 5, 8].map(number => gaps.lostIn(number)?.reason)).toEqual([
      'a',
      'a',
      'c',
      'c',
    ]);
    expect([3, 4, 9].map(number => gaps.lostIn(number))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(gaps.seqOf(6)).toBe(gaps.seqOf(9) - 2);
    expect([4, 9, 10].map(number => gaps.isBroken(number))).toEqual([
      true,
      true,
      false,
    ]);
    expect(gaps.lost).toBe(6);
  });

  it('keeps the place of a line as the log grows, and loses its beginning', () => {
    const missing = [{ line: 100, lines: 50, reason: 'a' }];
    const early = map({ last: 120, missing });
    const late = map({
      ...{ first: 110, last: 10_000_000 },
      missing: [...missing, { line: 9_000, lines: 1_000, reason: 'b' }],
    });
    expect(late.seqOf(115)).toBe(early.seqOf(115));
    expect(late.at(late.start)).toEqual({ kind: 'line', number: 110 });
    const seq = late.seqOf(9_876_543);
    expect(late.at(seq)).toEqual({ kind: 'line', number: 9_876_543 });
  });
});
