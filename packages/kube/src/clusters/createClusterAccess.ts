import { InputError } from '@backstage/errors';
import type { ClusterAccess } from '../credentials/ClusterAccess';
import { connect } from '../credentials/connect';
import type { ClusterEntry, UserEntry } from '../credentials/entries';
import { FileToken } from '../credentials/FileToken';
import { GoogleToken } from '../credentials/GoogleToken';
import { inClusterAccess, runsInCluster } from '../credentials/inCluster';
import { TokenAccess } from '../credentials/TokenAccess';
import type { TokenSource } from '../credentials/TokenSource';
import { UserAccess } from '../credentials/UserAccess';
import { KubeconfigAccess } from '../kubeconfig/KubeconfigAccess';
import { KubeconfigFiles } from '../kubeconfig/KubeconfigFiles';
import type { ClusterConfig } from './ClusterConfig';

/**
 * What lets requests in to a cluster, and keeps that good while it runs.
 * @throws {InputError} when the address, file or token is missing
 */
export function createClusterAccess(cluster: ClusterConfig): ClusterAccess {
  const { auth, name } = cluster;
  switch (auth.type) {
    case 'kubeconfig':
      return new KubeconfigAccess({
        files: new KubeconfigFiles({ paths: [auth.file], required: true }),
        context: auth.context,
      });
    case 'inCluster':
      if (!runsInCluster(process.env)) {
        throw new InputError(
          `Cluster ${name} is the one that the backend runs in, and it runs in none; set the cluster's serviceAccountToken or ray.clusters[].auth`,
        );
      }
      return inClusterAccess({ env: process.env });
    case 'google':
      return renewed(cluster, new GoogleToken(auth));
    case 'token':
      return tokenAccess(cluster, auth);
    case 'clientCertificate': {
      const { certData, certFile, keyData, keyFile } = auth;
      if (!(certData ?? certFile) || !(keyData ?? keyFile)) {
        throw new InputError(
          `Cluster ${name} has no client certificate; set certData or certFile, and keyData or keyFile`,
        );
      }
      return fixed(
        cluster,
        { certData, certFile, keyData, keyFile },
        'renew the client certificate',
      );
    }
    default:
      return fixed(
        cluster,
        {},
        'set ray.clusters[].auth: it was asked without credentials',
      );
  }
}

function tokenAccess(
  cluster: ClusterConfig,
  {
    token,
    tokenFile,
  }: { readonly token?: string; readonly tokenFile?: string },
): ClusterAccess {
  if (token) {
    return fixed(
      cluster,
      { token: token.trim() },
      'renew serviceAccountToken in the configuration',
    );
  }
  if (tokenFile) {
    return renewed(cluster, new FileToken(tokenFile));
  }
  throw new InputError(
    `Cluster ${cluster.name} has no token; set its serviceAccountToken in the configuration`,
  );
}

function fixed(
  cluster: ClusterConfig,
  user: UserEntry,
  remedy: string,
): ClusterAccess {
  return new UserAccess({ cluster: entryOf(cluster), user, remedy });
}

function renewed(cluster: ClusterConfig, source: TokenSource): ClusterAccess {
  const entry = entryOf(cluster);
  return new TokenAccess({
    source,
    connect: token => connect(entry, { token }),
  });
}

/** @throws {InputError} when the address is missing */
function entryOf(cluster: ClusterConfig): ClusterEntry {
  const { name, url, caData, caFile, skipTLSVerify, proxyUrl } = cluster;
  if (!url) {
    throw new InputError(
      `Cluster ${name} has no address; set its url in the configuration`,
    );
  }
  const server = url.replace(/\/+$/, '');
  return { name, server, caData, caFile, skipTLSVerify, proxyUrl };
}
