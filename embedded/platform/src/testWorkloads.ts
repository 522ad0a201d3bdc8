import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { PythonEnvironments } from '@ml-platform/embedded-images';

// Runs the Python tests of every workload, each in the environment that its
// requirements describe, as a build makes it.

const PYTEST = 'pytest==9.2.0';

const quiet = {
  debug() {},
  info() {},
  warn: (message: string) => process.stderr.write(`${message}\n`),
  error: (message: string) => process.stderr.write(`${message}\n`),
};

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      python: { type: 'string', default: 'python3' },
      state: { type: 'string', default: 'e2e/.results/state' },
    },
  });
  const environments = new PythonEnvironments({
    dataDir: values.state,
    python: values.python,
    logger: quiet,
  });
  let failed = 0;
  for (const name of readdirSync('workloads')) {
    const dir = resolve('workloads', name);
    if (!existsSync(resolve(dir, 'tests'))) continue;
    process.stdout.write(`\n${name}\n`);
    const { envDir } = await environments.ensureEnvironment({
      name: `test-${name}`,
      requirements: [PYTEST, '-r', resolve(dir, 'requirements.txt')],
      onProgress: message => process.stdout.write(`  ${message}\n`),
    });
    const { status } = spawnSync(
      `${envDir}/bin/python`,
      ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'tests'],
      { cwd: dir, stdio: 'inherit' },
    );
    if (status !== 0) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
