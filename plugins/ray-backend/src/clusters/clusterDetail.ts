import type { ClusterDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { QueueEntry } from '@ml-platform/rayjob';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobPredicate } from '../permissions/Authorizer';
import type { ClusterWatcher } from './ClusterWatcher';
import { dashboardsOfCluster } from './dashboards';

/** Ray clusters that are told of. */
const SHOWN = 100;

/**
 * All that a cluster's page shows.
 * @param visible - the jobs that the caller may see; others are counted, not named
 */
export function clusterDetail(
  cluster: ClusterWatcher,
  options: { readonly index: JobIndex; readonly visible: JobPredicate },
): ClusterDetail {
  const { index, visible } = options;
  const jobOf = ({ namespace, job }: QueueEntry) => {
    const row = job && index.get({ cluster: cluster.name, namespace, ...job });
    return row && visible(row) ? { namespace, name: row.name } : undefined;
  };
  const { queues, rayClusters } = cluster;
  return {
    ...cluster.summary,
    dashboards: dashboardsOfCluster(cluster.entry),
    kueue: queues.kueue,
    queues: queues.overview().map(queue => ({
      ...queue,
      next: queue.next.map((entry, place) => ({
        position: place + 1,
        priority: entry.priority,
        createdAt: entry.createdAt,
        job: jobOf(entry),
      })),
    })),
    rayClusters: [...rayClusters.standing.values()]
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      .slice(0, SHOWN),
    rayClustersError: rayClusters.problem,
  };
}
