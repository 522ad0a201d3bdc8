import { cp, glob, mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, sep } from 'node:path';
import { InputError } from '@backstage/errors';
import type { CopyOrder } from './Plan';

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    stats => stats.isDirectory(),
    () => false,
  );
}

async function findSources(
  contextDir: string,
  pattern: string,
): Promise<readonly string[]> {
  const relative = posix.normalize(`./${pattern}`).replace(/\/+$/, '');
  if (relative === '..' || relative.startsWith('../')) {
    throw new InputError(
      `COPY ${pattern}: the path leads out of the build context; copy only what is in the workload's folder`,
    );
  }
  if (relative === '.') return [contextDir];
  const found: string[] = [];
  for await (const name of glob(relative, { cwd: contextDir })) {
    found.push(join(contextDir, name));
  }
  if (found.length === 0) {
    throw new InputError(
      `COPY ${pattern}: the build context has no such file; see the workload's folder and its .dockerignore`,
    );
  }
  return found.sort();
}

/** @throws {InputError} when a link that was copied earlier leads out of the root */
async function checkInside(rootDir: string, folder: string): Promise<void> {
  let existing = folder;
  while (!(await isFolder(existing))) existing = dirname(existing);
  const [root, real] = await Promise.all([
    realpath(rootDir),
    realpath(existing),
  ]);
  if (real !== root && !real.startsWith(root + sep)) {
    throw new InputError(
      `COPY to ${folder.slice(rootDir.length)}: a link there leads out of the image`,
    );
  }
}

/**
 * Copies files of the context into the image's root folder as COPY does: the
 * content of a folder, a file under its name or the destination's. Throws
 * InputError where a source is missing or a path leads outside.
 */
export async function copyFiles(
  order: CopyOrder,
  contextDir: string,
  rootDir: string,
): Promise<void> {
  const destination = join(rootDir, order.destination);
  const intoFolder =
    order.destination.endsWith('/') || (await isFolder(destination));
  for (const pattern of order.sources) {
    for (const source of await findSources(contextDir, pattern)) {
      const folder = await isFolder(source);
      const target =
        !folder && intoFolder
          ? join(destination, basename(source))
          : destination;
      const parent = folder ? target : dirname(target);
      await checkInside(rootDir, parent);
      await mkdir(parent, { recursive: true });
      await cp(source, target, {
        recursive: true,
        force: true,
        verbatimSymlinks: true,
      });
    }
  }
}
