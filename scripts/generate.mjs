#!/usr/bin/env node
// Writes what is generated: the types of the HTTP API for the SDK's client. A test
// fails while they are not those of the API.
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
    'Types of the HTTP API',
    node,
    [
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(root, 'plugins/ray-backend/dev/generateClient.ts'),
    ],
    { env },
  );
});
