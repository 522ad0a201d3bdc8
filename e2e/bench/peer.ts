import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** A command as somebody types it. */
export interface Typed {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** What one run of a command cost. */
export interface Cost {
  /** Milliseconds from its start to its end. */
  readonly time: number;
  /** Most memory that it had at once, in bytes; 0 where the system doesn't tell. */
  readonly memory: number;
}

/** Milliseconds between two looks at a process. */
const LOOK = 2;

async function mostMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}

/**
 * Runs a command to its end, its output thrown away.
 * @throws {Error} when it fails
 */
export async function cost(
  { name, command, args }: Typed,
  options: { readonly memory?: boolean; readonly stopAfter?: number } = {},
): Promise<Cost> {
  const begin = performance.now();
  const child = spawn(command, args, {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  let memory = 0;
  const look = async () => {
    memory = Math.max(memory, await mostMemory(child.pid ?? 0));
  };
  const timer = options.memory ? setInterval(look, LOOK) : undefined;
  const { stopAfter } = options;
  const stop =
    stopAfter === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGINT'), stopAfter);
  const [code] = await ended;
  const time = performance.now() - begin;
  clearInterval(timer);
  clearTimeout(stop);
  if (code !== 0 && stopAfter === undefined) {
    throw new Error(`${name} ended with exit code ${code}`);
  }
  return { time, memory };
}

/** The costs of several commands, which take turns; after one run that doesn't count. */
export async function compare(
  typed: readonly Typed[],
  rounds: number,
  options: { readonly memory?: boolean } = {},
): Promise<ReadonlyMap<Typed, readonly Cost[]>> {
  const costs = new Map(typed.map(one => [one, [] as Cost[]]));
  for (let round = -1; round < rounds; round += 1) {
    for (const one of typed) {
      const measured = await cost(one, options);
      if (round >= 0) {
        costs.get(one)?.push(measured);
      }
    }
  }
  return costs;
}
