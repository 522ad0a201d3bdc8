import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, readFile, symlink, utimes } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { extract } from 'tar-stream';
import { packContext } from './packContext';

describe('packContext', () => {
  const disk = createMockDirectory();
  const target = () => disk.resolve('context.tar');
  const pack = (root = 'a') =>
    packContext({
      root: disk.resolve(root),
      dockerfile: 'Dockerfile',
      target: target(),
    });

  async function entries() {
    const found: Array<[string, string | undefined, number]> = [];
    for await (const entry of createReadStream(target()).pipe(extract())) {
      entry.resume();
      const { name, mode = 0, linkname } = entry.header;
      found.push([name, linkname || undefined, mode]);
    }
    return found;
  }

  const digest = async () =>
    createHash('sha256')
      .update(await readFile(target()))
      .digest('hex');

  it('packs files in the order of their paths, with plain rights', async () => {
    disk.setContent({
      a: { z: '1', Dockerfile: 'FROM ray', src: { 'run.sh': 'ls' } },
    });
    await chmod(disk.resolve('a/src/run.sh'), 0o711);
    await chmod(disk.resolve('a/z'), 0o600);
    await symlink('../z', disk.resolve('a/src/link'));
    await expect(pack()).resolves.toEqual({ files: 4, bytes: 11 });
    await expect(entries()).resolves.toEqual([
      ['Dockerfile', undefined, 0o644],
      ['src/link', '../z', 0o777],
      ['src/run.sh', undefined, 0o755],
      ['z', undefined, 0o644],
    ]);
  });

  it('gives the same bytes for the same content', async () => {
    disk.setContent({ a: { Dockerfile: 'x', b: 'y' } });
    await pack();
    const first = await digest();
    await utimes(disk.resolve('a/b'), 1, 1);
    await pack();
    await expect(digest()).resolves.toBe(first);
  });

  it('leaves out what .dockerignore names, but never the Dockerfile', async () => {
    disk.setContent({
      a: { '.dockerignore': '*\n!b', Dockerfile: 'x', b: 'y', c: 'z' },
    });
    await pack();
    const names = (await entries()).map(([name]) => name);
    expect(names).toEqual(['Dockerfile', 'b']);
  });

  it('prefers the ignore file that goes with the Dockerfile', async () => {
    disk.setContent({
      a: {
        '.dockerignore': 'b',
        'Dockerfile.dockerignore': 'c',
        Dockerfile: 'x',
        b: 'y',
        c: 'z',
      },
    });
    await pack();
    const names = (await entries()).map(([name]) => name);
    expect(names).toContain('b');
    expect(names).not.toContain('c');
  });

  it('refuses a folder without a Dockerfile', async () => {
    disk.setContent({ a: { b: 'y' } });
    await expect(pack()).rejects.toThrow('The workload has no Dockerfile');
  });

  it.each(['../../secret', '/etc/passwd'])('refuses a link to %s', async to => {
    disk.setContent({ a: { Dockerfile: 'x' } });
    await symlink(to, disk.resolve('a/link'));
    await expect(pack()).rejects.toThrow('outside of the build context');
  });
});
