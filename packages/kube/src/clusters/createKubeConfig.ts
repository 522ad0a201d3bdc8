import { InputError } from '@backstage/errors';
import { KubeConfig, type User } from '@kubernetes/client-node';
import type { ClusterConfig } from './ClusterConfig';

/**
 * The client library's configuration for a cluster at a known address.
 * @throws {InputError} when the address is missing
 */
export function createKubeConfig(
  cluster: ClusterConfig,
  user: User,
): KubeConfig {
  if (!cluster.url) {
    throw new InputError(
      `Cluster ${cluster.name} has no address; set its url in the configuration`,
    );
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [
      {
        name: cluster.name,
        server: cluster.url.replace(/\/+$/, ''),
        caData: cluster.caData,
        caFile: cluster.caFile,
        // Plain HTTP has no certificate to verify.
        skipTLSVerify:
          cluster.skipTLSVerify || cluster.url.startsWith('http:') || false,
        proxyUrl: cluster.proxyUrl,
      },
    ],
    users: [user],
    contexts: [{ name: cluster.name, cluster: cluster.name, user: user.name }],
    currentContext: cluster.name,
  });
  return kubeConfig;
}
