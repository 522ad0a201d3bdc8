import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { runInTerminal } from './run.mjs';

/** Finds the script behind a dependency's command, so that it runs on the provided Node. */
export function dependencyBin(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** Runs a step of the checks in the foreground; a failing one ends the command. */
export async function step(title, command, args, options) {
  process.stdout.write(`\n== ${title}\n`);
  const started = Date.now();
  const code = await runInTerminal(command, args, options);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (code !== 0)
    throw new Problem(
      `${title} failed (${seconds} s); the lines above say why.`,
    );
  process.stdout.write(`== ${title}: passed in ${seconds} s\n`);
}
