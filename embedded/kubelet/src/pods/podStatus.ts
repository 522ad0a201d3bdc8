import {
  type Condition,
  type Pod,
  type PodPhase,
  type PodStatus,
  formatTime,
} from '@ml-platform/embedded-controller-runtime';
import {
  type ContainerRecord,
  containerStatus,
  hasStopped,
  lastExitCode,
} from './ContainerRecord';

/** What the node knows of a pod. */
export interface PodState {
  readonly init: readonly ContainerRecord[];
  readonly main: readonly ContainerRecord[];
  /** Whether its volumes and ports are there. */
  readonly prepared: boolean;
  /** The pod is being deleted or has run out of time: nothing is restarted. */
  readonly ending: boolean;
  /** Why the node itself failed the pod. */
  readonly failure?: { readonly reason: string; readonly message: string };
  readonly startedAt: number;
}

/**
 * The phase by kubelet's rules: running containers, and those that the restart
 * policy will start again, keep a pod running.
 * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase
 */
export function podPhase(pod: Pod, state: PodState): PodPhase {
  if (state.failure) {
    return 'Failed';
  }
  const policy = pod.spec.restartPolicy ?? 'Always';
  const { init, main, ending } = state;
  const plainInit = init.filter(
    ({ container }) => container.restartPolicy !== 'Always',
  );
  const initialised = plainInit.every(record => record.ready);
  const initFailed = plainInit.some(
    record => record.state.terminated && lastExitCode(record) !== 0,
  );
  if (!initialised) {
    return initFailed && (policy === 'Never' || ending) ? 'Failed' : 'Pending';
  }
  const stopped = main.filter(hasStopped);
  const running = main.filter(record => record.state.running);
  if (stopped.length + running.length < main.length) {
    return ending && running.length === 0 ? 'Failed' : 'Pending';
  }
  if (running.length > 0) {
    return 'Running';
  }
  if (policy === 'Always' && !ending) {
    return 'Running';
  }
  if (main.every(record => lastExitCode(record) === 0)) {
    return 'Succeeded';
  }
  return policy === 'OnFailure' && !ending ? 'Running' : 'Failed';
}

/** The status to write, with times of conditions that did not change kept. */
export function podStatus(
  pod: Pod,
  state: PodState,
  node: { readonly ip: string },
  now: number,
): PodStatus {
  const phase = podPhase(pod, state);
  const before = new Map(
    (pod.status?.conditions ?? []).map(condition => [
      condition.type,
      condition,
    ]),
  );
  const generation = pod.metadata.generation;
  const conditions = podConditions(phase, state).map(
    ({ type, ok, reason, message }): Condition => {
      const status = ok ? 'True' : 'False';
      const known = before.get(type);
      return {
        lastProbeTime: null,
        lastTransitionTime:
          known?.status === status && known.lastTransitionTime
            ? known.lastTransitionTime
            : formatTime(now),
        ...(message ? { message } : {}),
        ...(generation === undefined ? {} : { observedGeneration: generation }),
        ...(reason ? { reason } : {}),
        status,
        type,
      };
    },
  );
  const others = [...before.values()].filter(
    ({ type }) => !conditions.some(condition => condition.type === type),
  );
  return {
    phase,
    conditions: [...conditions, ...others],
    hostIP: node.ip,
    ...{ hostIPs: [{ ip: node.ip }] },
    ...(state.prepared ? { podIP: node.ip, podIPs: [{ ip: node.ip }] } : {}),
    startTime: formatTime(state.startedAt),
    ...(state.init.length > 0
      ? { initContainerStatuses: state.init.map(containerStatus) }
      : {}),
    containerStatuses: state.main.map(containerStatus),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    ...(state.failure ?? {}),
  };
}

interface Finding {
  readonly type: string;
  readonly ok: boolean;
  readonly reason?: string;
  readonly message?: string;
}

function podConditions(phase: PodPhase, state: PodState): Finding[] {
  const { init, main } = state;
  const over = phase === 'Succeeded' || phase === 'Failed';
  const completed = phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed';
  const uninitialised = init.filter(record => !record.ready);
  const unready = main.filter(record => !record.ready);
  const ready: Omit<Finding, 'type'> = {
    ok: !over && unready.length === 0,
    ...readiness(over, completed, unready),
  };
  const initialised = uninitialised.length === 0;
  return [
    {
      type: 'PodReadyToStartContainers',
      ok: state.prepared && !over,
    },
    {
      type: 'Initialized',
      ok: initialised,
      ...(initialised
        ? { reason: phase === 'Succeeded' ? 'PodCompleted' : undefined }
        : {
            reason: 'ContainersNotInitialized',
            message: `containers with incomplete status: [${names(uninitialised)}]`,
          }),
    },
    { type: 'Ready', ...ready },
    { type: 'ContainersReady', ...ready },
    { type: 'PodScheduled', ok: true },
  ];
}

function readiness(
  over: boolean,
  completed: string,
  unready: readonly ContainerRecord[],
): Pick<Finding, 'reason' | 'message'> {
  if (over) {
    return { reason: completed };
  }
  return unready.length > 0
    ? {
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${names(unready)}]`,
      }
    : {};
}

function names(records: readonly ContainerRecord[]): string {
  return records.map(({ container }) => container.name).join(' ');
}
