import type {
  RayClusterSpec,
  RayClusterStatus,
  WorkerGroupSpec,
} from '../objects/kubernetes';
import { hasReported } from '../objects/rayClusterStatus';
import type { JobWorkers } from './types';

/** What KubeRay takes a missing `maxReplicas` for: no limit. */
const NO_LIMIT = 2 ** 31 - 1;

type Replicas = Pick<
  WorkerGroupSpec,
  'replicas' | 'minReplicas' | 'maxReplicas' | 'numOfHosts' | 'suspend'
>;

/** The groups that may have pods. */
function activeGroups(
  spec: RayClusterSpec | undefined,
): readonly WorkerGroupSpec[] {
  return (spec?.workerGroupSpecs ?? []).filter(({ suspend }) => !suspend);
}

/**
 * Replicas of a worker group within its bounds; none while it is suspended.
 *
 * Source: KubeRay 1.7, `GetWorkerGroupDesiredReplicas`.
 */
export function groupReplicas(group: Replicas): number {
  const { replicas = 0, minReplicas = 0, maxReplicas = NO_LIMIT } = group;
  return group.suspend
    ? 0
    : Math.min(Math.max(replicas, minReplicas), maxReplicas);
}

/** Each replica has a worker on every host. */
const onEveryHost = (replicas: number, { numOfHosts = 1 }: Replicas) =>
  replicas * numOfHosts;

function groupWorkers(group: Replicas): number {
  return onEveryHost(groupReplicas(group), group);
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

/**
 * The desired workers of each group. An autoscaler's number is known for the
 * cluster as a whole: it can be told whose it is where one group has pods.
 */
export function desiredWorkersOf(
  spec: RayClusterSpec | undefined,
  live?: RayClusterStatus,
): ReadonlyMap<WorkerGroupSpec, number> {
  const groups = activeGroups(spec);
  if (groups.length === 1 && hasReported(live)) {
    return new Map([[groups[0], live.desiredWorkerReplicas ?? 0]]);
  }
  return new Map(groups.map(group => [group, groupWorkers(group)]));
}

/** The workers of each group once it is as large as it may become. */
export function mostWorkersOf(
  spec: RayClusterSpec | undefined,
): ReadonlyMap<WorkerGroupSpec, number> {
  return new Map(
    (spec?.workerGroupSpecs ?? []).map(group => {
      const { maxReplicas = NO_LIMIT } = group;
      const now = groupReplicas({ ...group, suspend: false });
      const most = spec?.enableInTreeAutoscaling
        ? Math.max(now, maxReplicas)
        : now;
      return [group, onEveryHost(most, group)];
    }),
  );
}

/** All workers of a Ray cluster that is as large as it may become. */
export function largestWorkers(spec: RayClusterSpec | undefined): number {
  return sum(mostWorkersOf(spec).values());
}

/** How far the autoscaler may go. */
function bounds(spec: RayClusterSpec): Pick<JobWorkers, 'min' | 'max'> {
  const groups = activeGroups(spec);
  const most = mostWorkersOf(spec);
  const max = sum(groups.map(group => most.get(group) ?? 0));
  return {
    min: sum(groups.map(group => onEveryHost(group.minReplicas ?? 0, group))),
    max: max < NO_LIMIT ? max : undefined,
  };
}

/**
 * Workers of a Ray cluster: as KubeRay counts them once there is a live status,
 * and before that as the specification asks for.
 */
export function rayWorkers(
  spec: RayClusterSpec | undefined,
  live?: RayClusterStatus,
): JobWorkers {
  const desired = hasReported(live)
    ? (live.desiredWorkerReplicas ?? 0)
    : sum(desiredWorkersOf(spec).values());
  return {
    desired,
    // While a cluster shrinks, more are ready than are wanted.
    ready: Math.min(live?.readyWorkerReplicas ?? 0, desired),
    ...(spec?.enableInTreeAutoscaling ? bounds(spec) : {}),
  };
}
