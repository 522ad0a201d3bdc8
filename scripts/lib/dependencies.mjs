import { readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { requireSpace } from './diskSpace.mjs';
import { root } from './paths.mjs';
import { explainFailure } from './problem.mjs';
import { run } from './run.mjs';

const NEEDED_BYTES = 3e9;

async function manifests() {
  const found = ['package.json', 'yarn.lock', '.yarnrc.yml'];
  for (const folder of ['embedded', 'packages', 'plugins']) {
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

  // What is there already needs no more space: an install continues where it stopped.
  if (!existsSync(join(root, 'node_modules'))) {
    await requireSpace('Installing the dependencies', NEEDED_BYTES);
  }
  const { code, output } = await run(node, [yarn, 'install', '--immutable'], {
    env,
    onLine: line => onProgress(line.replace(/^➤ \w+: [│┌└· ]*/, '')),
  });
  if (code !== 0) throw explainFailure('Installing the dependencies', output);
  await writeFile(stamp, wanted);
  return 'installed';
}
