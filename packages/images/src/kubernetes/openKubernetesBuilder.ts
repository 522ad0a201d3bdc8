import { createClusterAccess, KubeClient } from '@ml-platform/kube';
import {
  KubernetesBuilder,
  type KubernetesBuilderOptions,
} from './KubernetesBuilder';
import {
  readKubernetesSettings,
  type KubernetesBuilderSettings,
} from './kubernetesSettings';

/**
 * A builder in the cluster that the settings name, or that this process runs in.
 * @throws {InputError} for settings that are wrong
 */
export function openKubernetesBuilder(
  options: Pick<
    KubernetesBuilderOptions,
    'images' | 'registry' | 'timeoutSeconds'
  > & {
    /** `ray.builder.kubernetes`, unchecked. */
    readonly settings: unknown;
    /** To the cluster; default: as the settings say. */
    readonly client?: KubeClient;
  },
): KubernetesBuilder {
  const settings = readKubernetesSettings(options.settings);
  const client = options.client ?? connect(settings);
  return new KubernetesBuilder({ ...options, settings, client });
}

function connect({
  kubeconfig,
  context,
}: KubernetesBuilderSettings): KubeClient {
  const access = createClusterAccess({
    name: 'of the image builds',
    auth: kubeconfig
      ? { type: 'kubeconfig', file: kubeconfig, context }
      : { type: 'inCluster' },
  });
  return new KubeClient({ access });
}
