import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Name of a folder for work in progress, which {@link sweepUnfinished} knows. */
export function unfinishedName(name: string): string {
  return `.${process.pid}-${name}`;
}

/** Removes folders that processes which were killed left half-made. */
export async function sweepUnfinished(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  const dead = names.filter(name => {
    const pid = Number(/^\.(\d+)-/.exec(name)?.[1]);
    return pid && pid !== process.pid && !isRunning(pid);
  });
  await Promise.all(
    dead.map(name => rm(join(dir, name), { recursive: true, force: true })),
  );
}
