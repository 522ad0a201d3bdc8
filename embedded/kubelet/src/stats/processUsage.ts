import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a process has used so far. */
export interface ProcessUsage {
  /** CPU time in ms. */
  readonly cpuMs: number;
  /** Bytes; what several processes share counts once in their sum. */
  readonly memory: number;
}

/** Linux counts CPU time in hundredths of a second on every architecture. */
const TICK_MS = 10;

/** What each process has used; one that has ended is left out. */
export async function processUsage(
  pids: readonly number[],
): Promise<ReadonlyMap<number, ProcessUsage>> {
  if (process.platform !== 'linux') {
    return fromPs(pids);
  }
  const usages = await Promise.all(
    pids.map(pid =>
      fromProc(pid)
        .then(usage => [[pid, usage]] as const)
        .catch(() => []),
    ),
  );
  return new Map(usages.flat());
}

async function fromProc(pid: number): Promise<ProcessUsage> {
  const [stat, memory] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/smaps_rollup`, 'utf8'),
  ]);
  // The name in brackets may hold spaces: what follows it is in order.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = fields.slice(11, 13).map(Number);
  const shareKiB = Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1] ?? 0);
  return {
    cpuMs: (userTicks + systemTicks) * TICK_MS,
    memory: shareKiB * 1024,
  };
}

async function fromPs(
  pids: readonly number[],
): Promise<ReadonlyMap<number, ProcessUsage>> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,rss=,time=']);
  const rows = stdout.split('\n').map(line => line.trim().split(/\s+/));
  return new Map(
    rows
      .filter(([pid]) => pids.includes(Number(pid)))
      .map(([pid, rss, time]) => [
        Number(pid),
        { cpuMs: parseCpuTime(time), memory: Number(rss) * 1024 },
      ]),
  );
}

/** Ms of a time that `ps` writes: `1:02.50`, `1:02:03` or `2-01:02:03`. */
export function parseCpuTime(text: string): number {
  const [clock, days = '0'] = text.split('-').reverse();
  const seconds = clock
    .split(':')
    .reduce((total, part) => total * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}
