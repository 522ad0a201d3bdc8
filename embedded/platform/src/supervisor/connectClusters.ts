import { readFileSync } from 'node:fs';
import { InputError, toError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { askCluster } from './askCluster';
import { requireKubeRay } from './kubeRay';
import { kubeconfigCluster, type PortalCluster } from './PortalCluster';

/** A cluster of a kubeconfig that answers. */
export interface ConnectedCluster {
  readonly kubeConfig: KubeConfig;
  readonly portal: PortalCluster;
}

/** A cluster with jobs. */
export interface JobCluster extends ConnectedCluster {
  /** With the rights of what syncs jobs to it. */
  readonly deployer: KubeConfig;
}

/**
 * The clusters of a kubeconfig's contexts: `workload`, those of `jobContexts`, and
 * `management` where there is one. Contexts `deployer` and `operator` are the
 * workload cluster too, with the rights of what syncs to it and of what runs its
 * jobs, and `deployer-NAME` is the cluster of the context NAME; without them these
 * use the portal's rights.
 *
 * @throws {InputError} with what to do when the file, a context, a cluster or
 * KubeRay is missing
 */
export async function connectClusters(options: {
  readonly file: string;
  readonly jobContexts: readonly string[];
}): Promise<{
  readonly workload: JobCluster;
  /** The clusters of `jobContexts`. */
  readonly more: readonly JobCluster[];
  readonly management?: ConnectedCluster;
  readonly operator: KubeConfig;
}> {
  const { file, jobContexts } = options;
  const contexts = contextNames(file);
  if (!contexts.includes('workload')) {
    throw new InputError(
      `${file} has no context named workload (${listed(contexts)}). Rename the one of your workload cluster: kubectl --kubeconfig ${file} config rename-context NAME workload`,
    );
  }
  const missing = jobContexts.find(name => !contexts.includes(name));
  if (missing !== undefined) {
    throw new InputError(
      `${file} has no context named ${missing}, which --context asks for (${listed(contexts)}).`,
    );
  }
  const as = (role: string, other: ConnectedCluster) =>
    contexts.includes(role) ? load(file, role) : other.kubeConfig;
  const jobCluster = async (context: string, deployer: string) => {
    const cluster = await connect(file, context);
    await requireKubeRay(cluster.kubeConfig, context);
    return { ...cluster, deployer: as(deployer, cluster) };
  };
  const workload = await jobCluster('workload', 'deployer');
  return {
    workload,
    more: await Promise.all(
      jobContexts.map(name => jobCluster(name, `deployer-${name}`)),
    ),
    management: contexts.includes('management')
      ? await connect(file, 'management')
      : undefined,
    operator: as('operator', workload),
  };
}

function listed(contexts: readonly string[]): string {
  return `it has ${contexts.join(', ') || 'none'}`;
}

function load(file: string, context: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(file);
  kubeConfig.setCurrentContext(context);
  return kubeConfig;
}

function contextNames(file: string): string[] {
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromString(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(
      `Couldn't read --kubeconfig ${file}: ${toError(error).message}`,
    );
  }
  return kubeConfig.getContexts().map(({ name }) => name);
}

async function connect(
  file: string,
  context: string,
): Promise<ConnectedCluster> {
  const kubeConfig = load(file, context);
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) {
    throw new InputError(
      `The context ${context} of ${file} names a cluster that is not in the file`,
    );
  }
  await askCluster({ kubeConfig, context, path: '/version' });
  const { server, caData, caFile, skipTLSVerify } = cluster;
  return {
    kubeConfig,
    portal: kubeconfigCluster(context, file, {
      url: server,
      caData: caFile ? readFileSync(caFile).toString('base64') : caData,
      skipTLSVerify,
    }),
  };
}
