import { runPlatform } from '../../support/runPlatform';
import { Admin } from './Admin';
import { FaultProxy } from './FaultProxy';
import { prepareBuilds } from './prepareBuilds';
import {
  FAULTS_PORT,
  GIT_NAMESPACE,
  NAMESPACE,
  PORTAL_PORT,
  readTarget,
  STATE,
} from './target';
import { writeKubeconfig } from './writeKubeconfig';

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
  await admin.applyFolder('kubernetes/rbac/portal');
  await admin.applyFolder('kubernetes/rbac/namespace', NAMESPACE);
  await admin.applyFolder('kubernetes/rbac/namespace', GIT_NAMESPACE);
  await admin.applyFolder('kubernetes/rbac/deployer');

  const proxy = await FaultProxy.start(cluster.server, FAULTS_PORT);
  const through = {
    server: `https://127.0.0.1:${FAULTS_PORT + 1}`,
    'tls-server-name':
      cluster.tlsServerName ?? new URL(cluster.server).hostname,
    'certificate-authority-data': cluster.caData,
    'insecure-skip-tls-verify': cluster.skipTLSVerify || undefined,
  };
  const account = async (name: string) => ({
    token: await admin.token(`ml-platform-${name}`),
  });
  const kubeconfig = await writeKubeconfig('cluster-kubeconfig.json', [
    { name: 'workload', cluster: through, user: await account('portal') },
    { name: 'deployer', cluster: through, user: await account('deployer') },
    { name: 'operator', cluster: admin.cluster(), user: admin.user() },
  ]);
  const builds = await prepareBuilds(admin, target);
  const stop = await runPlatform({
    port: PORTAL_PORT,
    state: STATE,
    env: builds,
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
