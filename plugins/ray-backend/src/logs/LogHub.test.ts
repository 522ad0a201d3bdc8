import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@ml-platform/kube/testUtils';
import type { LogCursor } from '@ml-platform/sdk';
import { Notifier } from '../util/Notifier';
import { LogHub } from './LogHub';
import type {
  LogEnd,
  LogEvent,
  LogOpener,
  LogOutcome,
  LogStart,
} from './logTypes';

const cursorAt = (lines: number): LogCursor => ({
  kind: 'archive',
  attempt: 1,
  lines,
});

/** A log in memory that can be opened as any source can. */
class MemoryLog {
  opened = 0;
  following = 0;
  /** When all lines were written, where the source knows it. */
  time: string | undefined;
  /** Places and times of lines, by their number, in a log that has other ones. */
  placeOf: (line: number) => { cursor: LogCursor; time?: string } = line => ({
    cursor: cursorAt(line),
    time: this.time,
  });
  readonly #lines: string[] = [];
  readonly #notifier = new Notifier();
  #ended = false;

  append(...texts: string[]): void {
    this.#lines.push(...texts);
    this.#notifier.notify();
  }

  end(): void {
    this.#ended = true;
    this.#notifier.notify();
  }

  readonly open: LogOpener = options => this.#read(options);

  async *#read({
    follow,
    start,
    signal,
  }: Parameters<LogOpener>[0]): AsyncGenerator<LogEvent, LogOutcome> {
    this.opened += 1;
    this.following += follow ? 1 : 0;
    const wanted = JSON.stringify(start.cursor);
    let at = this.#lines.findIndex(
      (_, i) => JSON.stringify(this.placeOf(i + 1).cursor) === wanted,
    );
    at += 1;
    if (start.tailLines !== undefined) {
      at = Math.max(0, this.#lines.length - start.tailLines);
    }
    try {
      while (!signal.aborted) {
        const from = at + 1;
        const fresh = this.#lines.slice(at, at + 10);
        at += fresh.length;
        if (fresh.length > 0) {
          yield {
            type: 'lines',
            lines: fresh.map((text, i) => ({
              text,
              time: this.placeOf(from + i).time,
            })),
            cursor: this.placeOf(at).cursor,
          };
        } else if (!follow || this.#ended) {
          return 'completed';
        } else {
          await this.#notifier.wait(signal);
        }
      }
      return 'completed';
    } finally {
      this.following -= follow ? 1 : 0;
    }
  }
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

describe('LogHub', () => {
  let log: MemoryLog;
  let hub: LogHub;
  const stops: AbortController[] = [];

  beforeEach(() => {
    log = new MemoryLog();
    hub = new LogHub({ maxBytes: 64 * 1024, lingerMs: 20 });
  });

  afterEach(() => {
    stops.splice(0).forEach(stop => stop.abort());
    hub.close();
  });

  function view(start: LogStart = {}, pace?: () => Promise<void>) {
    const stop = new AbortController();
    stops.push(stop);
    const texts: string[] = [];
    const gaps: string[] = [];
    const run = async (): Promise<LogEnd> => {
      const stream = hub.follow({
        key: 'k',
        open: log.open,
        start,
        signal: stop.signal,
      });
      for (;;) {
        const next = await stream.next();
        if (next.done) {
          return next.value;
        }
        if (next.value.type === 'lines') {
          texts.push(...next.value.lines.map(({ text }) => text));
        } else if (next.value.type === 'gap') {
          gaps.push(next.value.reason);
        }
        await pace?.();
      }
    };
    return { texts, gaps, stop, end: run() };
  }

  it('lets go of an ended log when a reader starts it again', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'],
    });
    try {
      log.append(...numbers(0, 50));
      log.end();
      for (let reader = 1; reader <= 3; reader += 1) {
        const { texts, end } = view();
        await expect(end).resolves.toEqual({ reason: 'completed' });
        expect(texts).toEqual(numbers(0, 50));
        // Only the latest lingers.
        expect(jest.getTimerCount()).toBe(1);
      }
      hub.close();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('shares one upstream among any number of viewers', async () => {
    log.append(...numbers(0, 50));
    const views = Array.from({ length: 20 }, () => view());
    await sleep(20);
    log.append(...numbers(50, 100));
    log.end();
    for (const { end, texts } of views) {
      await expect(end).resolves.toEqual({ reason: 'completed' });
      expect(texts).toEqual(numbers(0, 100));
    }
    expect(log.opened).toBe(1);
  });

  it('gives late viewers the whole log though the buffer has dropped it', async () => {
    log.append(...numbers(0, 2_000));
    const first = view();
    await sleep(30);
    const late = view();
    await sleep(30);
    log.append(...numbers(2_000, 2_050));
    log.end();
    await first.end;
    await late.end;
    expect(late.texts).toEqual(numbers(0, 2_050));
    expect(late.gaps).toEqual([]);
    expect(log.following).toBe(0);
  });

  it('begins with the last lines where that is asked', async () => {
    log.append(...numbers(0, 100));
    const all = view();
    await sleep(20);
    const tail = view({ tailLines: 15 });
    await sleep(20);
    log.end();
    await all.end;
    await tail.end;
    expect(tail.texts).toEqual(numbers(85, 100));
  });

  it('asks the source when the first viewer wanted less', async () => {
    log.append(...numbers(0, 100));
    const few = view({ tailLines: 5 });
    await sleep(20);
    const more = view({ tailLines: 30 });
    const all = view();
    await sleep(20);
    log.append('new');
    log.end();
    await Promise.all([few.end, more.end, all.end]);
    expect(few.texts).toEqual([...numbers(95, 100), 'new']);
    expect(more.texts).toEqual([...numbers(70, 100), 'new']);
    expect(all.texts).toEqual([...numbers(0, 100), 'new']);
  });

  it.each([3, 10, 95])('resumes after line %i', async count => {
    log.append(...numbers(0, 100));
    const other = view({ tailLines: 20 });
    await sleep(20);
    const resumed = view({ cursor: cursorAt(count) });
    await sleep(20);
    log.append('new');
    log.end();
    await Promise.all([other.end, resumed.end]);
    expect(resumed.texts).toEqual([...numbers(count, 100), 'new']);
  });

  it('gives the rest of a log that has ended to a viewer who comes back', async () => {
    log.append(...numbers(0, 30));
    const other = view();
    await sleep(20);
    log.end();
    await other.end;
    const back = view({ cursor: cursorAt(20) });
    await expect(back.end).resolves.toEqual({ reason: 'completed' });
    expect(back.texts).toEqual(numbers(20, 30));
    expect([log.opened, hub.upstreams]).toEqual([1, 0]);
  });

  it('cuts off a viewer who does not read, with a gap; others lose nothing', async () => {
    let release = () => {};
    const blocked = new Promise<void>(resolve => {
      release = resolve;
    });
    log.append('line 0');
    const slow = view({}, () => blocked);
    const quick = view();
    await sleep(10);
    for (let i = 1; i <= 3_000; i += 100) {
      log.append(...numbers(i, i + 100));
      await sleep(0);
    }
    log.end();
    await quick.end;
    release();
    await slow.end;
    expect(quick.texts).toHaveLength(3_001);
    expect(quick.gaps).toEqual([]);
    expect(slow.gaps).toHaveLength(1);
    expect(slow.texts[0]).toBe('line 0');
    expect(slow.texts.length).toBeLessThan(3_000);
    expect(slow.texts[slow.texts.length - 1]).toBe('line 3000');
    expect(hub.droppedLines).toBe(3_001 - slow.texts.length);
    expect(hub.gaps).toBe(1);
  });

  it('reads what was written before at the pace of the quickest viewer', async () => {
    const written = '2026-11-23T21:06:21.000000000Z';
    log.append(...numbers(0, 3_000));
    log.time = written;
    log.end();
    const patient = view({}, () => sleep(0));
    const end = await patient.end;
    expect(end).toEqual({ reason: 'completed' });
    expect(patient.texts).toEqual(numbers(0, 3_000));
    expect(patient.gaps).toEqual([]);
  });

  it('gives the end of a log to who joins while another viewer stalls', async () => {
    log.append(...numbers(0, 3_000));
    log.time = '2026-11-23T21:06:21.000000000Z';
    log.end();
    let go = () => {};
    const stalled = view({}, () => new Promise(resolve => (go = resolve)));
    await sleep(30);
    const other = view({ tailLines: 5 });
    await expect(other.end).resolves.toEqual({ reason: 'completed' });
    expect(other.texts).toEqual(numbers(2_995, 3_000));
    expect(stalled.texts.length).toBeLessThan(3_000);
    stalled.stop.abort();
    go();
  });

  describe('with lines of another source between those of a container', () => {
    const places = (line: number): { cursor: LogCursor; time?: string } => {
      const base = { kind: 'driver', run: 'r' } as const;
      if (line > 100 && line <= 300) {
        return { cursor: { ...base, place: line } };
      }
      const time = `2026-11-23T21:06:${line <= 100 ? '01' : '31'}.000000000Z`;
      const count = line <= 100 ? line : line - 300;
      const container = { podUid: 'p', container: 'c', restartCount: 0 };
      const place = { kind: 'container', ...container, time, count } as const;
      return { cursor: { ...base, place }, time };
    };

    it.each([1, 8, 16, 20, 24, 28, 32, 64])(
      'goes on after any line, with %i KiB in memory',
      async size => {
        hub = new LogHub({ maxBytes: size * 1024, lingerMs: 20 });
        log.placeOf = places;
        const first = view();
        log.append(...numbers(0, 400));
        await until(() => first.texts.length === 400);
        const lines = [60, 95, 100, 105, 200, 300, 305, 345, 390];
        const others = lines.map(line => view({ cursor: places(line).cursor }));
        log.end();
        await Promise.all(others.map(({ end }) => end));
        expect(others.map(({ texts }) => texts)).toEqual(
          lines.map(line => numbers(line, 400)),
        );
        expect(others.flatMap(({ gaps }) => gaps)).toEqual([]);
      },
    );
  });

  it('lets the upstream go a while after the last viewer', async () => {
    log.append('line 0');
    const only = view();
    await sleep(10);
    expect([hub.upstreams, hub.viewers, log.following]).toEqual([1, 1, 1]);
    only.stop.abort();
    await only.end;
    expect(hub.viewers).toBe(0);
    await sleep(50);
    expect([hub.upstreams, log.following]).toEqual([0, 0]);
  });
});
