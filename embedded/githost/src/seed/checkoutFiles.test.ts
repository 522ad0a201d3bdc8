import { execFileSync } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { blobSha, readCheckout } from './checkoutFiles';

describe('readCheckout', () => {
  let dir: string;

  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: dir });

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'checkout-'));
    await write('a.txt', 'a\n');
    await write('node_modules/x/index.js', '');
    await write('built/output.js', '');
    await write('run.sh', '#!/bin/sh\n');
    await chmod(join(dir, 'run.sh'), 0o755);
    await symlink('a.txt', join(dir, 'link'));
  });

  afterEach(() => rm(dir, { recursive: true }));

  it('names content as git does', () => {
    // `printf 'hello\n' | git hash-object --stdin`
    expect(blobSha(Buffer.from('hello\n'))).toBe(
      'ce013625030ba8dba906f756967f9e9ca394464a',
    );
  });

  it('takes what git tracks or would take, and not what is deleted', async () => {
    await write('.gitignore', 'built/\nnode_modules/\n');
    await write('deleted.txt', '');
    git('init', '-q');
    git('add', 'a.txt', 'deleted.txt', '.gitignore');
    await rm(join(dir, 'deleted.txt'));
    const files = await readCheckout(dir);
    expect([...files].map(([path, { mode }]) => [path, mode])).toEqual([
      ['.gitignore', '100644'],
      ['a.txt', '100644'],
      ['link', '120000'],
      ['run.sh', '100755'],
    ]);
    expect(String(files.get('link')?.content)).toBe('a.txt');
  });

  it('leaves the usual folders out where there is no git', async () => {
    const files = await readCheckout(dir);
    expect([...files.keys()]).toEqual([
      'a.txt',
      'built/output.js',
      'link',
      'run.sh',
    ]);
  });
});
