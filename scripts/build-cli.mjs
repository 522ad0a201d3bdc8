#!/usr/bin/env node
// Builds the command line; on a machine that has nothing installed yet, too.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { readOptions } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/problem.mjs';
import { stage } from './lib/stage.mjs';
import { step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

const HELP = `Usage: npm run build:cli

Bundles the command line into packages/cli/dist, a package that needs no other:
ml-platform.cjs starts it, the other files are loaded by the commands that need
them. 'npm pack ./packages/cli/dist' makes a tarball of it.
`;

await main(async () => {
  const { help } = readOptions({ help: { type: 'boolean', short: 'h' } }, HELP);
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const toolchain = await ensureToolchain();
  await stage('Dependencies', progress =>
    ensureDependencies(toolchain, progress),
  );
  const { node, env } = toolchain;
  await step('Command line', node, [join(root, 'scripts/lib/bundleCli.mjs')], {
    env,
  });
});
