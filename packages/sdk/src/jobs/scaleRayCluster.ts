import { InputError, NotFoundError } from '@backstage/errors';
import {
  type RayCluster,
  type RayClusterSummary,
  RAYCLUSTERS,
} from '@ml-platform/rayjob';
import { resourcePath, type KubeClient } from '@ml-platform/kube';

/**
 * Sets the number of workers of one group of a Ray cluster.
 * @throws {NotFoundError} when there is no such group
 * @throws {InputError} outside the group's bounds, or when Ray's
 * autoscaler or a RayJob decides about the number
 */
export async function scaleRayCluster(options: {
  readonly client: KubeClient;
  readonly row: RayClusterSummary;
  readonly group: string;
  readonly replicas: number;
}): Promise<void> {
  const { client, row, group, replicas } = options;
  if (row.autoscaling) {
    throw new InputError(
      `${row.name} is scaled by Ray's autoscaler; change the group's minReplicas and maxReplicas instead`,
    );
  }
  if (row.job) {
    throw new InputError(
      `${row.name} belongs to the job ${row.job}; ask for other workers when you submit it`,
    );
  }
  const path = resourcePath(RAYCLUSTERS, row.namespace, row.name);
  const current = await client.json<RayCluster>({ path });
  const groups = current.spec?.workerGroupSpecs ?? [];
  const index = groups.findIndex(({ groupName }) => groupName === group);
  const found = groups[index];
  if (!found) {
    throw new NotFoundError(
      `${row.name} has no worker group ${group}; it has ${
        groups.map(({ groupName }) => groupName).join(', ') || 'none'
      }`,
    );
  }
  const { minReplicas: min = 0, maxReplicas: max = Infinity } = found;
  if (replicas < min || replicas > max) {
    throw new InputError(
      `${group} may have from ${min} to ${max} workers, not ${replicas}`,
    );
  }
  await client.json({
    method: 'PATCH',
    path,
    contentType: 'application/json-patch+json',
    body: [
      // Fails when the groups were changed meanwhile.
      {
        op: 'test',
        path: `/spec/workerGroupSpecs/${index}/groupName`,
        value: group,
      },
      {
        op: 'add',
        path: `/spec/workerGroupSpecs/${index}/replicas`,
        value: replicas,
      },
    ],
  });
}
