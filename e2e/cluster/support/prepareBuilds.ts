import type { Admin } from './Admin';
import type { BuildTarget, Target } from './target';
import { kubeconfigFile, writeKubeconfig } from './writeKubeconfig';

/** Namespace of the builds, as gitops/apps/builds has it. */
export const BUILDS = 'ml-platform-builds';
/** Who the portal is on its own cluster. */
const PORTAL = 'backstage';
const KUBECONFIG = 'builds-kubeconfig.json';

/** `ray.builder.kubernetes` for the cluster of the tests. */
export function builderSettings({ image, registry }: BuildTarget) {
  return {
    namespace: BUILDS,
    image,
    kubeconfig: kubeconfigFile(KUBECONFIG),
    serviceAccount: 'image-builder',
    cache: `${registry}/cache`,
    resources: {
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { memory: '2Gi', 'ephemeral-storage': '10Gi' },
    },
  };
}

/**
 * Gives the portal exactly the rights of gitops/apps/builds, and answers the variables
 * that make it build in the cluster; none where nothing can build there.
 */
export async function prepareBuilds(
  admin: Admin,
  { builds }: Target,
): Promise<Readonly<Record<string, string>>> {
  if (!builds) {
    return {};
  }
  const { registry, plainHttp } = builds;
  const metadata = { name: PORTAL };
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata });
  await admin.apply(
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    PORTAL,
  );
  await admin.applyFolder('gitops/apps/builds');
  const token = await admin.token(PORTAL, PORTAL);
  await writeKubeconfig(KUBECONFIG, [
    { name: 'builds', cluster: admin.cluster(), user: { token } },
  ]);
  return {
    APP_CONFIG_ray_builder: JSON.stringify({
      type: 'kubernetes',
      registry,
      plainHttp: plainHttp ? [registry.split('/')[0]] : [],
      timeoutMinutes: 15,
      kubernetes: builderSettings(builds),
    }),
  };
}
