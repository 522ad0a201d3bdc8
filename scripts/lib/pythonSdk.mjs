import { delimiter, join } from 'node:path';
import { root, toolchainDir } from './paths.mjs';
import { explainFailure } from './problem.mjs';
import { ensurePythonTools } from './pythonTools.mjs';
import { run } from './run.mjs';
import { stage } from './stage.mjs';
import { step } from './steps.mjs';

const UV_VERSION = '0.13.9';

const program = (environment, name) =>
  process.platform === 'win32'
    ? join(environment, 'Scripts', `${name}.exe`)
    : join(environment, 'bin', name);

async function must(what, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw explainFailure(what, output);
}

/**
 * Holds the Python SDK to its checks, in the environment that `uv.lock` describes: format
 * and lint, types, tests, and the packages that are built of it.
 */
export async function checkPythonSdk(python, env) {
  const environment = join(toolchainDir, 'python', 'sdk');
  const own = { ...env, UV_PROJECT_ENVIRONMENT: environment };
  // An environment of whoever runs this has no say.
  delete own.VIRTUAL_ENV;
  let tools;
  await stage('Python SDK environment', async () => {
    tools = await ensurePythonTools(python, 'uv', [`uv==${UV_VERSION}`]);
    await must(
      'Installing what the Python SDK needs',
      join(tools, 'uv'),
      ['sync', '--frozen', '--group', 'dev', '--python', python],
      { env: own },
    );
  });
  own.PATH = [tools, own.PATH ?? ''].join(delimiter);
  const check = (title, name, ...args) =>
    step(title, program(environment, name), args, { env: own, cwd: root });
  await check('Python SDK format', 'ruff', 'format', '--check', 'python');
  await check('Python SDK lint', 'ruff', 'check', '--quiet', 'python');
  await check('Python SDK types', 'mypy');
  await check('Python SDK tests', 'pytest', '-q', 'python');
}
