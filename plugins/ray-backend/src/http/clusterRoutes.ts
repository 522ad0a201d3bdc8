import type {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  rayClusterReadPermission,
  rayJobReadPermission,
  rayRoutes,
} from '@ml-platform/backstage-plugin-ray-common';
import { scaleRayCluster } from '@ml-platform/sdk';
import { clusterDetail } from '../clusters/clusterDetail';
import type { Clusters } from '../clusters/Clusters';
import { dashboardsOfCluster } from '../clusters/dashboards';
import type { JobIndex } from '../jobs/JobIndex';
import type { Jobs } from '../jobs/Jobs';
import type { Authorizer } from '../permissions/Authorizer';
import type { ApiRouter } from './ApiRouter';
import { audited } from '../permissions/audited';
import { streamCluster } from './clusterStream';
import { EventStream } from './sse';

export interface ClusterRoutesOptions {
  readonly auditor: AuditorService;
  readonly authorizer: Authorizer;
  readonly clusters: Clusters;
  readonly index: JobIndex;
  readonly jobs: Jobs;
  /** Aborts when the backend stops: streams end, so that it can. */
  readonly closing: AbortSignal;
}

/** Clusters and Ray clusters. */
export function addClusterRoutes(
  api: ApiRouter,
  options: ClusterRoutesOptions,
): void {
  const { auditor, authorizer, clusters, index, jobs, closing } = options;

  /** The jobs that a caller may see; none without the permission. */
  const visibleTo = (caller: BackstageCredentials) =>
    authorizer.jobs(caller, rayJobReadPermission).catch(() => () => false);

  api.answer(rayRoutes.listClusters, async ({ caller }) => {
    // The number of jobs counts only those that the caller may see.
    const counts = jobs.countLive(await visibleTo(caller));
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

  api.answer(rayRoutes.getCluster, async ({ caller, params }) =>
    clusterDetail(clusters.get(params.name), {
      index,
      visible: await visibleTo(caller),
    }),
  );

  api.stream(rayRoutes.streamCluster, async ({ caller, params }, response) => {
    const { name } = params;
    clusters.get(name);
    const events = new EventStream(response);
    await streamCluster({
      name,
      clusters,
      index,
      visible: async () =>
        (await authorizer.allows(caller, rayClusterReadPermission))
          ? visibleTo(caller)
          : undefined,
      events,
      signal: AbortSignal.any([events.signal, closing]),
    });
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
