import type { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';
import type { ClusterAccess, SignedIn } from './ClusterAccess';

/** Access by a configuration of the client library that stays as it is. */
export function kubeConfigAccess(kubeConfig: KubeConfig): ClusterAccess {
  return {
    remedy: 'renew them in the configuration',
    signIn: () => readKubeConfig(kubeConfig),
    refused: () => false,
  };
}

/** What the client library's configuration says about its current context. */
export async function readKubeConfig(
  kubeConfig: KubeConfig,
): Promise<SignedIn> {
  const options: RequestOptions = {};
  await kubeConfig.applyToHTTPSOptions(options);
  const cluster = kubeConfig.getCurrentCluster();
  return {
    server: cluster?.server ?? '',
    options,
    viaProxy: Boolean(cluster?.proxyUrl),
  };
}
