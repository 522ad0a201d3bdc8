#!/usr/bin/env node
// Everything that a change is held to: format, lint, types, the scripts for a platform,
// unit and integration tests, the workloads' tests, the command line, the Python SDK,
// the portal's build, and the journey in a browser and in a terminal.
import { join } from 'node:path';
import { staticChecks } from './lib/checks.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/paths.mjs';
import { checkPlatform } from './lib/platformChecks.mjs';
import { ensurePortalBuild } from './lib/portalBuild.mjs';
import { main } from './lib/problem.mjs';
import { findPython } from './lib/python.mjs';
import { checkPythonSdk } from './lib/pythonSdk.mjs';
import { stage } from './lib/stage.mjs';
import { dependencyBin, step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

await main(async () => {
  const toolchain = {};
  await stage('Node', async () => {
    Object.assign(toolchain, await ensureToolchain());
    return `${toolchain.version} ${toolchain.note}`;
  });
  const { node, env: toolEnv } = toolchain;
  const python = await findPython();
  const env = { ...toolEnv, CI: 'true', ML_PLATFORM_PYTHON: python.command };
  await stage('Dependencies', progress =>
    ensureDependencies(toolchain, progress),
  );

  await staticChecks(toolchain);
  await checkPlatform(python.command, toolchain);
  await step(
    'Unit and integration tests',
    node,
    [
      dependencyBin('@backstage/cli', 'backstage-cli'),
      'repo',
      'test',
      '--watchAll=false',
      '--maxWorkers=2',
      // Jest's own 5 seconds are too few on a busy machine for tests that start servers.
      '--testTimeout=30000',
    ],
    { env },
  );
  await step(
    'Workload tests',
    node,
    [
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(root, 'embedded/platform/src/testWorkloads.ts'),
      '--python',
      python.command,
    ],
    { env },
  );
  // The wheel has it inside, and the terminal's tests type it.
  await step('Command line', node, [join(root, 'scripts/lib/bundleCli.mjs')], {
    env,
  });
  await checkPythonSdk(python.command, env);
  await stage('Portal pages', progress =>
    ensurePortalBuild(toolchain, progress),
  );
  await step(
    'The journey in a browser and in a terminal',
    node,
    [
      dependencyBin('@playwright/test', 'playwright'),
      'test',
      '--config',
      'e2e/playwright.config.ts',
    ],
    { env },
  );
});
