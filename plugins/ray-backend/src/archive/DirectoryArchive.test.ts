import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { DirectoryArchive } from './DirectoryArchive';

const KEY = {
  cluster: 'c',
  namespace: 'training',
  name: 'j',
  uid: 'u',
  attempt: 1,
};

describe('DirectoryArchive', () => {
  let folder: string;
  let archive: DirectoryArchive;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archive-'));
    archive = new DirectoryArchive(folder);
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('removes what a writer left that was killed', async () => {
    const at = join(folder, 'c/training/j/u');
    await archive.write(KEY, Readable.from(['whole']));
    await writeFile(join(at, 'driver-1.log.gz.x.tmp'), 'half');
    await writeFile(join(at, 'driver-2.log.gz.x.tmp'), 'of another');
    await archive.write(KEY, Readable.from(['whole']));
    expect((await readdir(at)).sort()).toEqual([
      'driver-1.log.gz',
      'driver-2.log.gz.x.tmp',
    ]);
    await archive.delete({ ...KEY, attempt: 2 });
    expect(await readdir(at)).toEqual(['driver-1.log.gz']);
  });

  it('lets only one of two writers add a part', async () => {
    const part = { ...KEY, part: 1 };
    const writes = await Promise.allSettled(
      ['mine', 'of another'].map(body =>
        archive.write(part, Readable.from([body]), { ifAbsent: true }),
      ),
    );
    const [won, lost] = [...writes].sort((a, b) =>
      a.status < b.status ? -1 : 1,
    );
    expect(won.status).toBe('fulfilled');
    expect(lost).toMatchObject({ reason: { name: 'ConflictError' } });
    const kept = await archive.read(part);
    expect(kept && (await text(kept))).toBe(
      writes[0] === won ? 'mine' : 'of another',
    );
    expect(await readdir(join(folder, 'c/training/j/u'))).toEqual([
      'driver-1.part-1.log.gz',
    ]);
  });

  it('reads some bytes of a log', async () => {
    await archive.write(KEY, Readable.from(['0123456789']));
    const some = await archive.read(KEY, { offset: 2, length: 3 });
    expect(some && (await text(some))).toBe('234');
  });

  it('leaves nothing of a write that fails', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('the source broke'));
      },
    });
    const key = { ...KEY, uid: '..' };
    await expect(archive.write(key, broken)).rejects.toThrow('broke');
    expect(await archive.read(key)).toBeUndefined();
    expect(await readdir(join(folder, 'c/training/j/_'))).toEqual([]);
  });
});
