import { workerPod } from '../children/rayPod';
import { isAutoscaling } from '../crd/features';
import { label } from '../crd/labels';
import { randomSuffix } from '../crd/names';
import type { RayCluster, WorkerGroupSpec } from '../crd/rayCluster';
import type { Pod } from '../kube/objects';
import { describeEnd, isDead } from './clusterPods';
import type { PodDeletion, PodPlan } from './podPlan';
import { desiredPods, hostsPerReplica } from './workerGroups';

/** What one worker group needs, from the pods it has. */
export function workerPlan(
  cluster: RayCluster,
  group: WorkerGroupSpec,
  pods: readonly Pod[],
): PodPlan {
  const staying = pods.filter(pod => !pod.metadata.deletionTimestamp);
  if (group.suspend) {
    const { namespace, name } = cluster.metadata;
    return {
      deletions: staying.map(pod => ({ pod, kind: 'worker' })),
      creations: [],
      ...(staying.length > 0 && {
        note: {
          reason: 'DeletedWorkerPod',
          message: `Deleted all pods for suspended worker group ${group.groupName} in RayCluster ${namespace}/${name}`,
        },
      }),
    };
  }
  const replicas = replicasOf(group, pods);
  const broken = brokenPods(group, replicas);
  if (broken.length > 0) {
    const deletions = broken.filter(
      ({ pod }) => !pod.metadata.deletionTimestamp,
    );
    // No new ones in the same pass: what made these fail may still be there.
    return {
      deletions,
      creations: [],
      ...(deletions.length > 0 && {
        blocked: `delete ${deletions.length} unhealthy worker Pods`,
      }),
    };
  }
  const named = new Set(group.scaleStrategy?.workersToDelete ?? []);
  const unwanted = replicas.filter(replica =>
    replica.pods.some(pod => named.has(pod.metadata.name)),
  );
  const left = replicas.filter(replica => !unwanted.includes(replica));
  const hosts = hostsPerReplica(group);
  const missing = desiredPods(group) / hosts - left.length;
  // With an autoscaler, which of many workers may go is its decision alone.
  const surplus =
    missing < 0 && !isAutoscaling(cluster.spec)
      ? leavingFirst(left).slice(0, -missing)
      : [];
  return {
    deletions: [...unwanted, ...surplus].flatMap(replica =>
      replica.pods
        .filter(pod => !pod.metadata.deletionTimestamp)
        .map(pod => deletion(pod, `Deleted Pod ${nameOf(pod)}`)),
    ),
    creations: newReplicas(cluster, group, left, missing),
  };
}

/** Pods that only work together: one, or the hosts of a multi-host replica. */
interface Replica {
  readonly index: number;
  readonly pods: readonly Pod[];
}

function replicasOf(group: WorkerGroupSpec, pods: readonly Pod[]): Replica[] {
  const byName = new Map<string, Pod[]>();
  for (const pod of pods) {
    const { name, labels } = pod.metadata;
    const key =
      hostsPerReplica(group) > 1 ? (labels?.[label.replicaName] ?? name) : name;
    byName.set(key, [...(byName.get(key) ?? []), pod]);
  }
  return [...byName.values()].map(together => ({
    index: Number(together[0].metadata.labels?.[label.replicaIndex] ?? NaN),
    pods: together,
  }));
}

/** All pods of replicas of which a pod has ended or is missing. */
function brokenPods(
  group: WorkerGroupSpec,
  replicas: readonly Replica[],
): PodDeletion[] {
  const hosts = hostsPerReplica(group);
  return replicas
    .filter(({ pods }) => pods.some(isDead) || pods.length < hosts)
    .flatMap(({ pods }) =>
      pods.map(pod =>
        deletion(pod, `Deleted worker Pod ${nameOf(pod)}; ${describeEnd(pod)}`),
      ),
    );
}

/** Those that go already are the first to count as gone. */
function leavingFirst(replicas: readonly Replica[]): Replica[] {
  const leaving = ({ pods }: Replica) =>
    pods.some(pod => pod.metadata.deletionTimestamp) ? 0 : 1;
  return [...replicas].sort((a, b) => leaving(a) - leaving(b));
}

function newReplicas(
  cluster: RayCluster,
  group: WorkerGroupSpec,
  existing: readonly Replica[],
  count: number,
): PodPlan['creations'] {
  const hosts = hostsPerReplica(group);
  const used = new Set(existing.map(({ index }) => index));
  const creations: PodPlan['creations'][number][] = [];
  for (let index = 0, made = 0; made < count; index += 1) {
    if (!used.has(index)) {
      made += 1;
      const replicaName =
        hosts > 1 ? `${group.groupName}-${randomSuffix()}` : undefined;
      for (let host = 0; host < hosts; host += 1) {
        const pod = workerPod(cluster, group, {
          replica: index,
          host,
          replicaName,
        });
        creations.push({ pod, kind: 'worker' });
      }
    }
  }
  return creations;
}

function deletion(pod: Pod, message: string): PodDeletion {
  return { pod, kind: 'worker', message };
}

function nameOf(pod: Pod): string {
  return `${pod.metadata.namespace}/${pod.metadata.name}`;
}
