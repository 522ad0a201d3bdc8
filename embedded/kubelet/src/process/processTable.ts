import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Environment variable by which the processes of a pod are known. */
export const POD_MARKER = 'ML_PLATFORM_POD';
/** Environment variable by which all processes of one node are known. */
export const NODE_MARKER = 'ML_PLATFORM_NODE';

/**
 * The processes whose environment has the variable with this value. Daemons that
 * left their session and process group are among them.
 */
export async function processesWith(
  variable: string,
  value: string,
): Promise<number[]> {
  const marker = `${variable}=${value}`;
  return process.platform === 'linux' ? fromProc(marker) : fromPs(marker);
}

async function fromProc(marker: string): Promise<number[]> {
  const needle = Buffer.from(`\0${marker}\0`);
  const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found: number[] = [];
  for (const name of names) {
    try {
      const environment = await readFile(`/proc/${name}/environ`);
      if (Buffer.concat([Buffer.from('\0'), environment]).includes(needle)) {
        found.push(Number(name));
      }
    } catch {
      // It has ended, or is another user's.
    }
  }
  return found;
}

async function fromPs(marker: string): Promise<number[]> {
  const { stdout } = await run('ps', ['eww', '-A', '-o', 'pid=,command='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split('\n')
    .filter(line => ` ${line} `.includes(` ${marker} `))
    .map(line => parseInt(line, 10))
    .filter(pid => pid > 0 && pid !== process.pid);
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
