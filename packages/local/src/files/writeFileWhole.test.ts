import {
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileWhole } from './writeFileWhole';

describe('writeFileWhole', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'write-file-whole-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('replaces the content and keeps nothing else', async () => {
    const file = join(dir, 'secrets.json');
    await writeFile(file, 'old');
    await writeFileWhole(file, 'new', { mode: 0o600 });
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(dir)).toEqual(['secrets.json']);
    expect((await stat(file)).mode.toString(8)).toBe('100600');
  });

  it('leaves nothing behind where it cannot write', async () => {
    const folder = join(dir, 'a folder');
    await expect(writeFileWhole(join(folder, 'file'), 'new')).rejects.toThrow(
      'ENOENT',
    );
    // A folder stands where the file belongs: the rename fails.
    await writeFileWhole(join(dir, 'kept'), 'old');
    await expect(writeFileWhole(dir, 'new')).rejects.toThrow();
    expect(await readdir(dir)).toEqual(['kept']);
  });
});
