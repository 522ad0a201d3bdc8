import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { KubeClient, kubeConfigAccess } from '@ml-platform/kube';

/**
 * The workload cluster of the embedded platform, as its administrator.
 * @param state - folder of the platform's state
 */
export function embeddedCluster(state: string): KubeClient {
  const config = new KubeConfig();
  config.loadFromFile(join(state, 'kubeconfig'));
  config.setCurrentContext('workload');
  return new KubeClient({ access: kubeConfigAccess(config) });
}
