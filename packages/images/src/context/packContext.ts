import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InputError, isError } from '@backstage/errors';
import { pack, type Header, type Pack } from 'tar-stream';
import { DockerIgnore } from './DockerIgnore';

/** What a packed build context holds. */
export interface PackedContext {
  readonly files: number;
  /** Size of all files, in bytes. */
  readonly bytes: number;
}

async function listFiles(root: string, folder = ''): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(entry => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        return listFiles(root, path);
      }
      return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
    }),
  );
  return nested.flat();
}

/** The ignore file that goes with the Dockerfile, or else that of the whole folder. */
async function readIgnore(
  root: string,
  dockerfile: string,
): Promise<DockerIgnore> {
  for (const name of [`${dockerfile}.dockerignore`, '.dockerignore']) {
    try {
      return new DockerIgnore(await readFile(join(root, name), 'utf8'));
    } catch (error) {
      if (!isError(error) || error.code !== 'ENOENT') throw error;
    }
  }
  return new DockerIgnore('');
}

function addEntry(
  archive: Pack,
  header: Partial<Header> & { name: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, error => (error ? reject(error) : resolve()));
  });
}

async function addLink(archive: Pack, root: string, path: string) {
  const target = await readlink(join(root, path));
  const resolved = posix.join(posix.dirname(path), target);
  if (posix.isAbsolute(target) || resolved.split('/')[0] === '..') {
    throw new InputError(
      `${path} links to ${target}, which is outside of the build context; copy the file instead`,
    );
  }
  await addEntry(archive, {
    name: path,
    type: 'symlink',
    linkname: target,
    mode: 0o777,
    mtime: new Date(0),
  });
}

/**
 * Packs a folder as a build context: an uncompressed tar that depends on paths, content
 * and the executable bit alone, without what `.dockerignore` excludes.
 *
 * @throws {InputError} when the Dockerfile is missing, a link leads out of the folder,
 * or a pattern of `.dockerignore` is not valid
 */
export async function packContext(options: {
  /** Folder to pack. */
  readonly root: string;
  /** Path of the Dockerfile inside it; packed whatever is excluded. */
  readonly dockerfile: string;
  /** File to write. */
  readonly target: string;
  readonly signal?: AbortSignal;
}): Promise<PackedContext> {
  const { root, dockerfile, target, signal } = options;
  const ignore = await readIgnore(root, dockerfile);
  const all = await listFiles(root);
  if (!all.includes(dockerfile)) {
    throw new InputError(
      `The workload has no ${dockerfile}; add one that installs Ray and the training code`,
    );
  }
  const paths = all
    .filter(path => path === dockerfile || !ignore.excludes(path))
    .sort();

  const archive = pack();
  const written = pipeline(archive, createWriteStream(target), { signal });
  let bytes = 0;
  async function addAll() {
    for (const path of paths) {
      signal?.throwIfAborted();
      const source = join(root, path);
      const stats = await lstat(source);
      if (stats.isSymbolicLink()) {
        await addLink(archive, root, path);
        continue;
      }
      const entry = archive.entry({
        name: path,
        size: stats.size,
        mode: stats.mode & 0o100 ? 0o755 : 0o644,
        mtime: new Date(0),
      });
      await pipeline(createReadStream(source), entry, { signal });
      bytes += stats.size;
    }
    archive.finalize();
  }
  await Promise.all([
    written,
    addAll().catch(error => {
      archive.destroy(error);
      throw error;
    }),
  ]);
  return { files: paths.length, bytes };
}
