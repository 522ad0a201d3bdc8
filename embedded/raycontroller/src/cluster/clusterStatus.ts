import type {
  Condition,
  RayCluster,
  RayClusterStatus,
} from '../crd/rayCluster';
import type { Pod, Service } from '../kube/objects';
import { formatTime } from '@ml-platform/embedded-controller-runtime';
import { stableJson } from '../children/specHash';
import {
  allRunning,
  isHead,
  isReady,
  isRunning,
  isWorker,
} from './clusterPods';
import {
  headPodReady,
  isTrue,
  removeCondition,
  setCondition,
} from './conditions';
import { desiredResources, workerCounts } from './workerGroups';

/** Why a reconciliation could not do all it wanted. */
export interface ReconcileFailure {
  /** Set where pods could not be made or deleted. */
  readonly reason?: string;
  readonly message: string;
}

/** The status of a cluster, from what is there. Times in ms since the epoch. */
export function clusterStatus(options: {
  readonly cluster: RayCluster;
  readonly pods: readonly Pod[];
  readonly headService: Service | undefined;
  readonly failure: ReconcileFailure | undefined;
  readonly now: number;
}): RayClusterStatus {
  const { cluster, pods, failure, now } = options;
  const { spec, status: before = {} } = cluster;
  const counts = workerCounts(spec);
  const workers = pods.filter(isWorker);
  const heads = pods.filter(isHead);
  const complete = failure === undefined && pods.length === counts.desired + 1;
  let { state, reason } = before;
  if (complete && allRunning(pods)) {
    state = 'ready';
    reason = undefined;
  }
  if (spec.suspend && pods.length === 0) {
    state = 'suspended';
  }
  return {
    ...before,
    state,
    reason,
    observedGeneration: cluster.metadata.generation,
    readyWorkerReplicas: workers.filter(isReady).length || undefined,
    availableWorkerReplicas: workers.filter(isRunning).length || undefined,
    desiredWorkerReplicas: counts.desired || undefined,
    minWorkerReplicas: counts.min || undefined,
    maxWorkerReplicas: counts.max || undefined,
    ...desiredResources(spec),
    conditions: conditionsOf(cluster, pods, failure, now),
    endpoints: endpointsOf(options.headService) ?? before.endpoints,
    head: headInfo(heads.at(0), options.headService),
    lastUpdateTime: formatTime(now),
    ...(state !== before.state &&
      state && {
        stateTransitionTimes: {
          ...before.stateTransitionTimes,
          [state]: formatTime(now),
        },
      }),
  };
}

/** Whether the two differ in more than the time of looking. */
export function clusterStatusChanged(
  before: RayClusterStatus | undefined,
  after: RayClusterStatus | undefined,
): boolean {
  const telling = (status: RayClusterStatus = {}) =>
    stableJson({
      state: status.state,
      reason: status.reason,
      workers: [
        status.readyWorkerReplicas ?? 0,
        status.availableWorkerReplicas ?? 0,
        status.desiredWorkerReplicas ?? 0,
        status.minWorkerReplicas ?? 0,
        status.maxWorkerReplicas ?? 0,
      ],
      endpoints: status.endpoints ?? {},
      head: status.head ?? {},
      conditions: status.conditions ?? [],
    });
  return telling(before) !== telling(after);
}

function conditionsOf(
  cluster: RayCluster,
  pods: readonly Pod[],
  failure: ReconcileFailure | undefined,
  now: number,
): readonly Condition[] {
  let conditions = cluster.status?.conditions ?? [];
  const set = (
    type: string,
    status: 'True' | 'False',
    reason: string,
    message = '',
  ) => {
    conditions = setCondition(
      conditions,
      { type, status, reason, message },
      now,
    );
  };
  if (failure?.reason) {
    set('ReplicaFailure', 'True', failure.reason, failure.message);
  } else if (!failure) {
    conditions = removeCondition(conditions, 'ReplicaFailure');
  }
  conditions = setCondition(conditions, headPodReady(pods.find(isHead)), now);

  const suspending = isTrue(conditions, 'RayClusterSuspending');
  const suspended = isTrue(conditions, 'RayClusterSuspended');
  // Told once, and again after a suspension: later losses do not undo it.
  if (!isTrue(conditions, 'RayClusterProvisioned') && !suspended) {
    if (allRunning(pods)) {
      set(
        'RayClusterProvisioned',
        'True',
        'AllPodRunningAndReadyFirstTime',
        'All Ray Pods are ready for the first time',
      );
    } else {
      set(
        'RayClusterProvisioned',
        'False',
        'RayClusterPodsProvisioning',
        'RayCluster Pods are being provisioned for first time',
      );
    }
  }
  const setSuspend = (which: 'Suspending' | 'Suspended', on: boolean) => {
    const type = `RayCluster${which}`;
    set(type, on ? 'True' : 'False', type);
  };
  if (suspending) {
    // Carried through to its end, whatever spec.suspend says meanwhile.
    if (pods.length === 0) {
      set(
        'RayClusterProvisioned',
        'False',
        'RayClusterPodsProvisioning',
        'RayCluster has been suspended',
      );
      setSuspend('Suspending', false);
      setSuspend('Suspended', true);
    }
  } else if (suspended) {
    if (!cluster.spec.suspend) {
      setSuspend('Suspended', false);
    }
  } else {
    setSuspend('Suspended', false);
    setSuspend('Suspending', cluster.spec.suspend === true);
  }
  return conditions;
}

function endpointsOf(
  service: Service | undefined,
): Readonly<Record<string, string>> | undefined {
  const ports = service?.spec.ports ?? [];
  const named = ports.flatMap(({ name, nodePort, targetPort, port }) =>
    name ? [[name, String(nodePort || targetPort || port)]] : [],
  );
  return service && Object.fromEntries(named);
}

function headInfo(
  head: Pod | undefined,
  service: Service | undefined,
): RayClusterStatus['head'] {
  const podIP = head?.status?.podIP;
  const clusterIP = service?.spec.clusterIP;
  // A headless service has no address of its own: it is the pod's.
  const serviceIP = clusterIP === 'None' ? podIP : clusterIP;
  return {
    ...(podIP && { podIP }),
    ...(head && { podName: head.metadata.name }),
    ...(serviceIP && { serviceIP }),
    ...(service && { serviceName: service.metadata.name }),
  };
}
