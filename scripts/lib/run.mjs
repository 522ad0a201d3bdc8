import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

const KEPT_OUTPUT = 64 * 1024;

/**
 * Runs a command to its end, quietly. Resolves to `{ code, output }`, where
 * `output` is the last 64 KiB of what it printed; `onLine` sees each line as
 * it comes.
 */
export function run(
  command,
  args,
  { env = process.env, cwd = root, onLine } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let partial = '';
    const take = chunk => {
      output = (output + chunk).slice(-KEPT_OUTPUT);
      const lines = (partial + chunk).split('\n');
      partial = lines.pop() ?? '';
      if (onLine) lines.forEach(onLine);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', take);
    }
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a command in the foreground with this terminal; resolves to its exit code. */
export function runInTerminal(
  command,
  args,
  { env = process.env, cwd = root } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    // The terminal sends Ctrl-C to the child as well: wait for it to end in its own time.
    const ignore = () => {};
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('close', code => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}
