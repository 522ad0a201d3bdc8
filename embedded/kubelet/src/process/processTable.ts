import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Environment variable by which the processes of a pod are known. */
export const POD_MARKER = 'ML_PLATFORM_POD';
/** Environment variable by which all processes of one node are known. */
export const NODE_MARKER = 'ML_PLATFORM_NODE';

/**
 * The processes whose environment has the variable, by its value. Daemons that
 * left their session and process group are among them.
 */
export async function processesBy(
  variable: string,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = await (process.platform === 'linux'
    ? fromProc(variable)
    : fromPs(variable));
  const byValue = new Map<string, number[]>();
  for (const { pid, value } of found) {
    byValue.set(value, [...(byValue.get(value) ?? []), pid]);
  }
  return byValue;
}

/** The processes whose environment has the variable with this value. */
export async function processesWith(
  variable: string,
  value: string,
): Promise<readonly number[]> {
  return (await processesBy(variable)).get(value) ?? [];
}

interface Marked {
  readonly pid: number;
  readonly value: string;
}

async function fromProc(variable: string): Promise<Marked[]> {
  const marker = `\0${variable}=`;
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found: Marked[] = [];
  for (const pid of pids) {
    try {
      const environment = `\0${await readFile(`/proc/${pid}/environ`, 'latin1')}`;
      const at = environment.indexOf(marker);
      if (at >= 0) {
        const [value] = environment.slice(at + marker.length).split('\0', 1);
        found.push({ pid: Number(pid), value });
      }
    } catch {
      // It has ended, or belongs to another user.
    }
  }
  return found;
}

async function fromPs(variable: string): Promise<Marked[]> {
  const { stdout } = await run('ps', ['eww', '-A', '-o', 'pid=,command='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const marker = ` ${variable}=`;
  return stdout.split('\n').flatMap(line => {
    const at = line.indexOf(marker);
    const [value] = line.slice(at + marker.length).split(' ', 1);
    return at >= 0 ? [{ pid: parseInt(line, 10), value }] : [];
  });
}

/** Sends a signal; a process that is gone, or not ours, is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended first.
  }
}

/** Kills every process that carries the marker; resolves when none is left. */
export async function killAll(
  variable: string,
  value: string,
): Promise<number> {
  let killed = 0;
  for (let round = 0; round < 50; round += 1) {
    const pids = (await processesWith(variable, value)).filter(
      pid => pid !== process.pid,
    );
    if (pids.length === 0) {
      break;
    }
    killed += round === 0 ? pids.length : 0;
    for (const pid of pids) {
      signalProcess(pid, 'SIGKILL');
    }
    await new Promise(resolve => setTimeout(resolve, 20 * (round + 1)));
  }
  return killed;
}
