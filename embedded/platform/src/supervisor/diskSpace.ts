import { statfsSync } from 'node:fs';
import { CustomErrorBase } from '@backstage/errors';

/** Databases and logs, and the Python environment of a first job. */
const NEEDED_BYTES = 0.5e9;
/** With less than this left, whatever failed did so because of it. */
const FULL_BYTES = 1e6;

const REMEDY =
  'Free some space there (npm run reset clears what the platform keeps below .local), or keep the state elsewhere (npm start -- --state DIR), then start again.';

/** There is too little space for the platform's state; the message says what to do. */
export class DiskFullError extends CustomErrorBase {
  name = 'DiskFullError' as const;
}

/** @throws {DiskFullError} when the folder has too little space for a start */
export function requireSpace(stateDir: string): void {
  const free = freeBytes(stateDir);
  if (free < NEEDED_BYTES) {
    throw new DiskFullError(
      `The platform's state needs ${gigabytes(NEEDED_BYTES)} of disk, and ${gigabytes(free)} are free at ${stateDir}. ${REMEDY}`,
    );
  }
}

/**
 * The error, or a {@link DiskFullError} in its place where the disk is full:
 * then each part fails in words of its own, and a database or another process
 * does not say why.
 */
export function asDiskFull(error: unknown, stateDir: string): unknown {
  return freeBytes(stateDir) < FULL_BYTES
    ? new DiskFullError(`The disk is full at ${stateDir}. ${REMEDY}`)
    : error;
}

function freeBytes(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
