import { statfs } from 'node:fs/promises';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

/**
 * Throws a Problem that names the bytes `what` needs, where fewer than `least`
 * are free where the checkout is.
 */
export async function requireSpace(what, needed, least = needed) {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free < least) {
    throw new Problem(
      `${what} needs ${size(needed)} of disk and ${size(free)} are free where the checkout is. Free some space there, then run the command again.`,
    );
  }
}

function size(bytes) {
  return bytes < 1e9
    ? `${(bytes / 1e6).toFixed(0)} MB`
    : `${(bytes / 1e9).toFixed(1)} GB`;
}
