#!/usr/bin/env node
// Dashboards and alerts: their files, promtool's tests of the alerts, and every query on
// a Prometheus that scrapes the embedded platform with a job that runs.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensurePortalBuild } from './lib/portalBuild.mjs';
import { readOptions } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { main } from './lib/problem.mjs';
import { stage } from './lib/stage.mjs';
import { dependencyBin, step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

const HELP = `Usage: npm run test:monitoring -- [options]

Checks the dashboards and the alerts in gitops/apps. It needs Prometheus with
promtool and the node exporter on the PATH (Debian: apt install prometheus
prometheus-node-exporter), and the ports 18107 to 18115.

  --files   only the files and promtool's tests; starts no platform
  --help    this text
`;

const OPTIONS = {
  files: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
};

await main(async () => {
  const values = readOptions(OPTIONS, HELP);
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const toolchain = {};
  await stage('Node', async () => {
    Object.assign(toolchain, await ensureToolchain());
    return `${toolchain.version} ${toolchain.note}`;
  });
  const env = { ...toolchain.env, CI: 'true' };
  await stage('Dependencies', progress =>
    ensureDependencies(toolchain, progress),
  );
  if (!values.files) {
    await stage('Portal pages', progress =>
      ensurePortalBuild(toolchain, progress),
    );
    await step(
      'Command line',
      toolchain.node,
      [join(root, 'scripts/lib/bundleCli.mjs')],
      { env },
    );
  }
  await step(
    'Dashboards and alerts',
    toolchain.node,
    [
      dependencyBin('@playwright/test', 'playwright'),
      'test',
      '--config',
      'e2e/monitoring.config.ts',
      ...(values.files ? ['--project', 'files'] : []),
    ],
    { env },
  );
});
