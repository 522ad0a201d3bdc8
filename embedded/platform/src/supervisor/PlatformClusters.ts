import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import type { Logger } from '@ml-platform/kube';
import { connectClusters } from './connectClusters';
import { requireNoOperator } from './kubeRay';
import { PlatformOptions } from './options';
import type { PortalCluster } from './PortalCluster';
import { Ports } from './ports';
import { Secrets } from './secrets';
import { Shutdown } from './Shutdown';
import { startClusters } from './startClusters';

/** The clusters that the platform works with, embedded or real. */
export interface PlatformClusters {
  readonly workload: KubeConfig;
  /** The clusters with jobs, by name, as the sync loop may change them. */
  readonly deployers: Readonly<Record<string, KubeConfig>>;
  /** The workload cluster, as the RayJob controller may change it. */
  readonly operator: KubeConfig;
  /** True where the workload cluster is ours alone, and its pods are processes. */
  readonly embedded: boolean;
  /**
   * Cluster with the sync loop's Applications; absent where a real Argo CD
   * brings the jobs.
   */
  readonly applications?: KubeConfig;
  /** True where the portal's management cluster is the one with the Applications. */
  readonly showsApplications: boolean;
  /** All that the portal shows. */
  readonly portal: readonly PortalCluster[];
  /** Those of them that hold jobs. */
  readonly jobClusters: readonly PortalCluster[];
  /** Kubeconfig for people. */
  readonly kubeconfig: string;
}

/** Starts the embedded clusters, or connects to those of `--kubeconfig`. */
export async function platformClusters(input: {
  readonly options: PlatformOptions;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly logger: (part: string) => Logger;
  readonly shutdown: Shutdown;
}): Promise<PlatformClusters> {
  const { options } = input;
  const start = { ...input, stateDir: options.stateDir };
  if (options.kubeconfig === undefined) {
    const { management, workload } = await startClusters({
      ...start,
      names: ['management', 'workload'],
    });
    return {
      workload: workload.kubeConfig,
      deployers: { [workload.portal.name]: workload.kubeConfig },
      operator: workload.kubeConfig,
      embedded: true,
      applications: management.kubeConfig,
      showsApplications: true,
      portal: [workload.portal, management.portal],
      jobClusters: [workload.portal],
      kubeconfig: join(options.stateDir, 'kubeconfig'),
    };
  }

  const real = await connectClusters({
    file: options.kubeconfig,
    jobContexts: options.jobContexts,
  });
  if (options.rayController) {
    await requireNoOperator(real.operator, 'workload');
  }
  const withJobs = [real.workload, ...real.more];
  const jobClusters = withJobs.map(({ portal }) => portal);
  const found = {
    workload: real.workload.kubeConfig,
    deployers: Object.fromEntries(
      withJobs.map(({ portal, deployer }) => [portal.name, deployer]),
    ),
    operator: real.operator,
    embedded: false,
    jobClusters,
    kubeconfig: options.kubeconfig,
  };
  if (options.argocd && !real.management) {
    throw new InputError(
      `--argocd needs a context named management in ${options.kubeconfig}, for the cluster on which Argo CD runs.`,
    );
  }
  // Argo CD reads GitHub. The embedded Git host is on loopback, in reach only of an Argo
  // CD on this machine. Without one, the sync loop stays, on a management cluster of its
  // own.
  if (real.management && (options.github || options.argocd)) {
    return {
      ...found,
      showsApplications: true,
      portal: [...jobClusters, real.management.portal],
    };
  }
  const { management } = await startClusters({
    ...start,
    names: ['management'],
  });
  return {
    ...found,
    applications: management.kubeConfig,
    showsApplications: real.management === undefined,
    portal: [...jobClusters, (real.management ?? management).portal],
  };
}
