import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { LogCursor } from '@ml-platform/sdk';
import { LRUCache } from 'lru-cache';
import type { LogEvent, LogOpener, LogOutcome, LogStart } from '../logTypes';
import { LogFeed } from './LogFeed';
import { NumberedLog } from './NumberedLog';
import { timeFound } from './timeFound';

/** What one reading of a log brings, and how it ends; `wait` follows on. */
interface Reading {
  readonly events: readonly LogEvent[];
  readonly end: LogOutcome | 'wait' | Error;
}

const container = (count: number, restartCount = 0): LogCursor => ({
  kind: 'container',
  podUid: 'p',
  container: 'c',
  restartCount,
  time: '2026-11-23T21:06:21.000000000Z',
  count,
});
const lines = (texts: readonly string[], cursor: LogCursor): LogEvent => ({
  type: 'lines',
  lines: texts.map(text => ({ text })),
  cursor,
});
const gap = (reason: string, count?: number): LogEvent => ({
  type: 'gap',
  reason,
  lines: count,
});

describe('LogFeed', () => {
  const signal = new AbortController().signal;
  const feeds: LogFeed[] = [];

  afterEach(() => feeds.splice(0).forEach(feed => feed.close()));

  /** A log that is read like this, one reading after the other. */
  function feedOf(...readings: readonly Reading[]) {
    const left = [...readings];
    const starts: (LogStart & { readonly follow: boolean })[] = [];
    const open: LogOpener = async function* read(request) {
      starts.push({ ...request.start, follow: request.follow });
      const { events, end } = left.shift() ?? { events: [], end: 'wait' };
      yield* events;
      if (end instanceof Error) {
        throw end;
      }
      if (end === 'wait') {
        await setTimeout(60_000, undefined, {
          signal: request.signal,
          ref: false,
        }).catch(() => {});
        return 'read';
      }
      return end;
    };
    const unpacked = new LRUCache<object, string>({ max: 1 });
    const feed = new LogFeed({
      create: () => new NumberedLog({ folder: tmpdir(), unpacked }),
      lingerMs: 0,
      onGrow: () => {},
    });
    feeds.push(feed);
    return { feed, starts, hold: () => feed.hold(open) };
  }

  async function textsOf(feed: LogFeed) {
    const all = { count: 1_000, maxLength: 1e6 };
    const found = await feed.log.read(1, all);
    return found.map(({ number, text }) => `${number} ${text}`);
  }

  async function until(isTrue: () => boolean) {
    while (!isTrue()) {
      await setTimeout(1);
    }
  }

  it('reads what is there, then what is written, from the same place', async () => {
    const { feed, starts, hold } = feedOf(
      { events: [lines(['a', 'b'], container(2))], end: 'read' },
      { events: [lines(['c'], container(3))], end: 'completed' },
    );
    hold();
    await feed.reach(Infinity, 1, signal);
    await until(() => feed.end !== undefined);
    expect(feed.end).toEqual({ reason: 'completed' });
    await expect(textsOf(feed)).resolves.toEqual(['1 a', '2 b', '3 c']);
    expect(starts).toEqual([
      { cursor: undefined, follow: false },
      { cursor: container(2), follow: true },
    ]);
    // It is complete: nobody reads it again.
    hold();
    expect(starts).toHaveLength(2);
  });

  it('is read once for all who need it', async () => {
    const { feed, starts, hold } = feedOf({
      events: [lines(['a'], container(1))],
      end: 'read',
    });
    const release = hold();
    hold();
    release();
    release();
    await feed.reach(1, 1, signal);
    await setTimeout(5);
    expect(feed.isHeld).toBe(true);
    expect(starts).toHaveLength(2);
  });

  it('pauses when nobody needs it, and goes on at the same line', async () => {
    const { feed, starts, hold } = feedOf(
      { events: [lines(['a'], container(1))], end: 'read' },
      { events: [lines(['b'], container(2))], end: 'wait' },
      { events: [lines(['c'], container(3))], end: 'read' },
    );
    const release = hold();
    await until(() => feed.log.last === 2);
    release();
    await setTimeout(5);
    hold();
    await feed.reach(Infinity, 3, signal);
    expect(starts[2]).toEqual({ cursor: container(2), follow: false });
    await expect(textsOf(feed)).resolves.toEqual(['1 a', '2 b', '3 c']);
  });

  it('begins anew from a place in the archive, with the same numbers', async () => {
    const archive: LogCursor = { kind: 'archive', attempt: 1, lines: 2 };
    const events = [lines(['a', 'b'], archive)];
    const { feed, starts, hold } = feedOf(
      { events, end: new Error('The archive is away') },
      { events, end: 'completed' },
    );
    hold()();
    await until(() => feed.log.last === 2);
    await expect(feed.reach(3, 3, signal)).rejects.toThrow('away');
    await expect(feed.reach(3, 2, signal)).resolves.toBeUndefined();
    await setTimeout(5);
    hold();
    await feed.reach(3, 2, signal);
    expect(starts[1].cursor).toBeUndefined();
    await expect(textsOf(feed)).resolves.toEqual(['1 a', '2 b']);
  });

  it('says at its place what is lost, once, and leaves out its numbers', async () => {
    const { feed, hold } = feedOf(
      {
        events: [
          lines(['a'], container(1)),
          gap('left out', 7),
          lines(['b'], container(2)),
          gap('rotated'),
        ],
        end: 'read',
      },
      {
        events: [gap('rotated'), lines(['c'], container(3)), gap('rotated')],
        end: 'completed',
      },
    );
    hold();
    await until(() => feed.end !== undefined);
    await expect(textsOf(feed)).resolves.toEqual(['1 a', '9 b', '10 c']);
    expect(feed.log.gaps).toEqual([
      { line: 9, reason: 'left out', lines: 7 },
      { line: 10, reason: 'rotated' },
      { line: 11, reason: 'rotated' },
    ]);
  });

  it('numbers each start of a container from its own first line', async () => {
    const { feed, hold } = feedOf(
      { events: [lines(['a', 'b'], container(2))], end: 'read' },
      {
        events: [lines(['c'], container(3)), lines(['d'], container(1, 1))],
        end: 'wait',
      },
    );
    hold();
    await until(() => feed.log.last === 1);
    await expect(textsOf(feed)).resolves.toEqual(['1 d']);
  });

  it('may get more of a log that ended as lost', async () => {
    const { feed, hold } = feedOf(
      { events: [lines(['a'], container(1))], end: 'deleted' },
      { events: [lines(['b'], container(2))], end: 'completed' },
    );
    hold();
    await feed.reach(2, 1, signal);
    expect(feed.end).toEqual({ reason: 'deleted' });
    hold();
    await feed.reach(2, 1, signal);
    await expect(textsOf(feed)).resolves.toEqual(['1 a', '2 b']);
  });

  it('says what it waits for', async () => {
    const waiting = { type: 'waiting', message: 'Pulling the image' } as const;
    const { feed, hold } = feedOf({ events: [waiting], end: 'read' });
    hold();
    await feed.reach(1, 0, signal);
    expect(feed.waiting).toBe('Pulling the image');
  });

  it('waits for a time only until a line of it is there', async () => {
    let isAsked = false;
    const open: LogOpener = async function* slow({ signal: left }) {
      yield {
        type: 'lines',
        lines: [{ time: '2026-11-23T21:06:21Z', text: 'one' }],
        cursor: container(1),
      };
      isAsked = true;
      await setTimeout(60_000, undefined, { signal: left, ref: false }).catch(
        () => {},
      );
      return 'read';
    };
    const { feed } = feedOf();
    const release = feed.hold(open);
    await feed.reachTime('2026-11-23T21:06:20', signal);
    expect(feed.isCaughtUp).toBe(false);
    expect(timeFound(feed, 1)).toBe('yes');
    const leave = new AbortController();
    const later = feed.reachTime('2026-11-23T21:07', leave.signal);
    while (!isAsked) {
      await setTimeout(1);
    }
    leave.abort();
    await later;
    expect(timeFound(feed, undefined)).toBe('not-yet');
    release();
  });

  it.each([
    [lines(['one'], container(1)), 'no-times'],
    [
      {
        type: 'lines',
        lines: [{ time: '2026-11-23T21:06:21Z', text: 'one' }],
        cursor: container(1),
      } as const,
      'no',
    ],
  ])(
    'tells whether the lines of a log have times: %#',
    async (event, found) => {
      const { feed, hold } = feedOf({ events: [event], end: 'completed' });
      hold();
      await feed.reachTime('2026-11-23T22', signal);
      expect(timeFound(feed, undefined)).toBe(found);
    },
  );
});
