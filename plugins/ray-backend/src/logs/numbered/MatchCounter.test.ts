import { archiveLine } from '../../archive/archiveText';
import type { LinePlace } from './chunkLines';
import { MatchCounter, type MatchCounterOptions } from './MatchCounter';
import type { LogPart } from './NumberedLog';

/** A part of lines that all match, and where they are. */
function partOf(first: number, ...texts: readonly string[]) {
  const places: LinePlace[] = [];
  let text = '';
  for (const each of texts) {
    const start = text.length;
    text += archiveLine({ time: '2026-11-23T21:06:21Z', text: each });
    const number = first + places.length;
    places.push({ number, start, end: text.length - 1 });
  }
  const part: LogPart = { first, lines: texts.length, text };
  return { part, places };
}

function count(
  options: MatchCounterOptions,
  ...parts: readonly ReturnType<typeof partOf>[]
) {
  const counter = new MatchCounter(options);
  return parts.map(({ part, places }) => {
    const { lines, ...counted } = counter.take(part, places);
    const told = lines.map(({ number, position = [] }) =>
      [number, position].flat(),
    );
    return { told, ...counted };
  });
}

const WHOLE = { limit: 100, fold: true };

describe('MatchCounter', () => {
  it('tells of the first matches, and counts all', () => {
    expect(
      count({ limit: 3 }, partOf(1, 'a', 'a'), partOf(7, 'a', 'b')),
    ).toEqual([
      { told: [[1], [2]], matches: 2 },
      { told: [[7]], matches: 4 },
    ]);
  });

  it('tells once of those that are equal apart from their time, in whatever parts', () => {
    const [noon, later] = ['12:00:00 too hot', '12:00:09 too hot'];
    const parts = [
      partOf(1, 'a', noon, later),
      partOf(7, noon, later),
      partOf(9),
      partOf(20, noon, 'b', 'b'),
    ];
    expect(count(WHOLE, ...parts)).toEqual([
      {
        told: [
          [1, 1],
          [2, 2],
        ],
        ...{ matches: 3, line: 3, run: 2, until: 0 },
      },
      { told: [], matches: 5, line: 8, run: 2, until: 5 },
      { told: [], matches: 5, line: 8, run: 2, until: 5 },
      { told: [[21, 7]], matches: 8, line: 22, run: 7, until: 6 },
    ]);
  });

  it('goes on from the match before', () => {
    const before = { number: 4, text: 'a' };
    const [goesOn] = count({ ...WHOLE, before }, partOf(5, 'a', 'a'));
    expect(goesOn).toMatchObject({ told: [], line: 6, run: 0, until: 2 });
    const [other] = count({ ...WHOLE, before }, partOf(5, 'b', 'a'));
    expect(other).toMatchObject({
      told: [
        [5, 1],
        [6, 2],
      ],
      ...{ run: 2, until: 0 },
    });
    const [none] = count({ ...WHOLE, before }, partOf(5));
    expect(none).toMatchObject({ matches: 0, line: 4, run: 0, until: 0 });
  });

  it('counts all that match, however few it tells of', () => {
    const [step] = count({ ...WHOLE, limit: 0 }, partOf(1, 'a', 'a', 'b'));
    expect(step).toMatchObject({ told: [], matches: 3, run: 3 });
  });
});
