import { InputError, isError } from '@backstage/errors';
import type { KubeConfig } from '@kubernetes/client-node';
import { clientNode } from '../libraries';
import type { ClusterEntry, UserEntry } from './entries';

/**
 * The client library's configuration of a user whose auth provider only it knows.
 *
 * @throws {InputError} when this was installed without that library
 */
export function createKubeConfig(
  cluster: ClusterEntry,
  user: UserEntry,
): KubeConfig {
  const { authProvider, certData, certFile, keyData, keyFile } = user;
  const kubeConfig = newKubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { ...cluster, skipTLSVerify: cluster.skipTLSVerify ?? false },
    { name: 'user', authProvider, certData, certFile, keyData, keyFile },
  );
  return kubeConfig;
}

function newKubeConfig(): KubeConfig {
  try {
    const { KubeConfig: ClientKubeConfig } = clientNode();
    return new ClientKubeConfig();
  } catch (error) {
    if (isError(error) && error.code === 'MODULE_NOT_FOUND') {
      throw new InputError(
        "The kubeconfig's auth-provider isn't supported here; use a credential plugin, for example gke-gcloud-auth-plugin or kubelogin",
      );
    }
    throw error;
  }
}
