#!/usr/bin/env node
// Writes what is generated: the types of the HTTP API for the SDK's client, the guide to
// the command line, the API report of the SDK, the tables of Terraform's variables, and the
// pictures. A check of each fails while it is out of date.
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
  for (const [title, script] of [
    ['Types of the HTTP API', 'plugins/ray-backend/dev/generateClient.ts'],
    ['docs/cli.md', 'packages/cli/dev/generateDocs.ts'],
  ]) {
    await step(
      title,
      node,
      [
        '--require',
        join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
        join(root, script),
      ],
      { env },
    );
  }
  await step('Pictures', node, [join(root, 'scripts/lib/drawPictures.mjs')], {
    env,
  });
  await step(
    "Tables of Terraform's variables",
    node,
    [join(root, 'scripts/lib/terraform/writeDocuments.mjs')],
    { env },
  );
  await step(
    'API report of the SDK',
    node,
    [join(root, 'scripts/lib/apiReport.mjs')],
    { env },
  );
});
