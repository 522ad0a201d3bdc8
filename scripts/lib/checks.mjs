import { join } from 'node:path';
import { root } from './paths.mjs';
import { dependencyBin, step } from './steps.mjs';

/** Formatting, file names and lengths, lint rules with the import boundaries, and types. */
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
    'Lint',
    node,
    [backstageCli, 'repo', 'lint', '--max-warnings', '0'],
    { env },
  );
  await step('Types', node, [dependencyBin('typescript', 'tsc'), '--noEmit'], {
    env: { ...env, NODE_OPTIONS: '--max-old-space-size=4096' },
  });
}
