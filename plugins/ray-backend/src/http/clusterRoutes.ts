import { NotFoundError } from '@backstage/errors';
import {
  rayClusterReadPermission,
  rayClusterScalePermission,
  rayJobReadPermission,
  type ClusterSummary,
  type RayClusterList,
} from '@ml-platform/backstage-plugin-ray-common';
import type { Router } from 'express';
import { scaleRayCluster } from '../actions/scaleRayCluster';
import { dashboardsOfCluster } from '../clusters/dashboards';
import { audited } from './audited';
import type { RouterOptions } from './router';
import { parseScale } from './schemas';

/** Clusters and Ray clusters. */
export function addClusterRoutes(router: Router, options: RouterOptions): void {
  const { auditor, authorizer, clusters, jobs } = options;

  router.get('/clusters', async (request, response) => {
    const caller = await authorizer.caller(request);
    await authorizer.require(caller, rayClusterReadPermission);
    // The number of jobs counts only those that the caller may see.
    const visible = await authorizer
      .jobs(caller, rayJobReadPermission)
      .catch(() => () => false);
    const counts = jobs.countLive(visible);
    const answer: ClusterSummary[] = [
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
    response.json(answer);
  });

  router.get('/rayclusters', async (request, response) => {
    const caller = await authorizer.caller(request);
    await authorizer.require(caller, rayClusterReadPermission);
    const answer: RayClusterList = {
      items: clusters
        .all()
        .flatMap(cluster => [...cluster.rayClusters.values()])
        .sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
      clusters: clusters.statuses(),
    };
    response.json(answer);
  });

  router.patch(
    '/rayclusters/:cluster/:namespace/:name',
    async (request, response) => {
      const caller = await authorizer.caller(request);
      await authorizer.require(caller, rayClusterScalePermission);
      const { cluster, namespace, name } = request.params;
      const { group, replicas } = parseScale(request.body);
      const row = clusters.get(cluster).rayClusters.get(`${namespace}/${name}`);
      if (!row) {
        throw new NotFoundError(
          `There is no Ray cluster ${name} in ${namespace} on ${cluster}`,
        );
      }
      await audited({
        auditor,
        request,
        eventId: 'ray-cluster-scale',
        meta: { cluster, namespace, name, group, replicas },
        change: () =>
          scaleRayCluster({
            client: clusters.client(cluster),
            row,
            group,
            replicas,
          }),
      });
      response.status(202).json({ cluster, namespace, name, group, replicas });
    },
  );
}
