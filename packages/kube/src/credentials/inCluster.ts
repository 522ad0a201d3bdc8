import { isIPv6 } from 'node:net';
import type { Environment } from '../Environment';
import type { ClusterAccess } from './ClusterAccess';
import { connect } from './connect';
import type { ClusterEntry } from './entries';
import { FileToken } from './FileToken';
import { TokenAccess } from './TokenAccess';

/** Where the kubelet puts what a pod needs to reach its own API server. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Whether this process runs in a pod, as its environment says. */
export function runsInCluster(env: Environment): boolean {
  return Boolean(env.KUBERNETES_SERVICE_HOST);
}

/** Access by the service account of the pod that this process runs in. */
export function inClusterAccess(options: {
  readonly env: Environment;
  /** Folder with the token and the CA certificate. */
  readonly folder?: string;
}): ClusterAccess {
  const { env, folder = SERVICE_ACCOUNT } = options;
  const host = env.KUBERNETES_SERVICE_HOST ?? '';
  const address = isIPv6(host) ? `[${host}]` : host;
  const cluster: ClusterEntry = {
    name: 'in-cluster',
    server: `https://${address}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`,
    caFile: `${folder}/ca.crt`,
  };
  return new TokenAccess({
    source: new FileToken(`${folder}/token`),
    connect: token => connect(cluster, { token }),
  });
}
