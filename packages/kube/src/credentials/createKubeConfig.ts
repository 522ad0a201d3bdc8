import type { KubeConfig } from '@kubernetes/client-node';
import { clientNode } from '../libraries';
import type { ClusterEntry, UserEntry } from './entries';

/** The client library's configuration of a user whose auth provider only it knows. */
export function createKubeConfig(
  cluster: ClusterEntry,
  user: UserEntry,
): KubeConfig {
  const { KubeConfig: ClientKubeConfig } = clientNode();
  const { authProvider, certData, certFile, keyData, keyFile } = user;
  const kubeConfig = new ClientKubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { ...cluster, skipTLSVerify: cluster.skipTLSVerify ?? false },
    { name: 'user', authProvider, certData, certFile, keyData, keyFile },
  );
  return kubeConfig;
}
