import type { DriverCursor } from '@ml-platform/sdk';
import {
  archiveLine,
  gapLine,
  parseArchiveLine,
  placeLine,
} from './archiveText';
import { recallLines } from './recallLines';

const ANEW =
  'Ray ran the entrypoint again; what follows is what it wrote this time';
const at = (i: number) => `2026-11-23T21:06:0${i}.000000000Z`;
const line = (i: number, text: string) => archiveLine({ time: at(i), text });
const cursor = (i: number, count = 1): DriverCursor => ({
  kind: 'driver',
  run: 'r',
  place: {
    kind: 'container',
    podUid: 'u',
    container: 'c',
    restartCount: 0,
    time: at(i),
    count,
  },
});
const LINES = [
  line(1, 'a'),
  line(2, 'b'),
  line(2, 'c'),
  placeLine('u~driver~r~3'),
  line(4, 'd'),
];

async function* linesOf(all: readonly string[]) {
  yield* all.map(text => parseArchiveLine(text.slice(0, -1)));
}

describe('recallLines', () => {
  it.each<[string, readonly string[], DriverCursor, string[], boolean]>([
    ['up to a line', LINES, cursor(2, 2), ['a', 'b', 'c'], true],
    ['up to the first of a time', LINES, cursor(2), ['a', 'b'], true],
    ['all', LINES, cursor(4), ['a', 'b', 'c', 'd'], true],
    // Those of the old submitter after c are missing: d is of the next one.
    ['up to a line that it lacks', LINES, cursor(3), ['a', 'b', 'c'], false],
    ['its end', LINES, cursor(5), ['a', 'b', 'c', 'd'], false],
    [
      'what came after Ray ran the entrypoint again',
      [line(1, 'a'), gapLine(ANEW), line(2, 'a'), line(3, 'b')],
      cursor(3),
      ['a', 'b'],
      true,
    ],
  ])('knows %s', async (_, lines, place, texts, reaches) => {
    const recalled = await recallLines(linesOf(lines), 1, place);
    expect(recalled?.read.head.map(({ text }) => text)).toEqual(texts);
    expect(recalled?.reaches).toBe(reaches);
  });

  it('knows nothing of another run, or before the first line', async () => {
    const other = { ...cursor(2), run: 'other' };
    expect(await recallLines(linesOf(LINES), 1, other)).toBeUndefined();
    expect(await recallLines(linesOf(LINES), 1, cursor(0))).toBeUndefined();
  });
});
