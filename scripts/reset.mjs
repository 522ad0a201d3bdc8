#!/usr/bin/env node
// Clears the state of the embedded platform: clusters, git host, images, portal database.
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { localDir } from './lib/paths.mjs';
import { Problem, main } from './lib/problem.mjs';

function running() {
  const lock = join(localDir, 'platform.pid');
  if (!existsSync(lock)) return undefined;
  const pid = Number(readFileSync(lock, 'utf8'));
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

await main(async () => {
  const pid = running();
  if (pid !== undefined) {
    throw new Problem(
      `The platform is running (process ${pid}). Stop it with Ctrl-C in its terminal, then run npm run reset again.`,
    );
  }
  await rm(localDir, { recursive: true, force: true });
  process.stdout.write('Cleared. The next npm start begins afresh.\n');
});
