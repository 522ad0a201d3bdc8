import { Readable } from 'node:stream';
import type {
  LogArchive,
  LogArchiveKey,
} from '@ml-platform/backstage-plugin-ray-node';
import { buffer } from 'node:stream/consumers';
import { archiveLine } from './archiveText';
import { LogParts } from './LogParts';

const KEY = { cluster: 'c', namespace: 'n', name: 'j', uid: 'u', attempt: 1 };

/** An archive in memory that notes what is read. */
class FakeArchive implements LogArchive {
  readonly name = 'memory';
  readonly reads: LogArchiveKey['part'][] = [];
  readonly kept = new Map<LogArchiveKey['part'], Buffer>();

  async write({ part }: LogArchiveKey, body: Readable) {
    this.kept.set(part, await buffer(body));
  }

  async read({ part }: LogArchiveKey) {
    this.reads.push(part);
    const bytes = this.kept.get(part);
    return bytes && Readable.from([bytes], { objectMode: false });
  }

  async delete({ part }: LogArchiveKey) {
    this.kept.delete(part);
  }
}

describe('LogParts', () => {
  async function archived(count: number) {
    const archive = new FakeArchive();
    const parts = new LogParts(archive, KEY);
    for (let part = 1; part <= count; part += 1) {
      await parts.add(part, archiveLine({ text: `line ${part}` }));
    }
    return { archive, parts };
  }

  it.each([0, 1, 2, 7, 8, 9, 100])('counts %i parts in few reads', async n => {
    const { archive, parts } = await archived(n);
    await expect(parts.count()).resolves.toBe(n);
    expect(archive.reads.length).toBeLessThan(2 * Math.log2(n + 2) + 3);
  });

  it('has the first line while the later parts are still on their way', async () => {
    const { archive, parts } = await archived(200);
    const read = archive.read.bind(archive);
    jest
      .spyOn(archive, 'read')
      .mockImplementation(key =>
        Number(key.part ?? 0) > 1 ? new Promise(() => {}) : read(key),
      );
    const lines = await parts.lines();
    await expect(lines?.next()).resolves.toMatchObject({
      value: { text: 'line 1' },
    });
  });

  it('reads all lines in order', async () => {
    const { parts } = await archived(40);
    const texts: unknown[] = [];
    for await (const line of (await parts.lines()) ?? []) {
      texts.push('text' in line && line.text);
    }
    expect(texts).toEqual(
      Array.from({ length: 40 }, (_, i) => `line ${i + 1}`),
    );
  });

  it('has no lines of a log that is not there', async () => {
    const { parts } = await archived(0);
    await expect(parts.lines()).resolves.toBeUndefined();
  });

  it('goes on in the whole log when the parts become one', async () => {
    const { archive, parts } = await archived(40);
    const lines = await parts.lines();
    await parts.merge(40);
    const texts: unknown[] = [];
    for await (const line of lines ?? []) {
      texts.push('text' in line && line.text);
    }
    expect(texts).toEqual(
      Array.from({ length: 40 }, (_, i) => `line ${i + 1}`),
    );
    expect([...archive.kept.keys()]).toEqual([undefined, 'index']);
  });

  it('does not take a log that is removed by then for one that ended', async () => {
    const { archive, parts } = await archived(40);
    const lines = await parts.lines();
    await parts.merge(40);
    const read = archive.read.bind(archive);
    let seen = 0;
    jest.spyOn(archive, 'read').mockImplementation(async key => {
      seen += key.part === undefined ? 1 : 0;
      return seen > 1 ? undefined : read(key);
    });
    const all = async () => {
      for await (const line of lines ?? []) {
        expect(line.kind).toBe('line');
      }
    };
    await expect(all()).rejects.toThrow('read the log again');
  });
});
