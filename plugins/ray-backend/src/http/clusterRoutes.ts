import type { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  rayJobReadPermission,
  rayRoutes,
} from '@ml-platform/backstage-plugin-ray-common';
import { scaleRayCluster } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import { dashboardsOfCluster } from '../clusters/dashboards';
import type { Jobs } from '../jobs/Jobs';
import type { Authorizer } from '../permissions/Authorizer';
import type { ApiRouter } from './ApiRouter';
import { audited } from '../permissions/audited';

export interface ClusterRoutesOptions {
  readonly auditor: AuditorService;
  readonly authorizer: Authorizer;
  readonly clusters: Clusters;
  readonly jobs: Jobs;
}

/** Clusters and Ray clusters. */
export function addClusterRoutes(
  api: ApiRouter,
  options: ClusterRoutesOptions,
): void {
  const { auditor, authorizer, clusters, jobs } = options;

  api.answer(rayRoutes.listClusters, async ({ caller }) => {
    // The number of jobs counts only those that the caller may see.
    const visible = await authorizer
      .jobs(caller, rayJobReadPermission)
      .catch(() => () => false);
    const counts = jobs.countLive(visible);
    return [
      ...clusters.all().map(cluster => ({
        ...cluster.summary,
        jobs: counts.get(cluster.name) ?? 0,
        dashboards: dashboardsOfCluster(cluster.entry),
      })),
      ...clusters.problems.map(problem => ({
        ...problem,
        reachable: false,
        jobs: 0,
      })),
    ];
  });

  api.answer(rayRoutes.listRayClusters, async () => ({
    items: clusters
      .all()
      .flatMap(cluster => [...cluster.rayClusters.rows.values()])
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
    clusters: clusters.statuses(({ rayClusters, status }) =>
      rayClusters.statusOf(status),
    ),
  }));

  api.answer(rayRoutes.scaleRayCluster, async ({ request, params, body }) => {
    const { cluster, namespace, name } = params;
    const { group, replicas } = body;
    const row = clusters
      .get(cluster)
      .rayClusters.rows.get(`${namespace}/${name}`);
    if (!row) {
      throw new NotFoundError(
        `There is no Ray cluster ${name} in ${namespace} on ${cluster}`,
      );
    }
    const client = clusters.client(cluster);
    await audited({
      auditor,
      request,
      eventId: 'ray-cluster-scale',
      meta: { cluster, namespace, name, group, replicas },
      change: () => scaleRayCluster({ client, row, group, replicas }),
    });
    return { cluster, namespace, name, group, replicas };
  });
}
