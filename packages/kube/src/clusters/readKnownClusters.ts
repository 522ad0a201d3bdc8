import { toError } from '@backstage/errors';
import type { ConfigReader } from './ConfigReader';
import type { KnownCluster } from './KnownCluster';
import { kubernetesAuth } from './readClusterAuth';

/** Where `kubectl proxy` listens unless it is told else. */
const KUBECTL_PROXY: KnownCluster = {
  name: 'local',
  url: 'http://127.0.0.1:8001',
  auth: { type: 'none' },
};

/**
 * The clusters that `kubernetes.clusterLocatorMethods` itself names: those of type
 * `config` and `localKubectlProxy`.
 */
export function readKnownClusters(root: ConfigReader): KnownCluster[] {
  const methods =
    root.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods.flatMap(method => {
    switch (method.getString('type')) {
      case 'config':
        return method
          .getConfigArray('clusters')
          .map(cluster => readCluster(root, cluster));
      case 'localKubectlProxy':
        return [KUBECTL_PROXY];
      default:
        return [];
    }
  });
}

function readCluster(root: ConfigReader, cluster: ConfigReader): KnownCluster {
  return {
    name: cluster.getString('name'),
    title: cluster.getOptionalString('title'),
    url: cluster.getOptionalString('url'),
    caData: cluster.getOptionalString('caData'),
    caFile: cluster.getOptionalString('caFile'),
    skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify'),
    dashboardUrl: cluster.getOptionalString('dashboardUrl'),
    ...readAuth(root, cluster),
  };
}

/** A wrong entry must not take the other clusters with it. */
function readAuth(
  root: ConfigReader,
  cluster: ConfigReader,
): Pick<KnownCluster, 'auth' | 'unready'> {
  try {
    return { auth: kubernetesAuth(root, cluster) };
  } catch (error) {
    return { auth: { type: 'none' }, unready: toError(error).message };
  }
}
