import { readFileSync } from 'node:fs';
import { InputError, toError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { askCluster } from './askCluster';
import { requireKubeRay } from './kubeRay';
import {
  kubeconfigCluster,
  type ContextName,
  type PortalCluster,
} from './PortalCluster';

/** A cluster of a kubeconfig that answers. */
export interface ConnectedCluster {
  readonly kubeConfig: KubeConfig;
  readonly portal: PortalCluster;
}

/**
 * The clusters of a kubeconfig's contexts: `workload`, and `management` where
 * there is one. Contexts `deployer` and `operator` are the workload cluster too,
 * with the rights of what syncs to it and of what runs its jobs; without them
 * these use the portal's. Throws InputError with what to do where the file, a context, the
 * cluster or KubeRay is missing.
 */
export async function connectClusters(file: string): Promise<{
  readonly workload: ConnectedCluster;
  readonly management?: ConnectedCluster;
  readonly deployer: KubeConfig;
  readonly operator: KubeConfig;
}> {
  const contexts = contextNames(file);
  if (!contexts.includes('workload')) {
    throw new InputError(
      `${file} has no context named workload (it has ${contexts.join(', ') || 'none'}). Name it so: kubectl --kubeconfig ${file} config rename-context NAME workload`,
    );
  }
  const workload = await connect(file, 'workload');
  await requireKubeRay(workload.kubeConfig);
  const as = (role: string) =>
    contexts.includes(role) ? load(file, role) : workload.kubeConfig;
  return {
    workload,
    management: contexts.includes('management')
      ? await connect(file, 'management')
      : undefined,
    deployer: as('deployer'),
    operator: as('operator'),
  };
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
      `--kubeconfig ${file} can't be read: ${toError(error).message}`,
    );
  }
  return kubeConfig.getContexts().map(({ name }) => name);
}

async function connect(
  file: string,
  context: ContextName,
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
