import type { KnownAuth, KnownCluster } from '../KnownCluster';

/** A cluster as the Container API answers it (`projects.locations.clusters`). */
export interface GkeCluster {
  readonly name?: string;
  /** Region or zone. */
  readonly location?: string;
  /** IP address of the control plane. */
  readonly endpoint?: string;
  readonly status?: string;
  readonly resourceLabels?: Readonly<Record<string, string>>;
  readonly masterAuth?: { readonly clusterCaCertificate?: string };
  readonly controlPlaneEndpointsConfig?: {
    readonly dnsEndpointConfig?: { readonly endpoint?: string };
  };
}

/** What a locator of type `gke` says about the clusters that it finds. */
export interface GkeSettings {
  readonly projectId: string;
  /** `dns` for the DNS-based endpoint, which needs no way to the control plane's IP. */
  readonly endpointType: 'public' | 'dns';
  readonly skipTLSVerify: boolean;
  /** Links the cluster's page in Google's console. */
  readonly exposeDashboard: boolean;
  readonly auth: KnownAuth;
}

/** The cluster as the portal reaches it; `undefined` for one without a name. */
export function gkeCluster(
  cluster: GkeCluster,
  settings: GkeSettings,
): KnownCluster | undefined {
  const { name, location = '', endpoint, status } = cluster;
  if (!name) {
    return undefined;
  }
  const { projectId, skipTLSVerify, auth } = settings;
  const common = {
    name,
    auth,
    dashboardUrl: settings.exposeDashboard
      ? `https://console.cloud.google.com/kubernetes/clusters/details/${encodeURIComponent(
          location,
        )}/${encodeURIComponent(name)}/details?project=${encodeURIComponent(projectId)}`
      : undefined,
  };
  const dns =
    cluster.controlPlaneEndpointsConfig?.dnsEndpointConfig?.endpoint ?? '';
  if (settings.endpointType === 'dns' && dns) {
    // Its certificate is of a public authority, not of the cluster's own.
    return { ...common, url: `https://${dns}`, skipTLSVerify };
  }
  if (!endpoint) {
    return {
      ...common,
      unready: `GKE gives no address for cluster ${name} (${status ?? 'no status'}); it is looked up again in a few minutes`,
    };
  }
  return {
    ...common,
    url: `https://${endpoint}`,
    caData: cluster.masterAuth?.clusterCaCertificate,
    skipTLSVerify,
  };
}
