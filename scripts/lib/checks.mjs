import { join } from 'node:path';
import { root } from './paths.mjs';
import { dependencyBin, step } from './steps.mjs';

/**
 * Formatting, file names and lengths, links, pictures and commands of the documents, lint
 * rules with the import boundaries, types, samples of code, and what the SDK shows to its
 * users.
 */
export async function staticChecks({ node, env }) {
  const backstageCli = dependencyBin('@backstage/cli', 'backstage-cli');
  await step(
    'Format',
    node,
    [dependencyBin('prettier'), '--check', '--log-level', 'warn', '.'],
    { env },
  );
  await step('Files', node, [join(root, 'scripts/lib/checkFiles.mjs')], {
    env,
  });
  await step(
    'Links',
    node,
    [
      dependencyBin('remark-cli', 'remark'),
      ...['--frail', '--quiet', '--ignore-path', '.gitignore', '.'],
    ],
    { env },
  );
  await step(
    'Pictures',
    node,
    [join(root, 'scripts/lib/drawPictures.mjs'), '--check'],
    { env },
  );
  await step('Commands', node, [join(root, 'scripts/lib/checkCommands.mjs')], {
    env,
  });
  await step(
    'Lint',
    node,
    [backstageCli, 'repo', 'lint', '--max-warnings', '0'],
    { env },
  );
  await step('Types', node, [dependencyBin('typescript', 'tsc'), '--noEmit'], {
    env: { ...env, NODE_OPTIONS: '--max-old-space-size=4096' },
  });
  await step('Samples', node, [join(root, 'scripts/lib/checkSamples.mjs')], {
    env,
  });
  await step(
    'API report of the SDK',
    node,
    [join(root, 'scripts/lib/apiReport.mjs'), '--check'],
    { env },
  );
}
