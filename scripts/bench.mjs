#!/usr/bin/env node
// Measures the Ray backend and the command line against their peers, in the same run:
// medians and ratios; and the list of jobs and a long log in a browser. `npm run bench -- pages` runs only
// what has that name (pages, freshness, logs, lines, cli, browser); `npm run bench -- logs
// --kubeconfig PATH [--context NAME] [--namespace NAME] [--image REF]` reads logs of a real
// node as well.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/paths.mjs';
import { ensurePortalBuild } from './lib/portalBuild.mjs';
import { main } from './lib/problem.mjs';
import { step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

await main(async () => {
  const toolchain = await ensureToolchain();
  await ensureDependencies(toolchain, () => {});
  const { node, env } = toolchain;
  const args = process.argv.slice(2);
  const names = args.filter(name =>
    /^(pages|freshness|logs|lines|cli|browser)$/.test(name),
  );
  const bench = (title, script, ...more) =>
    step(
      title,
      node,
      [
        '--expose-gc',
        '--max-old-space-size=4096',
        '--require',
        join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
        join(root, script),
        ...more,
      ],
      { env },
    );
  const others = ['cli', 'browser'];
  if (names.length === 0 || names.some(name => !others.includes(name))) {
    await bench(
      'Benchmarks of the backend',
      'plugins/ray-backend/bench/main.ts',
      ...args.filter(name => !others.includes(name)),
    );
  }
  if (names.length === 0 || names.includes('cli')) {
    await step('Command line', node, [join(root, 'scripts/build-cli.mjs')], {
      env,
    });
    await bench('Benchmarks of the command line', 'e2e/bench/cli.ts');
  }
  if (names.length === 0 || names.includes('browser')) {
    await ensurePortalBuild(toolchain, () => {});
    await bench('Benchmarks in a browser', 'e2e/bench/browser.ts');
  }
});
