import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';
import { ContainerLog } from './ContainerLog';
import type { LogQuery } from './LogQuery';
import { NanoClock } from './NanoClock';
import { readLog } from './readLog';

/** What waits for time to pass waits for the test; files are read as ever. */
const ALL_BUT_TIMEOUTS: FakeableAPI[] = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
];
/** After so long, a line without its end is written. */
const PART_MS = 25;

const all: LogQuery = { follow: false, previous: false, timestamps: false };

describe('readLog', () => {
  const dir = mkdtempSync(join(tmpdir(), 'log-'));
  let log: ContainerLog;
  let stdout: PassThrough;
  let file = 0;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ALL_BUT_TIMEOUTS });
    file += 1;
    log = new ContainerLog({
      path: join(dir, `${file}.log`),
      clock: new NanoClock(),
      rotation: { maxBytes: 2000, maxFiles: 5 },
    });
    stdout = new PassThrough();
    void log.attach('stdout', stdout);
  });

  afterEach(() => {
    log.close();
    jest.useRealTimers();
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  /** Writes, and waits until the log has taken it. */
  const write = async (text: string) => {
    stdout.write(text);
    await new Promise(setImmediate);
  };

  const read = async (query: Partial<LogQuery> = {}) => {
    const chunks: Buffer[] = [];
    for await (const chunk of readLog({
      path: log.path,
      growing: log,
      query: { ...all, ...query },
      signal: new AbortController().signal,
    })) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  };

  it('gives the lines as the process wrote them, and the last ones', async () => {
    await write('one\ntwo\n');
    await write('thr');
    await write('ee\n\nfünf\n');
    expect(await read()).toBe('one\ntwo\nthree\n\nfünf\n');
    expect(await read({ tailLines: 2 })).toBe('\nfünf\n');
    expect(await read({ tailLines: 0 })).toBe('');
    expect(await read({ tailLines: 99 })).toBe('one\ntwo\nthree\n\nfünf\n');
    expect(await read({ limitBytes: 6 })).toBe('one\ntw');
  });

  it('shows a line that has not ended, and counts its parts as one', async () => {
    await write('first\n');
    for (const percent of [10, 50, 100]) {
      await write(`\r${percent}%`);
      jest.advanceTimersByTime(PART_MS);
    }
    expect(await read()).toBe('first\n\r10%\r50%\r100%');
    await write('\nlast\n');
    expect(await read({ tailLines: 2 })).toBe('\r10%\r50%\r100%\nlast\n');
    const lines = (await read({ timestamps: true })).split('\n');
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /;
    expect(lines.slice(0, 3).map(line => line.replace(time, ''))).toEqual([
      'first',
      '\r10%\r50%\r100%',
      'last',
    ]);
  });

  it('takes lines from a second on', async () => {
    await write('now\n');
    const second = (ms: number) => new Date(ms).toISOString().slice(0, 19);
    expect(await read({ since: second(Date.now() - 60_000) })).toBe('now\n');
    expect(await read({ since: second(Date.now() + 60_000) })).toBe('');
  });

  it('reads the current file, and follows from one file to the next', async () => {
    const lines = Array.from({ length: 200 }, (_, n) => `line ${n}\n`);
    const followed = read({ follow: true });
    for (const line of lines) {
      await write(line);
    }
    expect(log.generation).toBeGreaterThan(1);
    const current = await read();
    expect(lines.join('').endsWith(current)).toBe(true);
    expect(current.length).toBeLessThan(lines.join('').length);
    log.close();
    expect(await followed).toBe(lines.join(''));
  });

  it('loses no line where the file is rotated while it is opened', async () => {
    const lines = Array.from({ length: 60 }, (_, n) => `line ${n}`);
    const followed = read({ follow: true });
    lines.forEach(line => log.note(line));
    expect(log.generation).toBe(1);
    log.close();
    expect(await followed).toBe(`${lines.join('\n')}\n`);
  });

  it('looks again where a rotation had moved the file away and made no new one', async () => {
    const path = join(dir, 'moved.log');
    const entry = (text: string) =>
      `2026-01-01T00:00:00.000000000Z stdout F ${text}\n`;
    writeFileSync(`${path}.1`, entry('old'));
    // Asked by the reader, by the opening, and again once that has failed.
    const generations = [0, 0];
    const growing = {
      get generation() {
        const generation = generations.shift();
        if (generation === undefined) {
          writeFileSync(path, entry('new'));
        }
        return generation ?? 1;
      },
      closed: true,
      onChange: () => () => {},
    };
    const chunks: string[] = [];
    for await (const chunk of readLog({
      path,
      growing,
      query: { ...all, follow: true },
      signal: new AbortController().signal,
    })) {
      chunks.push(chunk.toString());
    }
    expect(chunks.join('')).toBe('old\nnew\n');
  });

  it('tells followers of a line at once, and of its part after a moment', async () => {
    const abort = new AbortController();
    let text = '';
    const following = (async () => {
      for await (const chunk of readLog({
        path: log.path,
        growing: log,
        query: { ...all, follow: true },
        signal: abort.signal,
      })) {
        text += chunk.toString();
      }
    })();
    const seen = (wanted: string) => eventually(() => text === wanted);
    await write('tick\n');
    await seen('tick\n');
    await write('\r 10%');
    jest.advanceTimersByTime(PART_MS - 1);
    await new Promise(setImmediate);
    expect(text).toBe('tick\n');
    jest.advanceTimersByTime(1);
    await seen('tick\n\r 10%');
    await write(' done\n');
    await seen('tick\n\r 10% done\n');
    abort.abort();
    await following;
  });
});
