import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { LogLines } from '../LogLines';

/** How a process ended. */
export interface ProcessResult {
  /** Exit code; -1 where a signal ended it. */
  readonly code: number;
  /** Its last lines, of both streams as they came. */
  readonly output: string;
}

const KEPT_LINES = 200;
const KILL_AFTER_MS = 5_000;

/** Ends a process and what it started; harmless when it is gone. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

/**
 * Runs a program to its end, giving each line of its output as it comes.
 * @throws {Error} what spawn throws (`ENOENT` when there is no such program), or the
 * signal's reason when aborted, after the whole process group has ended
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly onLine?: (line: string) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<ProcessResult> {
  const { cwd, env, onLine, signal } = options;
  signal?.throwIfAborted();
  // A group of its own: a Ctrl-C in the terminal is ours to pass on, and what
  // the program starts ends with it.
  const child = spawn(command, [...args], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kept: string[] = [];
  const take = (line: string) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    onLine?.(line);
  };
  const read = async (stream: Readable) => {
    const lines = new LogLines();
    for await (const bytes of stream) lines.push(bytes).forEach(take);
    lines.end().forEach(take);
  };
  let killTimer: NodeJS.Timeout | undefined;
  const abort = () => {
    killGroup(child.pid, 'SIGTERM');
    killTimer = setTimeout(
      () => killGroup(child.pid, 'SIGKILL'),
      KILL_AFTER_MS,
    );
  };
  const exit = () => killGroup(child.pid, 'SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  process.once('exit', exit);
  try {
    const [code] = await Promise.all([
      new Promise<number>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', status => resolve(status ?? -1));
      }),
      read(child.stdout),
      read(child.stderr),
    ]);
    signal?.throwIfAborted();
    return { code, output: kept.join('\n') };
  } finally {
    clearTimeout(killTimer);
    signal?.removeEventListener('abort', abort);
    process.removeListener('exit', exit);
  }
}
