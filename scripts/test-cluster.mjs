#!/usr/bin/env node
// The portal against a real cluster: submission modes, outcomes, and logs through
// failures of what is between the two.
import { join, resolve } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensurePortalBuild } from './lib/portalBuild.mjs';
import { readOptions } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { Problem, main } from './lib/problem.mjs';
import { stage } from './lib/stage.mjs';
import { dependencyBin, step } from './lib/steps.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

const HELP = `Usage: npm run test:cluster -- --kubeconfig PATH [options]

Runs the portal against a real cluster and trains on it. The cluster needs KubeRay
and room for two Ray clusters of 1 GiB each. The tests use the namespaces
ml-platform-test and training, delete all Ray jobs and clusters in them, and apply
kubernetes/rbac.

  --kubeconfig PATH  of the cluster, with rights to do all that
  --context NAME     its context (default: the current one)
  --image REF        image with Ray that the nodes can pull
                     (default rayproject/ray:2.55.1-py311)
  --ray-version V    version of Ray in it (default 2.55.1)
  --ray-controller   run the embedded RayJob controller, for a cluster that has
                     KubeRay's CRDs but no operator
  --restart-api-server COMMAND
                     a shell command that restarts the cluster's API server
  --grep PATTERN     only tests whose title matches
  --help             this text

Example:
  npm run test:cluster -- --kubeconfig ~/.kube/config --context kind-kind
`;

const OPTIONS = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  image: { type: 'string', default: 'rayproject/ray:2.55.1-py311' },
  'ray-version': { type: 'string', default: '2.55.1' },
  'ray-controller': { type: 'boolean', default: false },
  'restart-api-server': { type: 'string' },
  grep: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

await main(async () => {
  const values = readOptions(OPTIONS, HELP);
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!values.kubeconfig) {
    throw new Problem(
      `Say which cluster: npm run test:cluster -- --kubeconfig PATH\n\n${HELP}`,
    );
  }
  const toolchain = {};
  await stage('Node', async () => {
    Object.assign(toolchain, await ensureToolchain());
    return `${toolchain.version} ${toolchain.note}`;
  });
  await stage('Dependencies', progress =>
    ensureDependencies(toolchain, progress),
  );
  await stage('Portal pages', progress =>
    ensurePortalBuild(toolchain, progress),
  );
  await step(
    'Command line',
    toolchain.node,
    [join(root, 'scripts/lib/bundleCli.mjs')],
    { env: toolchain.env },
  );
  const target = {
    TEST_CLUSTER_KUBECONFIG: resolve(values.kubeconfig),
    TEST_CLUSTER_CONTEXT: values.context,
    TEST_CLUSTER_IMAGE: values.image,
    TEST_CLUSTER_RAY_VERSION: values['ray-version'],
    TEST_CLUSTER_RAY_CONTROLLER: String(values['ray-controller']),
    TEST_CLUSTER_RESTART_API_SERVER: values['restart-api-server'],
  };
  await step(
    'The portal on a real cluster',
    toolchain.node,
    [
      dependencyBin('@playwright/test', 'playwright'),
      'test',
      '--config',
      'e2e/cluster.config.ts',
      ...(values.grep ? ['--grep', values.grep] : []),
    ],
    { env: { ...toolchain.env, CI: 'true', ...target } },
  );
});
