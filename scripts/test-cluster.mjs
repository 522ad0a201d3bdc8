#!/usr/bin/env node
// The tests on real clusters: as many as there are clusters and tools for.
import { join } from 'node:path';
import { readClusterOptions } from './lib/clusterSuites.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensurePortalBuild } from './lib/portalBuild.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/problem.mjs';
import { stage } from './lib/stage.mjs';
import { dependencyBin, step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

/** What suites need to be built before they start. */
const BUILDS = {
  portal: toolchain =>
    stage('Portal pages', progress => ensurePortalBuild(toolchain, progress)),
  cli: ({ node, env }) =>
    step('Command line', node, [join(root, 'scripts/lib/bundleCli.mjs')], {
      env,
    }),
  function: ({ node, env }) =>
    step(
      'Composition function',
      node,
      [join(root, 'packages/function-workload-storage/build.mjs')],
      { env },
    ),
};

await main(async () => {
  const chosen = readClusterOptions();
  if (!chosen) {
    return;
  }
  const { values, suites } = chosen;
  const toolchain = {};
  await stage('Node', async () => {
    Object.assign(toolchain, await ensureToolchain());
    return `${toolchain.version} ${toolchain.note}`;
  });
  await stage('Dependencies', progress =>
    ensureDependencies(toolchain, progress),
  );
  for (const { title, needs, config, builds = [], env } of suites) {
    const missing = needs.filter(name => !values[name]);
    if (missing.length > 0) {
      const options = missing.map(name => `--${name}`).join(' and ');
      process.stdout.write(`\n== ${title}: not run without ${options}\n`);
      continue;
    }
    for (const build of builds) {
      await BUILDS[build](toolchain);
    }
    await step(
      title,
      toolchain.node,
      [
        dependencyBin('@playwright/test', 'playwright'),
        ...['test', '--config', config],
        // Without --no-deps, the tests that others depend on run whatever their title.
        ...(values.grep ? ['--grep', values.grep, '--no-deps'] : []),
      ],
      { env: { ...toolchain.env, CI: 'true', ...env(values) } },
    );
  }
});
