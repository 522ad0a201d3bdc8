import { InputError } from '@backstage/errors';
import {
  checkDashboardUrl,
  isHttpUrl,
  type DashboardTemplate,
} from '@ml-platform/rayjob';
import {
  type ClusterConfig,
  type ConfigReader,
  type KnownCluster,
  rayAuth,
  readKnownClusters,
} from '@ml-platform/kube';

/** A cluster as the configuration names it, or as it was found. */
export interface JobCluster {
  readonly name: string;
  readonly title: string;
  /** Web page of the cluster's own dashboard. */
  readonly dashboardUrl?: string;
  /** Pages about jobs of this cluster. */
  readonly dashboards?: readonly DashboardTemplate[];
  /** False for clusters that `ray.clusters` leaves out. */
  readonly holdsJobs: boolean;
  /** Namespaces to look at; all where absent. */
  readonly namespaces?: readonly string[];
  /** How to reach it, or why that is not known. */
  readonly access:
    | { readonly ok: true; readonly config: ClusterConfig }
    | { readonly ok: false; readonly error: string };
}

/** Types of auth that bring the address of the cluster with them. */
const BRING_ADDRESS = new Set(['kubeconfig', 'inCluster']);

function access(
  name: string,
  known: KnownCluster | undefined,
  ray: ConfigReader | undefined,
  unknown: string,
): JobCluster['access'] {
  const own = ray?.getOptionalConfig('auth');
  if (!known && !BRING_ADDRESS.has(own?.getString('type') ?? '')) {
    return { ok: false, error: unknown };
  }
  if (known?.unready) {
    return { ok: false, error: known.unready };
  }
  const auth = own ? rayAuth(own) : known?.auth;
  if (!auth || 'unsupported' in auth) {
    return {
      ok: false,
      error: `Cluster ${name} uses the auth provider '${auth?.unsupported}', which can't be used without a user; set ray.clusters[].auth`,
    };
  }
  return {
    ok: true,
    config: {
      name,
      url: known?.url,
      caData: known?.caData,
      caFile: known?.caFile,
      skipTLSVerify: known?.skipTLSVerify,
      auth,
    },
  };
}

/** Only what may become a link: the address comes from whoever made the cluster. */
function webAddress(url: string | undefined): string | undefined {
  return url && isHttpUrl(url) ? url : undefined;
}

function dashboards(ray: ConfigReader): DashboardTemplate[] | undefined {
  const name = ray.getString('name');
  return ray.getOptionalConfigArray('dashboards')?.map(dashboard => {
    const title = dashboard.getString('title');
    const url = dashboard.getString('url');
    const problem = checkDashboardUrl(url);
    if (problem) {
      throw new InputError(
        `ray.clusters: the dashboard '${title}' of ${name} ${problem}`,
      );
    }
    return { title, url };
  });
}

/**
 * The clusters of Backstage's own `kubernetes:` section, titled and narrowed by
 * `ray.clusters`. A cluster whose access can't be read is kept with the cause:
 * it must not take the others with it.
 *
 * @param found - clusters that the configuration says how to find
 * @param unknown - why a cluster of that name is not known
 * @throws {InputError} for a wrong dashboard or type of auth in `ray.clusters`
 */
export function readJobClusters(
  root: ConfigReader,
  found: readonly KnownCluster[] = [],
  unknown = (name: string) =>
    `Cluster ${name} is not in kubernetes.clusterLocatorMethods; add it there`,
): JobCluster[] {
  const known = new Map(found.map(cluster => [cluster.name, cluster]));
  for (const cluster of readKnownClusters(root)) {
    known.set(cluster.name, cluster);
  }
  const own = root.getOptionalConfigArray('ray.clusters');
  const chosen = new Map(own?.map(entry => [entry.getString('name'), entry]));
  for (const [name, entry] of chosen) {
    const foundAs = entry.getOptionalString('foundAs');
    const cluster = foundAs && known.get(foundAs);
    if (cluster) {
      known.delete(foundAs);
      known.set(name, cluster);
    }
  }
  const names = new Set([...chosen.keys(), ...known.keys()]);
  return [...names].map(name => {
    const ray = chosen.get(name);
    const cluster = known.get(name);
    return {
      name,
      title: ray?.getOptionalString('title') ?? cluster?.title ?? name,
      dashboardUrl: webAddress(cluster?.dashboardUrl),
      dashboards: ray && dashboards(ray),
      holdsJobs: own === undefined || ray !== undefined,
      namespaces: ray?.getOptionalStringArray('namespaces'),
      access: access(
        name,
        cluster,
        ray,
        unknown(ray?.getOptionalString('foundAs') ?? name),
      ),
    };
  });
}
