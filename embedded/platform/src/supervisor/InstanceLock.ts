import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConflictError, isError } from '@backstage/errors';

function isAlive(pid: number): boolean {
  // A disk that was full leaves the file empty; to signal 0 means the own group.
  if (!(pid > 0)) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Keeps two platforms from sharing one state folder. */
export class InstanceLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws {ConflictError} when another platform of this checkout runs */
  static take(localDir: string): InstanceLock {
    const file = join(localDir, 'platform.pid');
    try {
      writeFileSync(file, `${process.pid}`, { flag: 'wx' });
    } catch (error) {
      if (!isError(error) || error.code !== 'EEXIST') {
        throw error;
      }
      const pid = Number(readFileSync(file, 'utf8'));
      if (pid !== process.pid && isAlive(pid)) {
        throw new ConflictError(
          `The platform of this checkout is already running (process ${pid}). Stop it with Ctrl-C in its terminal first.`,
        );
      }
      writeFileSync(file, `${process.pid}`);
    }
    return new InstanceLock(file);
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}
