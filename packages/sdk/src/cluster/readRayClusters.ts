import { toError } from '@backstage/errors';
import type { ClusterAuth, ClusterConfig } from './ClusterConfig';
import { KUBECONFIG_PROVIDER, kubeconfigAuth } from './kubeconfigAuth';

/** The part of Backstage's Config that is read here. */
export interface ConfigReader {
  getOptional(key: string): unknown;
  getString(key: string): string;
  getOptionalString(key: string): string | undefined;
  getOptionalBoolean(key: string): boolean | undefined;
  getOptionalStringArray(key: string): string[] | undefined;
  getOptionalConfig(key: string): ConfigReader | undefined;
  getConfigArray(key: string): ConfigReader[];
  getOptionalConfigArray(key: string): ConfigReader[] | undefined;
}

/** A cluster as the configuration names it. */
export interface RayClusterEntry {
  readonly name: string;
  readonly title: string;
  /** Web page of the cluster's own dashboard. */
  readonly dashboardUrl?: string;
  /** False for clusters that `ray.clusters` leaves out. */
  readonly holdsJobs: boolean;
  /** Namespaces to look at; all where absent. */
  readonly namespaces?: readonly string[];
  /** How to reach it, or why the configuration can't say. */
  readonly access:
    | { readonly ok: true; readonly config: ClusterConfig }
    | { readonly ok: false; readonly error: string };
}

const AUTH_PROVIDER = 'kubernetes.io/auth-provider';

function kubernetesAuth(
  cluster: ConfigReader | undefined,
): ClusterAuth | { readonly unsupported: string } {
  // Read whole: its keys have slashes, which the configuration's paths don't take.
  const metadata = {
    ...(cluster?.getOptional('authMetadata') as Record<string, unknown>),
  };
  const provider =
    metadata[AUTH_PROVIDER] ?? cluster?.getOptionalString('authProvider');
  const token = cluster?.getOptionalString('serviceAccountToken');
  if (provider === 'serviceAccount') {
    return token ? { type: 'token', token } : { type: 'inCluster' };
  }
  if (provider === KUBECONFIG_PROVIDER) {
    return kubeconfigAuth(metadata);
  }
  return { unsupported: String(provider ?? 'none') };
}

function rayAuth(config: ConfigReader): ClusterAuth {
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
    case 'inCluster':
      return { type };
    default:
      throw new Error(
        `ray.clusters: there is no auth type '${type}'; use kubeconfig, token, clientCertificate or inCluster`,
      );
  }
}

function access(
  name: string,
  kubernetes: ConfigReader | undefined,
  ray: ConfigReader | undefined,
): RayClusterEntry['access'] {
  const own = ray?.getOptionalConfig('auth');
  if (!kubernetes && own?.getString('type') !== 'kubeconfig') {
    return {
      ok: false,
      error: `Cluster ${name} is not in kubernetes.clusterLocatorMethods; add it there`,
    };
  }
  let auth: ReturnType<typeof kubernetesAuth>;
  try {
    auth = own ? rayAuth(own) : kubernetesAuth(kubernetes);
  } catch (error) {
    return { ok: false, error: `Cluster ${name}: ${toError(error).message}` };
  }
  if ('unsupported' in auth) {
    return {
      ok: false,
      error: `Cluster ${name} uses the auth provider '${auth.unsupported}', which can't be used without a user; set ray.clusters[].auth`,
    };
  }
  return {
    ok: true,
    config: {
      name,
      url: kubernetes?.getOptionalString('url'),
      caData: kubernetes?.getOptionalString('caData'),
      caFile: kubernetes?.getOptionalString('caFile'),
      skipTLSVerify: kubernetes?.getOptionalBoolean('skipTLSVerify'),
      auth,
    },
  };
}

/**
 * The clusters of Backstage's own `kubernetes:` section, titled and narrowed by
 * `ray.clusters`. A cluster whose access can't be read is kept with the cause:
 * it must not take the others with it.
 */
export function readRayClusters(root: ConfigReader): RayClusterEntry[] {
  const kubernetes = new Map<string, ConfigReader>();
  const methods =
    root.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  for (const method of methods) {
    if (method.getString('type') === 'config') {
      for (const cluster of method.getConfigArray('clusters')) {
        kubernetes.set(cluster.getString('name'), cluster);
      }
    }
  }
  const own = root.getOptionalConfigArray('ray.clusters');
  const chosen = new Map(own?.map(entry => [entry.getString('name'), entry]));
  const names = new Set([...chosen.keys(), ...kubernetes.keys()]);
  return [...names].map(name => {
    const ray = chosen.get(name);
    const cluster = kubernetes.get(name);
    return {
      name,
      title:
        ray?.getOptionalString('title') ??
        cluster?.getOptionalString('title') ??
        name,
      dashboardUrl: cluster?.getOptionalString('dashboardUrl'),
      holdsJobs: own === undefined || ray !== undefined,
      namespaces: ray?.getOptionalStringArray('namespaces'),
      access: access(name, cluster, ray),
    };
  });
}
