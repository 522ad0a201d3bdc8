import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rm,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar-stream';
import { bytesOf, tarOf } from '../__testUtils__/contexts';
import { unpackContext } from './unpackContext';

describe('unpackContext', () => {
  let root: string;
  let dir: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'unpack-'));
    dir = join(root, 'a', 'b');
    await mkdir(dir, { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('writes files, folders and links that stay inside', async () => {
    const unpacked = await unpackContext(
      tarOf({
        './src/': { type: 'directory' },
        './src/train.py': 'print()',
        'latest.py': { type: 'symlink', linkname: 'src/train.py' },
        'same.py': { type: 'link', linkname: 'src/train.py' },
      }),
      dir,
    );
    expect(unpacked.files).toBe(3);
    await expect(readFile(join(dir, 'latest.py'), 'utf8')).resolves.toBe(
      'print()',
    );
    await expect(readFile(join(dir, 'same.py'), 'utf8')).resolves.toBe(
      'print()',
    );
    await expect(readlink(join(dir, 'latest.py'))).resolves.toBe(
      'src/train.py',
    );
  });

  it('gives the same content the same digest, however it is packed', async () => {
    const digestOf = async (body: Readable) => {
      const folder = await mkdtemp(join(root, 'd-'));
      return (await unpackContext(body, folder)).digest;
    };
    const plain = await digestOf(tarOf({ a: '1', b: '2' }));
    const packed = gzipSync(await bytesOf(tarOf({ './b': '2', './a': '1' })));
    expect(plain).toMatch(/^sha256:[0-9a-f]{64}$/);
    await expect(digestOf(Readable.from([packed]))).resolves.toBe(plain);
    await expect(digestOf(tarOf({ a: '1', b: '3' }))).resolves.not.toBe(plain);
    await expect(digestOf(tarOf({ a: '1', c: '2' }))).resolves.not.toBe(plain);
  });

  it.each<[string, Record<string, string | Partial<Header>>]>([
    ['an absolute path', { '/etc/evil': 'x' }],
    ['a path that goes up', { '../evil': 'x' }],
    ['a path that goes up in the middle', { 'a/../../../evil': 'x' }],
    ['an absolute link', { evil: { type: 'symlink', linkname: '/etc' } }],
    ['a link that goes up', { evil: { type: 'symlink', linkname: '../..' } }],
    [
      'a link that goes up through another',
      {
        'p/q/up': { type: 'symlink', linkname: '../..' },
        'p/q/evil': { type: 'symlink', linkname: 'up/..' },
      },
    ],
    ['links in a circle', { a: { type: 'symlink', linkname: 'a' } }],
    [
      'a file below a link',
      { l: { type: 'symlink', linkname: '.' }, 'l/evil': 'x' },
    ],
    [
      'a hard link to what is not there',
      { evil: { type: 'link', linkname: 'etc/passwd' } },
    ],
    ['a device', { evil: { type: 'character-device' } }],
  ])('refuses %s', async (_, entries) => {
    await expect(unpackContext(tarOf(entries), dir)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('The build context'),
    });
    await expect(readdir(join(root, 'a'))).resolves.toEqual(['b']);
    await expect(readdir(root)).resolves.toEqual(['a']);
  });

  it.each([
    ['no tar', Buffer.alloc(2048, 'x')],
    ['a broken gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])],
  ])('refuses %s', async (_, body) => {
    await expect(
      unpackContext(Readable.from([body]), dir),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining("isn't a whole tar archive"),
    });
  });

  it('refuses an archive that was cut short', async () => {
    const whole = await bytesOf(tarOf({ a: 'x'.repeat(5000) }));
    await expect(
      unpackContext(Readable.from([whole.subarray(0, 3000)]), dir),
    ).rejects.toMatchObject({ name: 'InputError' });
  });
});
