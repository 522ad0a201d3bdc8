import { readFile, readdir, statfs, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { root } from './paths.mjs';
import { Problem, explainFailure } from './problem.mjs';
import { run } from './run.mjs';

const NEEDED_BYTES = 4e9;

async function manifests() {
  const found = ['package.json', 'yarn.lock', '.yarnrc.yml'];
  for (const folder of ['packages', 'plugins']) {
    for (const name of (await readdir(join(root, folder))).sort()) {
      const manifest = `${folder}/${name}/package.json`;
      if (existsSync(join(root, manifest))) found.push(manifest);
    }
  }
  return found;
}

/** Installs the locked dependencies, unless those of exactly this lockfile are there. */
export async function ensureDependencies({ node, yarn, env }, onProgress) {
  const stamp = join(root, 'node_modules', '.ml-platform-install');
  const wanted = await contentHash(await manifests());
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted)
    return 'already there';

  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize < NEEDED_BYTES) {
    throw new Problem(
      `Installing needs 4 GB of disk and ${((bavail * bsize) / 1e9).toFixed(1)} GB are free where the checkout is. Free some space, then run the command again.`,
    );
  }
  const { code, output } = await run(node, [yarn, 'install', '--immutable'], {
    env,
    onLine: line => onProgress(line.replace(/^➤ \w+: [│┌└· ]*/, '')),
  });
  if (code !== 0) throw explainFailure('Installing the dependencies', output);
  await writeFile(stamp, wanted);
  return 'installed';
}
