import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, runPlatform } from '../../support/runPlatform';
import { Admin } from './Admin';
import { FaultProxy } from './FaultProxy';
import {
  FAULTS_PORT,
  GIT_NAMESPACE,
  NAMESPACE,
  PORTAL_PORT,
  readTarget,
  STATE,
} from './target';

const context = (name: string, cluster: string, user: string) => ({
  name,
  context: { cluster, user },
});

/**
 * Gives the portal exactly the rights of kubernetes/rbac on the cluster, puts a
 * proxy that can fail between the two, and starts the portal.
 */
export default async function setup() {
  const target = readTarget();
  const admin = new Admin(target);
  const cluster = admin.kubeConfig.getCurrentCluster();
  if (!cluster) {
    throw new Error(`${target.kubeconfig} has no context ${target.context}`);
  }
  await admin.applyFolder('rbac/portal');
  await admin.applyFolder('rbac/namespace', NAMESPACE);
  await admin.applyFolder('rbac/namespace', GIT_NAMESPACE);
  await admin.applyFolder('rbac/deployer');

  const proxy = await FaultProxy.start(cluster.server, FAULTS_PORT);
  const through = {
    server: `https://127.0.0.1:${FAULTS_PORT + 1}`,
    'tls-server-name':
      cluster.tlsServerName ?? new URL(cluster.server).hostname,
    'certificate-authority-data': cluster.caData,
    'insecure-skip-tls-verify': cluster.skipTLSVerify || undefined,
  };
  const direct = admin.exportCurrent();
  const kubeconfig = join(ROOT, 'e2e/.results/cluster-kubeconfig.json');
  await mkdir(join(kubeconfig, '..'), { recursive: true });
  await writeFile(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'through-proxy', cluster: through },
        { name: 'direct', cluster: direct.clusters[0].cluster },
      ],
      users: [
        ...(await Promise.all(
          ['portal', 'deployer'].map(async name => ({
            name,
            user: { token: await admin.token(`ml-platform-${name}`) },
          })),
        )),
        { name: 'operator', user: direct.users[0].user },
      ],
      contexts: [
        context('workload', 'through-proxy', 'portal'),
        context('deployer', 'through-proxy', 'deployer'),
        context('operator', 'direct', 'operator'),
      ],
    }),
    { mode: 0o600 },
  );
  const stop = await runPlatform({
    port: PORTAL_PORT,
    state: STATE,
    args: [
      '--kubeconfig',
      kubeconfig,
      ...(target.rayController ? ['--ray-controller'] : []),
    ],
  });
  // Only now, as the embedded controller has to let its jobs go.
  await Promise.all([NAMESPACE, GIT_NAMESPACE].map(name => admin.clear(name)));
  return async () => {
    await stop();
    await proxy.close();
  };
}
