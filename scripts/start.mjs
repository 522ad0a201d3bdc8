#!/usr/bin/env node
// Brings up the portal and the embedded platform. It runs on the machine's own
// Node, before anything is installed, so it uses Node's standard library only.
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { readOptions } from './lib/options.mjs';
import { root } from './lib/paths.mjs';
import { ensurePortalBuild } from './lib/portalBuild.mjs';
import { main } from './lib/problem.mjs';
import { findPython } from './lib/python.mjs';
import { runInTerminal } from './lib/run.mjs';
import { stage } from './lib/stage.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

const HELP = `Usage: npm start -- [options]

Starts the portal and the embedded platform on this machine.

  --port N         port of the portal (default 7007); the git host, the builder
                   and the two clusters take the four ports after it
  --registry REF   build and push real images there with buildah, docker or
                   podman, instead of environments for the embedded cluster
  --state DIR      folder of all state (default .local)
  --dev            serve the portal with hot reload on http://localhost:3000
  --help           this text

Real engines that replace the embedded ones:
  --kubeconfig PATH  clusters of the contexts "workload" and "management" (if
                     any); the contexts "deployer" and "operator" (if any) are
                     used to sync and to run jobs
  --context NAME     one more cluster with jobs, by its context in that file;
                     repeat it for each cluster
  --ray-controller   run the embedded RayJob controller against the workload
                     cluster, when that has KubeRay's CRDs but no operator
  --argocd           leave the jobs to Argo CD on the context "management", when it
                     runs on this machine and so reaches the embedded Git host
  --github-url URL   repository on GitHub, with the token in GITHUB_TOKEN

Examples:
  npm start
  npm start -- --port 8080
  npm start -- --registry localhost:5000/ml-platform
  npm start -- --state /tmp/second --port 8007
  npm start -- --kubeconfig ./clusters.yaml --registry europe-docker.pkg.dev/my/repo
`;

const OPTIONS = {
  port: { type: 'string' },
  registry: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string', multiple: true },
  'ray-controller': { type: 'boolean' },
  argocd: { type: 'boolean' },
  'github-url': { type: 'string' },
  state: { type: 'string' },
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

await main(async () => {
  const { help, ...rest } = readOptions(OPTIONS, HELP);
  const { dev } = rest;
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  process.stdout.write('ml-platform\n\n');
  const toolchain = {};
  await stage('Node', async () => {
    Object.assign(toolchain, await ensureToolchain());
    return `${toolchain.version} ${toolchain.note}`;
  });
  let python = '';
  await stage('Python', async () => {
    const found = await findPython();
    python = found.command;
    return found.version;
  });
  await stage('Dependencies', progress =>
    ensureDependencies(toolchain, progress),
  );
  if (!dev)
    await stage('Portal pages', progress =>
      ensurePortalBuild(toolchain, progress),
    );

  const flags = Object.entries(rest).flatMap(([name, given]) =>
    [given]
      .flat()
      .flatMap(value =>
        value === true ? [`--${name}`] : [`--${name}`, value],
      ),
  );
  process.exitCode = await runInTerminal(
    toolchain.node,
    [
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(root, 'embedded/platform/src/main.ts'),
      '--python',
      python,
      ...flags,
    ],
    { env: toolchain.env },
  );
});
