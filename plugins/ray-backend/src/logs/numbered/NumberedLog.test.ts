import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import { LRUCache } from 'lru-cache';
import { NumberedLog, type NumberedLine } from './NumberedLog';

/** Numbers that look random, and are the same each time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ODD = [
  '',
  ' ',
  '\r',
  'progress 1%\rprogress 2%',
  'ends with a return\r',
  '! 3 no gap',
  '@ no place',
  '- no time',
  '2026-11-23T21:06:21.000000000Z twice',
  '\x1b[31mred\x1b[39m',
  '\0\x01\x7f\ufffd binary',
  'grüße 🚀 日本語',
  'x'.repeat(70_000),
  'ü'.repeat(300_000),
];

const timeOf = (second: number) =>
  new Date(Date.UTC(2026, 10, 23) + second * 1_000)
    .toISOString()
    .replace('Z', '000000Z');

describe('NumberedLog', () => {
  let folder: string;
  const logs: NumberedLog[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'numbered-log-'));
  });

  afterEach(async () => {
    logs.splice(0).forEach(log => log.close());
    await rm(folder, { recursive: true });
  });

  function create(): NumberedLog {
    const unpacked = new LRUCache<object, string>({
      maxSize: 1_000_000,
      sizeCalculation: text => text.length + 1,
    });
    const log = new NumberedLog({ folder, unpacked, fileBytes: 500_000 });
    logs.push(log);
    return log;
  }

  const whole = { count: Infinity, maxLength: Infinity };

  it.each([1, 2, 3, 4, 5, 6])(
    'gives back any lines by their numbers, whatever is in them (%i)',
    async seed => {
      const random = numbersFrom(seed);
      const log = create();
      const written: NumberedLine[] = [];
      let number = 1;
      let second = 1_000_000;
      const batches = 20 + random(60);
      for (let batch = 0; batch < batches; batch += 1) {
        const lines: LogLine[] = [];
        for (let i = random(60); i > 0; i -= 1) {
          // Time goes back now and then, and some lines have none.
          second += random(10) - 3;
          const text = random(3) > 0 ? `line ${number}` : ODD[random(12)];
          lines.push({
            ...(random(5) > 0 ? { time: timeOf(second) } : {}),
            text: random(40) === 0 ? ODD[random(ODD.length)] : text,
            ...(random(4) === 0 ? { source: 'pod-1/ray-head' } : {}),
          });
          written.push({ number, ...lines[lines.length - 1] });
          number += 1;
        }
        await log.append(lines);
        if (random(25) === 0) {
          const lost = random(1_000);
          log.miss('lost', lost);
          number += lost;
        } else if (random(25) === 0) {
          log.miss('lost, nobody knows how many');
        }
      }
      expect(log.last).toBe(number - 1);
      await expect(log.read(1, whole)).resolves.toEqual(written);
      for (let i = 0; i < 10; i += 1) {
        const from = 1 + random(number);
        const count = 1 + random(500);
        await expect(log.read(from, { ...whole, count })).resolves.toEqual(
          written.filter(line => line.number >= from).slice(0, count),
        );
        const time = timeOf(1_000_000 + random(second - 999_990));
        await expect(log.lineSince(time)).resolves.toBe(
          written.find(line => line.time !== undefined && line.time >= time)
            ?.number,
        );
      }
    },
  );

  it('is empty at first', async () => {
    const log = create();
    expect([log.first, log.last, log.bytes]).toEqual([1, 0, 0]);
    await expect(log.read(1, whole)).resolves.toEqual([]);
    await expect(log.lineSince('2026')).resolves.toBeUndefined();
  });

  it('leaves out the numbers of lines that are lost', async () => {
    const log = create();
    log.miss('rotated', 10);
    await log.append([{ text: 'a' }]);
    log.miss('broken');
    await log.append([{ text: 'b' }]);
    await expect(log.read(1, whole)).resolves.toEqual([
      { number: 11, text: 'a' },
      { number: 12, text: 'b' },
    ]);
    expect(log.gaps).toEqual([
      { line: 11, reason: 'rotated', lines: 10 },
      { line: 12, reason: 'broken', lines: undefined },
    ]);
  });

  it('answers with fewer lines where they are long, but never with none', async () => {
    const log = create();
    await log.append(['a'.repeat(50), 'b', 'c'].map(text => ({ text })));
    const texts = async (from: number) =>
      (await log.read(from, { count: 9, maxLength: 10 })).map(
        ({ text }) => text.length,
      );
    await expect(texts(1)).resolves.toEqual([50]);
    await expect(texts(2)).resolves.toEqual([1, 1]);
  });

  it('keeps long logs on disk, and leaves no file there', async () => {
    const log = create();
    const text = 'word '.repeat(50);
    const lines = Array.from({ length: 1_000 }, () => ({ text }));
    for (let i = 0; i < 20; i += 1) {
      await log.append(lines);
    }
    expect(log.last).toBe(20_000);
    expect(log.bytes).toBeGreaterThan(10_000);
    await expect(readdir(folder)).resolves.toEqual([]);
    const found = await log.read(12_345, { count: 1, maxLength: 1_000 });
    expect(found).toEqual([{ number: 12_345, text }]);
  });

  it('says so when it has nowhere to go', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const log = new NumberedLog({
      folder: join(file, 'below'),
      unpacked: new LRUCache<object, string>({ max: 1 }),
    });
    logs.push(log);
    const append = async () => {
      for (let i = 0; i < 20; i += 1) {
        await log.append([{ text: 'x'.repeat(300_000) }]);
      }
    };
    await expect(append()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining("couldn't keep the log in"),
    });
  });

  it('makes room from its beginning, and keeps the numbers', async () => {
    const log = create();
    for (let i = 0; i < 10; i += 1) {
      // Hardly gets smaller when it is packed.
      const text = randomBytes(240_000).toString('base64');
      await log.append([{ text }, { text: `short ${i}` }]);
    }
    const before = log.bytes;
    expect(log.dropOldest()).toBe(true);
    expect(log.bytes).toBeLessThan(before);
    expect(log.first).toBeGreaterThan(2);
    expect(log.last).toBe(20);
    const [first] = await log.read(1, { count: 1, maxLength: 1 });
    expect(first.number).toBe(log.first);
    const [short] = await log.read(18, { count: 1, maxLength: 1 });
    expect(short).toEqual({ number: 18, text: 'short 8' });
    while (log.dropOldest());
    await expect(log.read(20, whole)).resolves.toHaveLength(1);
  });
});
