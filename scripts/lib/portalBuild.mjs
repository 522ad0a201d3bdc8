import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { requireSpace } from './diskSpace.mjs';
import { root } from './paths.mjs';
import { explainFailure } from './problem.mjs';
import { run } from './run.mjs';

const SOURCES = [
  'packages/app',
  'plugins/ray',
  'plugins/ray-common',
  'packages/rayjob',
  'app-config.yaml',
  'yarn.lock',
];

const NEEDED_BYTES = 0.2e9;
/** The build reports success where a full disk cut its files short. */
const LEFT_BYTES = 20e6;

/** Builds the portal's web pages, unless those of exactly these sources are there. */
export async function ensurePortalBuild({ node, yarn, env }, onProgress) {
  const stamp = join(root, 'packages/app/dist/.content-hash');
  const wanted = await contentHash(SOURCES);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted)
    return 'already built';
  await requireSpace('Building the portal', NEEDED_BYTES);
  const { code, output } = await run(
    node,
    [yarn, 'workspace', 'app', 'build'],
    {
      env: { ...env, NODE_OPTIONS: '--max-old-space-size=4096' },
      onLine: onProgress,
    },
  );
  if (code !== 0) throw explainFailure('Building the portal', output);
  await requireSpace('Building the portal', NEEDED_BYTES, LEFT_BYTES);
  await writeFile(stamp, wanted);
  return 'built';
}
