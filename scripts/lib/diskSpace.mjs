import { statfs } from 'node:fs/promises';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

/** Throws a Problem where fewer bytes are free where the checkout is. */
export async function requireSpace(what, bytes) {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free < bytes) {
    throw new Problem(
      `${what} needs ${gigabytes(bytes)} GB of disk and ${gigabytes(free)} GB are free where the checkout is. Free some space there, then run the command again.`,
    );
  }
}

const gigabytes = bytes => (bytes / 1e9).toFixed(1);
