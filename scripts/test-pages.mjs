#!/usr/bin/env node
// Pictures of every page, and the rules for accessibility, on the embedded platform.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/paths.mjs';
import { ensurePortalBuild } from './lib/portalBuild.mjs';
import { main } from './lib/problem.mjs';
import { stage } from './lib/stage.mjs';
import { dependencyBin, step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

await main(async () => {
  const toolchain = await ensureToolchain();
  const { node } = toolchain;
  const env = { ...toolchain.env, CI: 'true' };
  await stage('Dependencies', progress =>
    ensureDependencies(toolchain, progress),
  );
  await step('Command line', node, [join(root, 'scripts/lib/bundleCli.mjs')], {
    env,
  });
  await stage('Portal pages', progress =>
    ensurePortalBuild(toolchain, progress),
  );
  await step(
    'Pictures and accessibility of every page',
    node,
    [
      dependencyBin('@playwright/test', 'playwright'),
      'test',
      '--config',
      'e2e/pages.config.ts',
    ],
    { env },
  );
});
