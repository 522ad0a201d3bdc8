import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A command that reads a whole log, as somebody at a terminal would. */
export interface LogReader {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What each line of the log has once in the command's output. */
  readonly mark: string;
}

function start({ command, args }: LogReader, stdout: 'ignore' | 'pipe') {
  const stdio: StdioOptions = ['ignore', stdout, 'inherit'];
  return spawn(command, args, { stdio });
}

/**
 * Milliseconds from the start of the command to its end.
 * @throws {Error} when it fails
 */
export async function wholeTime(reader: LogReader): Promise<number> {
  const begin = performance.now();
  const [code] = await once(start(reader, 'ignore'), 'exit');
  if (code !== 0) {
    throw new Error(`${reader.name} ended with exit code ${code}`);
  }
  return performance.now() - begin;
}

/** Milliseconds from the start of the command to the first byte of the log. */
export async function firstByte(reader: LogReader): Promise<number> {
  const begin = performance.now();
  const child = start(reader, 'pipe');
  const ended = once(child, 'exit');
  await once(output(child), 'data');
  const time = performance.now() - begin;
  // To the end: a log that is let go in the middle stays open for a while.
  output(child).resume();
  await ended;
  return time;
}

/** Number of lines that the command prints. */
export async function countLines(reader: LogReader): Promise<number> {
  let count = 0;
  let rest = '';
  for await (const chunk of output(start(reader, 'pipe')).setEncoding('utf8')) {
    const parts = (rest + chunk).split(reader.mark);
    count += parts.length - 1;
    rest = (parts.pop() ?? '').slice(1 - reader.mark.length || Infinity);
  }
  return count;
}

function output(child: { readonly stdout: Readable | null }): Readable {
  if (!child.stdout) {
    throw new Error('The command has no output');
  }
  return child.stdout;
}

/** True where the command can be started. */
export async function exists(command: string): Promise<boolean> {
  const child = spawn(command, ['--help'], { stdio: 'ignore' });
  return Promise.race([
    once(child, 'exit').then(() => true),
    once(child, 'error').then(() => false),
  ]);
}
