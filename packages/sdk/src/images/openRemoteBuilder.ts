import { InputError } from '@backstage/errors';
import {
  buildSeconds,
  openKubernetesBuilder,
  type ImageBuilder,
  type RegistryClient,
} from '@ml-platform/images';
import { KubeClient, type Environment } from '@ml-platform/kube';
import type { PortalBuilder } from '../portal/PortalBuilder';
import { managementContext, workloadContext } from '../settings/kubeContexts';
import type { PlatformSettings } from '../settings/PlatformSettings';
import { requirePortal } from '../settings/requirePortal';

/**
 * The builder of the portal.
 * @throws {InputError} when no portal is known
 */
export async function openPortalBuilder(
  settings: PlatformSettings,
  environment: Environment,
): Promise<PortalBuilder> {
  const url = requirePortal(settings);
  const portal = await import('../portal/openPortal');
  return new portal.PortalBuilder({
    url,
    environment,
    credentials: portal.portalCredentials({ url, environment }),
  });
}

/**
 * A builder of the management cluster, or of the workload cluster where that is the
 * only one, with the rights of whoever asks.
 */
export async function openClusterBuilder(options: {
  readonly settings: PlatformSettings;
  readonly env: Environment;
  readonly registry: string;
  readonly images: RegistryClient;
}): Promise<ImageBuilder> {
  const { settings, env, registry, images } = options;
  if (!registry) {
    throw new InputError(
      'No registry is known that images are pushed to; set registry in .ml-platform.yaml, or the environment variable ML_PLATFORM_REGISTRY',
    );
  }
  const management = managementContext(settings, env);
  const { access } = await (management?.() ?? workloadContext(settings, env));
  return openKubernetesBuilder({
    settings: settings.builder?.kubernetes,
    client: new KubeClient({ access }),
    images,
    registry,
    timeoutSeconds: buildSeconds(settings.builder?.timeoutMinutes),
  });
}
