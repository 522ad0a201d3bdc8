import { InputError } from '@backstage/errors';
import type { ClusterAuth } from './ClusterConfig';
import type { ConfigReader } from './ConfigReader';
import type { KnownAuth } from './KnownCluster';
import { KUBECONFIG_PROVIDER, kubeconfigAuth } from './kubeconfigAuth';

export type GoogleAuth = Extract<ClusterAuth, { readonly type: 'google' }>;

const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

/** The Google identity that Backstage's own auth provider of this name uses. */
export function googleServiceAccount(root: ConfigReader): GoogleAuth {
  return {
    type: 'google',
    credentials: root.getOptionalString(
      'kubernetes.googleServiceAccountCredentials',
    ),
  };
}

/**
 * What an entry of `kubernetes.clusterLocatorMethods[].clusters` says, by
 * Backstage's names of auth providers. Those that pass on a user's own credentials
 * can't be used: nobody asks when the portal watches.
 */
export function kubernetesAuth(
  root: ConfigReader,
  cluster: ConfigReader,
): KnownAuth {
  // Read whole: its keys have slashes, which the configuration's paths don't take.
  const metadata: Readonly<Record<string, string | undefined>> = {
    ...cluster.getOptional<Record<string, string>>('authMetadata'),
  };
  const provider =
    metadata[AUTH_PROVIDER] ?? cluster.getOptionalString('authProvider');
  const token =
    metadata.serviceAccountToken ??
    cluster.getOptionalString('serviceAccountToken');
  switch (provider) {
    case KUBECONFIG_PROVIDER:
      return kubeconfigAuth(metadata);
    case 'serviceAccount':
      return token ? { type: 'token', token } : { type: 'inCluster' };
    case 'googleServiceAccount':
      return googleServiceAccount(root);
    case 'localKubectlProxy':
      return { type: 'none' };
    default:
      return { unsupported: provider ?? 'none' };
  }
}

/**
 * What `ray.clusters[].auth` says.
 * @throws {InputError} for a type that there is not
 */
export function rayAuth(config: ConfigReader): ClusterAuth {
  const type = config.getString('type');
  switch (type) {
    case 'kubeconfig':
      return {
        type,
        file: config.getString('file'),
        context: config.getOptionalString('context'),
      };
    case 'token':
      return {
        type,
        token: config.getOptionalString('token'),
        tokenFile: config.getOptionalString('tokenFile'),
      };
    case 'clientCertificate':
      return {
        type,
        certData: config.getOptionalString('certData'),
        certFile: config.getOptionalString('certFile'),
        keyData: config.getOptionalString('keyData'),
        keyFile: config.getOptionalString('keyFile'),
      };
    case 'google':
      return { type, credentials: config.getOptionalString('credentials') };
    case 'inCluster':
      return { type };
    default:
      throw new InputError(
        `ray.clusters: there is no auth type '${type}'; use kubeconfig, token, clientCertificate, google or inCluster`,
      );
  }
}
