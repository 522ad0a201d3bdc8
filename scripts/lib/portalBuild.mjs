import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { root } from './paths.mjs';
import { explainFailure } from './problem.mjs';
import { run } from './run.mjs';

const SOURCES = [
  'packages/app',
  'plugins/ray',
  'plugins/ray-common',
  'app-config.yaml',
  'yarn.lock',
];

/** Builds the portal's web pages, unless those of exactly these sources are there. */
export async function ensurePortalBuild({ node, yarn, env }, onProgress) {
  const stamp = join(root, 'packages/app/dist/.content-hash');
  const wanted = await contentHash(SOURCES);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted)
    return 'already built';
  const { code, output } = await run(
    node,
    [yarn, 'workspace', 'app', 'build'],
    {
      env: { ...env, NODE_OPTIONS: '--max-old-space-size=4096' },
      onLine: onProgress,
    },
  );
  if (code !== 0) throw explainFailure('Building the portal', output);
  await writeFile(stamp, wanted);
  return 'built';
}
