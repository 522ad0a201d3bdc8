import { NotFoundError } from '@backstage/errors';
import type { OpenedCluster, OpenedClusters } from '../settings/openClusters';
import { listServices } from './listServices';
import { serviceTarget } from './serviceTarget';
import type { FoundService, ServiceName } from './serviceTypes';

/** A page that is the same for all jobs. */
interface Page {
  readonly title: string;
  /** Its label `app.kubernetes.io/name`, as its chart and its manifests have it. */
  readonly label: string;
  /** Names or numbers of its port in the service, the best first. */
  readonly ports: readonly (string | number)[];
  readonly usualPort: number;
}

const LABEL = 'app.kubernetes.io/name';

export type PageName = Exclude<ServiceName, 'ray'>;

const PAGES: Readonly<Record<PageName, Page>> = {
  grafana: {
    title: 'Grafana',
    label: 'grafana',
    ports: ['service', 'http-web', 'http', 80, 3000],
    usualPort: 3000,
  },
  argocd: {
    title: 'Argo CD',
    label: 'argocd-server',
    ports: ['https', 443, 'http', 80],
    usualPort: 8080,
  },
  portal: {
    title: 'Portal',
    label: 'backstage',
    ports: ['http-backend', 'http', 7007, 80],
    usualPort: 7007,
  },
};

/** The management cluster, where one is known, and then that of the jobs. */
async function placesOf({
  workload,
  management,
}: OpenedClusters): Promise<readonly OpenedCluster[]> {
  const known = await management();
  return known ? [known, workload] : [workload];
}

/**
 * Grafana, Argo CD or the portal, in any namespace of the management cluster,
 * else of the cluster of the jobs.
 *
 * @throws {NotFoundError} when there is none
 */
export async function findPageService(
  clusters: OpenedClusters,
  name: PageName,
  signal: AbortSignal,
): Promise<FoundService> {
  const { title, label, ports, usualPort } = PAGES[name];
  const labelSelector = `${LABEL}=${label}`;
  const places = await placesOf(clusters);
  for (const cluster of places) {
    const found = await listServices(cluster.client, { labelSelector }, signal);
    // Beside it may be one for metrics, whose name is longer.
    const [service] = [...found].sort(
      (a, b) => a.metadata.name.length - b.metadata.name.length,
    );
    if (service) {
      const { metadata } = service;
      return {
        title,
        cluster,
        namespace: metadata.namespace,
        service: metadata.name,
        usualPort,
        target: until => serviceTarget(cluster.client, metadata, ports, until),
      };
    }
  }
  const { portal, contexts } = clusters.settings;
  const remedies = [
    ...(contexts?.management
      ? []
      : ['name the kubecontext of its cluster as contexts.management']),
    ...(name === 'portal' && portal ? [`yours is at ${portal}`] : []),
  ];
  throw new NotFoundError(
    `${title} isn't on ${places
      .map(cluster => cluster.name)
      .join(' or ')}: no service has the label ${labelSelector}; ${
      remedies.join(', or ') || 'install it, or label its service'
    }`,
  );
}
