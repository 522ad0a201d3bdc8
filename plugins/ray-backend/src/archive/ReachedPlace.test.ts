import type { LogCursor } from '@ml-platform/sdk';
import { ReachedPlace } from './ReachedPlace';

const at = (i: number) => `2026-11-23T21:06:0${i}.000000000Z`;
const LINES = [
  { time: at(1), text: 'a' },
  { time: at(2), text: 'b' },
  { time: at(2), text: 'c' },
  { text: 'without a time' },
  { time: at(4), text: 'd' },
];
const live = (time: string, count: number): LogCursor => ({
  kind: 'driver',
  run: 'r',
  place: {
    kind: 'container',
    podUid: 'u',
    container: 'c',
    restartCount: 0,
    time,
    count,
  },
});

describe('ReachedPlace', () => {
  it.each<[string, LogCursor | undefined, number]>([
    ['no place', undefined, 5],
    ['the beginning', { kind: 'archive', attempt: 1, lines: 0 }, 5],
    ['a line', { kind: 'archive', attempt: 1, lines: 3 }, 2],
    ['an earlier attempt', { kind: 'archive', attempt: 0, lines: 9 }, 5],
    ['lines of Ray', { kind: 'driver', run: 'r', place: 4 }, 1],
    ['the first line of a time', live(at(2), 1), 3],
    ['the last line of a time', live(at(2), 2), 2],
    ['a time that is not there', live(at(3), 1), 1],
    ['the end', live(at(4), 1), 0],
  ])('takes what comes after %s', (_, cursor, count) => {
    const reached = new ReachedPlace(cursor, 1);
    const taken = LINES.map(line => reached.takes(line));
    expect(taken).toEqual(LINES.map((_line, i) => i >= LINES.length - count));
    expect(reached.isPast).toBe(true);
  });
});
