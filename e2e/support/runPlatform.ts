import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export const ROOT = join(__dirname, '../..');
const START_TIMEOUT_MS = 5 * 60_000;

/** Clears all but the downloaded packages, which the tests do not speak about. */
async function clearState(state: string) {
  const entries = await readdir(join(ROOT, state)).catch(() => []);
  await Promise.all(
    entries
      .filter(entry => entry !== 'cache')
      .map(entry => rm(join(ROOT, state, entry), { recursive: true })),
  );
}

/** Waits until the platform says so, and passes on what it says until its end. */
async function isReady(child: ChildProcessByStdio<null, Readable, null>) {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('The platform did not start in time')),
      START_TIMEOUT_MS,
    );
    child.once('exit', code =>
      reject(new Error(`npm start ended with exit code ${code}`)),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      if (chunk.includes('Ready')) {
        clearTimeout(timer);
        resolve();
      }
    });
  });
  child.removeAllListeners('exit');
}

/**
 * Starts the platform as a user does, on a state of its own, and returns the
 * function that stops it.
 */
export async function runPlatform(options: {
  readonly port: number;
  /** Folder of its state, in the checkout. */
  readonly state: string;
  /** More arguments of `npm start`. */
  readonly args?: readonly string[];
  /** More variables of its environment. */
  readonly env?: Readonly<Record<string, string>>;
}): Promise<() => Promise<void>> {
  const { port, state, args = [], env = {} } = options;
  await clearState(state);
  const child = spawn(
    'npm',
    ['start', '--', '--port', `${port}`, '--state', state, ...args],
    // A process group of its own, so that the end is a Ctrl-C as a terminal sends it.
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const stop = async () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGINT');
    await ended;
  };
  try {
    await isReady(child);
  } catch (error) {
    // The next run takes the same ports.
    await stop();
    throw error;
  }
  return stop;
}
