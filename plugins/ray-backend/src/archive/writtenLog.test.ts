import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import { LRUCache } from 'lru-cache';
import { MemoryArchive } from '../__testUtils__/MemoryArchive';
import { NumberedLog } from '../logs/numbered/NumberedLog';
import { readFolded } from '../logs/numbered/readFolded';
import type { ArchiveClaims } from './ArchiveClaims';
import { ArchivedLog } from './ArchivedLog';
import { archiveLine, gapLine, placeLine } from './archiveText';
import { LogParts } from './LogParts';

const KEY = { cluster: 'c', namespace: 'n', name: 'j', uid: 'u', attempt: 1 };
const JOB = KEY as unknown as JobSummary;
const ALL = { count: Infinity, maxLength: Infinity };
const ODD = ['', '! 3 no gap', '@ no place', '- no time', 'x\ny', 'grüße 🚀'];

/** Numbers that look random, and are the same each time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('the log of an archive that has an index', () => {
  const logs: NumberedLog[] = [];
  let archive: MemoryArchive;
  let archived: ArchivedLog;

  beforeEach(() => {
    archive = new MemoryArchive();
    const claims: Pick<ArchiveClaims, 'attempts'> = {
      attempts: async () => [{ attempt: 1, state: 'done' }],
    };
    archived = new ArchivedLog({ archive, claims: claims as ArchiveClaims });
  });

  afterEach(() => logs.splice(0).forEach(log => log.close()));

  function create(): NumberedLog {
    const unpacked = new LRUCache<object, string>({ max: 2 });
    const log = new NumberedLog({ folder: tmpdir(), unpacked });
    logs.push(log);
    return log;
  }

  async function written(): Promise<NumberedLog> {
    const whole = await archived.written(JOB, 1);
    if (!whole) {
      throw new Error('The log has no index');
    }
    const log = create();
    log.takeUp(whole);
    return log;
  }

  /** Archives a log of odd lines and gaps in parts of any size; answers with the same log. */
  async function archiveOdd(seed: number): Promise<NumberedLog> {
    const random = numbersFrom(seed);
    const log = create();
    const parts = new LogParts(archive, KEY);
    const count = 4 + random(12);
    let second = 0;
    for (let part = 1; part <= count; part += 1) {
      let text = '';
      for (let i = random(40); i >= 0; i -= 1) {
        second += random(10) - 3;
        const time = new Date(Date.UTC(2026, 10, 23) + second * 1_000);
        const line: LogLine = {
          ...(random(5) > 0
            ? { time: time.toISOString().replace('Z', '000000Z') }
            : {}),
          text: random(4) === 0 ? ODD[random(ODD.length)] : 'equal',
          ...(random(6) === 0 ? { source: 'pod-1/ray-head' } : {}),
        };
        const lines = Array.from({ length: 1 + random(40) }, () => line);
        text += lines.map(archiveLine).join('');
        await log.append(lines);
        if (random(20) === 0) {
          const missing = random(2) === 0 ? undefined : random(50);
          const reason = 'The node rotated the log away';
          text += gapLine(reason, missing);
          log.miss(reason, missing);
        }
      }
      await parts.add(part, text + placeLine('a place'));
    }
    await parts.merge(count);
    return log;
  }

  it.each([1, 2, 3, 4, 5])('is the log that was written (%i)', async seed => {
    const log = await archiveOdd(seed);
    const found = await written();
    expect(found.last).toBe(log.last);
    expect(found.first).toBe(log.first);
    expect(found.latest).toBe(log.latest);
    expect(found.gaps).toEqual(log.gaps);
    await expect(found.read(1, ALL)).resolves.toEqual(await log.read(1, ALL));
    const random = numbersFrom(seed);
    for (let i = 0; i < 20; i += 1) {
      const from = 1 + random(log.last);
      const some = { count: 1 + random(500), maxLength: Infinity };
      await expect(found.read(from, some)).resolves.toEqual(
        await log.read(from, some),
      );
      await expect(readFolded(found, from, some)).resolves.toEqual(
        await readFolded(log, from, some),
      );
      const time = `2026-11-23T00:${10 + random(40)}:00Z`;
      await expect(found.lineSince(time)).resolves.toBe(
        await log.lineSince(time),
      );
    }
  });

  it.each([1, 2, 3])('ends as it does without an index (%i)', async seed => {
    await archiveOdd(seed);
    const tail = async (tailLines: number) => {
      const { signal } = new AbortController();
      const events = [];
      const log = archived.readOne(JOB, 1, { tailLines }, signal);
      for await (const event of log) events.push(event);
      return events;
    };
    const counts = [0, 1, 7, 500, 5_000];
    const indexed = await Promise.all(counts.map(tail));
    await archive.delete({ ...KEY, part: 'index' });
    await expect(archived.written(JOB, 1)).resolves.toBeUndefined();
    expect(indexed).toEqual(await Promise.all(counts.map(tail)));
  });

  it('reads no more than what is around a line', async () => {
    const parts = new LogParts(archive, KEY);
    const filler = 'x'.repeat(1_000);
    for (let part = 1; part <= 50; part += 1) {
      const lines = Array.from({ length: 300 }, (_, i) =>
        archiveLine({ text: `${(part - 1) * 300 + i + 1} ${filler}` }),
      );
      await parts.add(part, lines.join(''));
    }
    await parts.merge(50);
    const log = await written();
    const read = jest.spyOn(archive, 'read');
    const one = { count: 1, maxLength: Infinity };
    for (const number of [1, 7_531, 15_000]) {
      const [line] = await log.read(number, one);
      expect(line).toEqual({ number, text: `${number} ${filler}` });
    }
    const whole = archive.files.get('c/n/j/u/driver-1.log.gz')?.length ?? 0;
    const lengths = read.mock.calls.map(([, range]) => range?.length ?? whole);
    expect(lengths.reduce((sum, length) => sum + length)).toBeLessThan(
      whole / 2,
    );
  });

  it('says so when the log is gone by then', async () => {
    await archiveOdd(1);
    const log = await written();
    await archive.delete(KEY);
    await expect(log.read(1, ALL)).rejects.toThrow(
      'The log is no longer in the memory',
    );
  });

  it('is read line by line where a later version wrote the index', async () => {
    await archiveOdd(1);
    const path = 'c/n/j/u/driver-1.index.json.gz';
    archive.files.set(path, gzipSync(JSON.stringify({ version: 2 })));
    await expect(archived.written(JOB, 1)).resolves.toBeUndefined();
  });
});
