import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContainerLog } from './ContainerLog';
import type { LogQuery } from './LogQuery';
import { NanoClock } from './NanoClock';
import { readLog } from './readLog';

const all: LogQuery = { follow: false, previous: false, timestamps: false };

describe('readLog', () => {
  const dir = mkdtempSync(join(tmpdir(), 'log-'));
  let log: ContainerLog;
  let stdout: PassThrough;
  let file = 0;

  beforeEach(() => {
    file += 1;
    log = new ContainerLog({
      path: join(dir, `${file}.log`),
      clock: new NanoClock(),
      rotation: { maxBytes: 2000, maxFiles: 5 },
    });
    stdout = new PassThrough();
    void log.attach('stdout', stdout);
  });

  afterEach(() => log.close());
  afterAll(() => rmSync(dir, { recursive: true }));

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
    stdout.write('one\ntwo\n');
    stdout.write('thr');
    stdout.write('ee\n\nfünf\n');
    await sleep(10);
    expect(await read()).toBe('one\ntwo\nthree\n\nfünf\n');
    expect(await read({ tailLines: 2 })).toBe('\nfünf\n');
    expect(await read({ tailLines: 0 })).toBe('');
    expect(await read({ tailLines: 99 })).toBe('one\ntwo\nthree\n\nfünf\n');
    expect(await read({ limitBytes: 6 })).toBe('one\ntw');
  });

  it('shows a line that has not ended, and counts its parts as one', async () => {
    stdout.write('first\n');
    for (const percent of [10, 50, 100]) {
      stdout.write(`\r${percent}%`);
      await sleep(60);
    }
    expect(await read()).toBe('first\n\r10%\r50%\r100%');
    stdout.write('\nlast\n');
    await sleep(10);
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
    stdout.write('now\n');
    await sleep(10);
    const second = (ms: number) => new Date(ms).toISOString().slice(0, 19);
    expect(await read({ since: second(Date.now() - 60_000) })).toBe('now\n');
    expect(await read({ since: second(Date.now() + 60_000) })).toBe('');
  });

  it('reads the current file, and follows from one file to the next', async () => {
    const lines = Array.from({ length: 200 }, (_, n) => `line ${n}\n`);
    const followed = read({ follow: true });
    for (const line of lines) {
      stdout.write(line);
      await sleep(0);
    }
    await sleep(20);
    expect(log.generation).toBeGreaterThan(1);
    const current = await read();
    expect(lines.join('').endsWith(current)).toBe(true);
    expect(current.length).toBeLessThan(lines.join('').length);
    log.close();
    expect(await followed).toBe(lines.join(''));
  });

  it('tells followers of a line within 50 ms, also without its end', async () => {
    const abort = new AbortController();
    const delays: number[] = [];
    let text = '';
    let writtenAt = 0;
    const following = (async () => {
      for await (const chunk of readLog({
        path: log.path,
        growing: log,
        query: { ...all, follow: true },
        signal: abort.signal,
      })) {
        text += chunk.toString();
        delays.push(Date.now() - writtenAt);
      }
    })();
    for (let n = 0; n < 6; n += 1) {
      writtenAt = Date.now();
      stdout.write(n % 2 ? `\r ${n}0%` : `tick ${n}\n`);
      await sleep(100);
    }
    abort.abort();
    await following;
    expect(text).toBe('tick 0\n\r 10%tick 2\n\r 30%tick 4\n\r 50%');
    // A machine under load may hold one of them up.
    expect(delays.sort((a, b) => a - b)[2]).toBeLessThan(50);
  });
});
