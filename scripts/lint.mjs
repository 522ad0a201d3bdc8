#!/usr/bin/env node
// Checks formatting, lint rules and types.
import { staticChecks } from './lib/checks.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/problem.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

await main(async () => {
  const toolchain = await ensureToolchain();
  await ensureDependencies(toolchain, () => {});
  await staticChecks(toolchain);
});
