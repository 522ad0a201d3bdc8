import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

const LEFT_OUT = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

async function filesBelow(path) {
  const entries = await readdir(path, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(entry => !LEFT_OUT.has(entry.name))
      .map(entry => {
        const child = join(path, entry.name);
        return entry.isDirectory() ? filesBelow(child) : [child];
      }),
  );
  return found.flat();
}

/** SHA-256, as hex, over the names and contents of the given files and folders of the repository. */
export async function contentHash(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const absolute = join(root, path);
    const files = await filesBelow(absolute).catch(error => {
      if (error.code === 'ENOTDIR') return [absolute];
      throw error;
    });
    for (const file of files.sort()) {
      hash
        .update(relative(root, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}
