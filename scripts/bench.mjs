#!/usr/bin/env node
// Measures the Ray backend against its peers, in the same run: medians and
// ratios. `npm run bench -- pages` runs only what has that name;
// `npm run bench -- logs --kubeconfig PATH [--context NAME] [--namespace NAME]
// [--image REF]` reads logs of a real node as well.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/problem.mjs';
import { step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

await main(async () => {
  const toolchain = await ensureToolchain();
  await ensureDependencies(toolchain, () => {});
  const { node, env } = toolchain;
  await step(
    'Benchmarks',
    node,
    [
      '--expose-gc',
      '--max-old-space-size=4096',
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(root, 'plugins/ray-backend/bench/main.ts'),
      ...process.argv.slice(2),
    ],
    { env },
  );
});
