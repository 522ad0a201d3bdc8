import { InputError } from '@backstage/errors';
import { KubeConfig, type User } from '@kubernetes/client-node';
import { fixedAccess, type ClusterAccess } from '../credentials/ClusterAccess';
import { FileToken } from '../credentials/FileToken';
import { GoogleToken } from '../credentials/GoogleToken';
import { KubeconfigFile } from '../credentials/KubeconfigFile';
import { TokenAccess } from '../credentials/TokenAccess';
import type { ClusterConfig } from './ClusterConfig';
import { createKubeConfig } from './createKubeConfig';

/** Where the kubelet puts what a pod needs to reach its own API server. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * What lets requests in to a cluster, and keeps that good while it runs.
 * @throws {InputError} when the address, file or token is missing
 */
export function createClusterAccess(cluster: ClusterConfig): ClusterAccess {
  const { auth, name } = cluster;
  const create = (user: User) => createKubeConfig(cluster, user);
  switch (auth.type) {
    case 'kubeconfig':
      return new KubeconfigFile(auth);
    case 'inCluster':
      return inCluster(name);
    case 'google':
      requireUrl(cluster);
      return new TokenAccess({ source: new GoogleToken(auth), create });
    case 'token':
      requireUrl(cluster);
      if (auth.token) {
        return fixedAccess(
          create({ name: 'user', token: auth.token.trim() }),
          'renew serviceAccountToken in the configuration',
        );
      }
      if (auth.tokenFile) {
        return new TokenAccess({
          source: new FileToken(auth.tokenFile),
          create,
        });
      }
      throw new InputError(
        `Cluster ${name} has no token; set its serviceAccountToken in the configuration`,
      );
    case 'clientCertificate': {
      const { certData, certFile, keyData, keyFile } = auth;
      if (!(certData ?? certFile) || !(keyData ?? keyFile)) {
        throw new InputError(
          `Cluster ${name} has no client certificate; set certData or certFile, and keyData or keyFile`,
        );
      }
      return fixedAccess(
        create({ name: 'user', certData, certFile, keyData, keyFile }),
        'renew the client certificate',
      );
    }
    default:
      return fixedAccess(
        create({ name: 'user' }),
        'set ray.clusters[].auth: it was asked without credentials',
      );
  }
}

function requireUrl(cluster: ClusterConfig): void {
  createKubeConfig(cluster, { name: 'user' });
}

function inCluster(name: string): ClusterAccess {
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    throw new InputError(
      `Cluster ${name} is the one that the backend runs in, and it runs in none; set the cluster's serviceAccountToken or ray.clusters[].auth`,
    );
  }
  return new TokenAccess({
    source: new FileToken(`${SERVICE_ACCOUNT}/token`),
    create: user => {
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromCluster();
      kubeConfig.users = [{ ...user, name: 'inClusterUser' }];
      return kubeConfig;
    },
  });
}
