import { clusterResources } from './jobResources';
import { groupReplicas, rayWorkers } from './workers';
import type { RayCluster } from '../objects/kubernetes';
import type { RayClusterSummary } from './rayClusterTypes';

/** The row of a RayCluster. */
export function rayClusterSummary(
  cluster: string,
  rayCluster: RayCluster,
): RayClusterSummary {
  const { metadata, spec, status } = rayCluster;
  return {
    cluster,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    uid: metadata.uid ?? '',
    createdAt: metadata.creationTimestamp ?? '',
    state: status?.state || undefined,
    reason: status?.reason || undefined,
    rayVersion: spec?.rayVersion,
    job: metadata.ownerReferences?.find(owner => owner.kind === 'RayJob')?.name,
    autoscaling: spec?.enableInTreeAutoscaling ?? false,
    groups: (spec?.workerGroupSpecs ?? []).map(group => ({
      name: group.groupName,
      replicas: groupReplicas(group),
      min: group.minReplicas ?? 0,
      max: group.maxReplicas ?? 0,
    })),
    workers: rayWorkers(spec, status),
    resources: clusterResources(spec, status),
  };
}
