import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FullConfig } from '@playwright/test';

const root = join(__dirname, '../..');
const state = 'e2e/.results/state';
const START_TIMEOUT_MS = 5 * 60_000;

/** Clears all but the downloaded packages, which the tests do not speak about. */
async function clearState() {
  const entries = await readdir(join(root, state)).catch(() => []);
  await Promise.all(
    entries
      .filter(entry => entry !== 'cache')
      .map(entry => rm(join(root, state, entry), { recursive: true })),
  );
}

/** Starts the platform as a user does, on state of its own, and returns the function that stops it. */
export default async function startPlatform(config: FullConfig) {
  await clearState();
  const child = spawn(
    'npm',
    ['start', '--', '--port', `${config.metadata.port}`, '--state', state],
    // A process group of its own, so that the end is a Ctrl-C as a terminal sends it.
    { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
  );
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
  return async () => {
    if (child.pid === undefined) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGINT');
    await ended;
  };
}
