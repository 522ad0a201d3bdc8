import { InputError } from '@backstage/errors';
import { KubeConfig, type User } from '@kubernetes/client-node';
import type { ClusterAuth, ClusterConfig } from './ClusterConfig';

function user(auth: ClusterAuth): User {
  switch (auth.type) {
    case 'token':
      if (auth.token) {
        return { name: 'user', token: auth.token };
      }
      // The client library reads the file again when it is renewed.
      return {
        name: 'user',
        authProvider: {
          name: 'tokenFile',
          config: { tokenFile: auth.tokenFile ?? '' },
        },
      };
    case 'clientCertificate':
      return {
        name: 'user',
        certData: auth.certData,
        certFile: auth.certFile,
        keyData: auth.keyData,
        keyFile: auth.keyFile,
      };
    default:
      return { name: 'user' };
  }
}

/**
 * The client library's configuration for one cluster.
 * @throws InputError when the address, context or token is missing
 */
export function createKubeConfig(cluster: ClusterConfig): KubeConfig {
  const kubeConfig = new KubeConfig();
  const { auth } = cluster;
  if (auth.type === 'inCluster') {
    kubeConfig.loadFromCluster();
    return kubeConfig;
  }
  if (auth.type === 'kubeconfig') {
    kubeConfig.loadFromFile(auth.file);
    if (auth.context) {
      kubeConfig.setCurrentContext(auth.context);
    }
    if (!kubeConfig.getCurrentCluster()) {
      throw new InputError(
        `Cluster ${cluster.name}: ${auth.file} has no context ${
          auth.context ?? '(no current context)'
        }; see 'kubectl config get-contexts'`,
      );
    }
    return kubeConfig;
  }
  if (!cluster.url) {
    throw new InputError(
      `Cluster ${cluster.name} has no address; set its url in the configuration`,
    );
  }
  if (auth.type === 'token' && !auth.token && !auth.tokenFile) {
    throw new InputError(
      `Cluster ${cluster.name} has no token; set its serviceAccountToken in the configuration`,
    );
  }
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
    users: [user(auth)],
    contexts: [{ name: cluster.name, cluster: cluster.name, user: 'user' }],
    currentContext: cluster.name,
  });
  return kubeConfig;
}
