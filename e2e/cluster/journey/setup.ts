import { runPlatform } from '../../support/runPlatform';
import { Admin } from '../support/Admin';
import { prepareBuilds } from '../support/prepareBuilds';
import { GIT_NAMESPACE, PORTAL_PORT, readTarget } from '../support/target';
import { writeKubeconfig } from '../support/writeKubeconfig';
import { readArgoCdTarget, STATE } from './target';

/** The smallest job that the form can ask for, so that it fits on a small machine. */
const SIZES = [
  { name: 'small', title: 'Small', workers: 1, cpu: '750m', memory: '1Gi' },
];

/**
 * Starts the portal with the rights of kubernetes/rbac on both clusters. Images are built
 * by pods, and Argo CD brings the jobs from the embedded Git host.
 */
export default async function setup() {
  const target = readTarget();
  const workload = new Admin(target);
  const management = new Admin(readArgoCdTarget());
  for (const admin of [workload, management]) {
    await admin.applyFolder('kubernetes/rbac/portal');
  }
  await workload.applyFolder('kubernetes/rbac/namespace', GIT_NAMESPACE);
  await management.applyFolder('kubernetes/rbac/argocd');
  const context = async (name: string, admin: Admin) => ({
    name,
    cluster: admin.cluster(),
    user: { token: await admin.token('ml-platform-portal') },
  });
  const kubeconfig = await writeKubeconfig('journey-kubeconfig.json', [
    await context('workload', workload),
    await context('management', management),
    { name: 'operator', cluster: workload.cluster(), user: workload.user() },
  ]);
  const stop = await runPlatform({
    port: PORTAL_PORT,
    state: STATE,
    env: {
      ...(await prepareBuilds(workload, target)),
      APP_CONFIG_ray_jobs_sizes: JSON.stringify(SIZES),
    },
    args: [
      ...['--kubeconfig', kubeconfig, '--argocd'],
      ...(target.rayController ? ['--ray-controller'] : []),
    ],
  });
  await workload.clear(GIT_NAMESPACE);
  return stop;
}
