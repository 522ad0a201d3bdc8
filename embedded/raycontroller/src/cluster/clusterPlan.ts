import { headPod } from '../children/rayPod';
import { specHash } from '../children/specHash';
import { annotation, kubeRayVersion } from '../crd/labels';
import type { RayCluster } from '../crd/rayCluster';
import type { Pod } from '../kube/objects';
import { describeEnd, groupOf, isDead, isHead } from './clusterPods';
import { isTrue } from './conditions';
import type { PodPlan } from './podPlan';
import { workerPlan } from './workerPlan';

const nothing: PodPlan = { deletions: [], creations: [] };

/** Decides on head and workers as KubeRay does, from the pods that are there. */
export function clusterPlan(
  cluster: RayCluster,
  pods: readonly Pod[],
): PodPlan {
  const { namespace, name } = cluster.metadata;
  const { conditions } = cluster.status ?? {};
  const key = `${namespace}/${name}`;
  if (isTrue(conditions, 'RayClusterSuspending')) {
    return deleteAll(
      pods,
      `Deleted Pods for RayCluster ${key} due to suspension`,
    );
  }
  if (isTrue(conditions, 'RayClusterSuspended') || cluster.spec.suspend) {
    return nothing;
  }
  const heads = pods.filter(isHead);
  if (outdated(cluster, heads)) {
    return deleteAll(
      pods,
      `Deleted all Pods for RayCluster ${key} due to spec change with Recreate upgradeStrategy`,
    );
  }
  if (heads.length > 1) {
    const names = heads.map(head => head.metadata.name).join(' ');
    return {
      ...nothing,
      blocked: `${heads.length} head pods found [${names}]. Please delete extra head pods`,
    };
  }
  const [head] = heads;
  const provisioned = isTrue(conditions, 'RayClusterProvisioned');
  if (!head && provisioned && restartsNoHead(cluster)) {
    return nothing;
  }
  if (head && isDead(head)) {
    const message = `Deleted head Pod ${namespace}/${head.metadata.name}; ${describeEnd(head)}`;
    return {
      deletions: isLeaving(head) ? [] : [{ pod: head, kind: 'head', message }],
      creations: [],
      blocked: `The head Pod ${head.metadata.name} has ended and is being replaced`,
    };
  }
  const groups = cluster.spec.workerGroupSpecs ?? [];
  const plans = groups.map(group =>
    workerPlan(
      cluster,
      group,
      pods.filter(pod => !isHead(pod) && groupOf(pod) === group.groupName),
    ),
  );
  return {
    deletions: plans.flatMap(plan => plan.deletions),
    creations: [
      ...(head ? [] : [{ pod: headPod(cluster), kind: 'head' as const }]),
      ...plans.flatMap(plan => plan.creations),
    ],
    note: plans.find(plan => plan.note)?.note,
    blocked: plans.find(plan => plan.blocked)?.blocked,
  };
}

function isLeaving(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

function deleteAll(pods: readonly Pod[], message: string): PodPlan {
  const present = pods.filter(pod => !isLeaving(pod));
  return {
    deletions: present.map(pod => ({ pod, kind: 'all' })),
    creations: [],
    ...(present.length > 0 && { note: { reason: 'DeletedPod', message } }),
  };
}

function outdated(cluster: RayCluster, heads: readonly Pod[]): boolean {
  if (cluster.spec.upgradeStrategy?.type !== 'Recreate') {
    return false;
  }
  const made = heads.at(0)?.metadata.annotations;
  return (
    made?.[annotation.kubeRayVersion] === kubeRayVersion &&
    made[annotation.specHash] !== specHash(cluster.spec)
  );
}

function restartsNoHead(cluster: RayCluster): boolean {
  return (
    cluster.metadata.annotations?.[annotation.disableHeadRestart] === 'true'
  );
}
