import type { PodLogCursor, PodLogEvent } from '@ml-platform/kube';
import { ReadLines } from './ReadLines';
import { SubmitterLog } from './SubmitterLog';

const place = (
  podUid: string,
  restartCount: number,
  count = 1,
): PodLogCursor => ({
  kind: 'container',
  podUid,
  container: 'main',
  restartCount,
  time: '2026-11-23T21:06:21.000000001Z',
  count,
});
const piece = (cursor: PodLogCursor, ...texts: string[]): PodLogEvent => ({
  type: 'lines',
  lines: texts.map(text => ({ text })),
  cursor,
});
const GAP: PodLogEvent = { type: 'gap', reason: 'The end of its log is lost' };

/** What comes out: lines, and in brackets what else is said. */
function out(log: SubmitterLog, ...events: PodLogEvent[]): string[] {
  return events
    .flatMap(event => log.take(event))
    .flatMap(event =>
      event.type === 'lines'
        ? event.lines.map(({ text }) => text)
        : [`[${event.type}]`],
    );
}

describe('SubmitterLog', () => {
  it('is one log when the container restarts in its pod', () => {
    const log = new SubmitterLog({ run: 'r' });
    expect(out(log, piece(place('u', 0), 'a', 'b', 'c'))).toEqual([
      'a',
      'b',
      'c',
    ]);
    // The new container has all lines, also those that the old one's log lost.
    expect(
      out(log, GAP, piece(place('u', 1), 'a', 'b'), piece(place('u', 1), 'c')),
    ).toEqual([]);
    expect(out(log, piece(place('u', 1), 'd'))).toEqual(['d']);
    expect(out(log, piece(place('u', 2), 'a', 'b', 'c', 'd', 'e'))).toEqual([
      'e',
    ]);
  });

  it('says that the end is missing where no line comes after it', () => {
    const log = new SubmitterLog({ run: 'r' });
    expect(out(log, piece(place('u', 0), 'a', 'b'), GAP)).toEqual(['a', 'b']);
    expect(log.end()).toEqual([GAP]);
    expect(log.end()).toEqual([]);
  });

  it('misses nothing that a later submitter repeats', () => {
    const log = new SubmitterLog({ run: 'r' });
    out(log, piece(place('u', 0), 'a', 'b'), GAP, piece(place('v', 0), 'a'));
    expect(log.end()).toEqual([]);
    out(log, GAP);
    expect(log.end()).toEqual([GAP]);
  });

  it('knows what was read when submitters are replaced in short order', () => {
    const log = new SubmitterLog({ run: 'r' });
    out(log, piece(place('u', 0), 'a', 'b', 'c', 'd'));
    expect(out(log, piece(place('v', 0), 'a', 'b'))).toEqual([]);
    expect(out(log, piece(place('w', 0), 'a', 'b', 'c', 'd', 'e'))).toEqual([
      'e',
    ]);
  });

  it('says that lines are missing where the node has rotated them away', () => {
    const log = new SubmitterLog({ run: 'r' });
    out(log, piece(place('u', 0), 'a'));
    expect(out(log, GAP, piece(place('u', 0, 2), 'c'))).toEqual(['[gap]', 'c']);
  });

  it('hands what it knows to who continues', () => {
    const known = { read: new ReadLines() };
    const first = new SubmitterLog({ run: 'r', known });
    out(first, piece(place('u', 0), 'a', 'b'));
    const { cursor } = first;
    const next = new SubmitterLog({ run: 'r', known, cursor });
    expect(out(next, piece(place('v', 0), 'a', 'b', 'c'))).toEqual(['c']);
    const without = new SubmitterLog({ run: 'r', cursor });
    expect(out(without, piece(place('v', 0), 'a', 'b', 'c'))).toEqual([
      '[gap]',
      'a',
      'b',
      'c',
    ]);
  });

  it.each([
    ['all up to the place', ['a', 'b'], true, ['d']],
    ['not the last lines', ['a'], false, ['[gap]', 'b', 'c', 'd']],
  ])(
    'repeats nothing that somebody else has kept: %s',
    (_, kept, reaches, expected) => {
      const cursor = place('u', 0);
      const log = new SubmitterLog({ run: 'r', cursor });
      // What comes of the same submitter is new, and was not kept.
      expect(out(log, piece(place('u', 0, 2), 'c'))).toEqual(['c']);
      const next = piece(place('v', 0), 'a', 'b', 'c', 'd');
      expect(log.lacks(piece(place('u', 0, 3), 'd'))).toBe(false);
      expect(log.lacks(next)).toBe(true);
      const read = new ReadLines();
      read.push(kept.map(text => ({ text })));
      log.recallBefore({ read, reaches });
      expect(log.lacks(next)).toBe(false);
      expect(out(log, next)).toEqual(expected);
    },
  );
});
