import {
  type ContainerStatus,
  type Pod,
  type PodStatus,
  formatTime,
} from '@ml-platform/embedded-controller-runtime';

/** What a pod's end with the platform is told as. */
export const PLATFORM_RESTARTED = {
  reason: 'PlatformRestarted',
  message: 'The embedded platform was stopped while this pod ran',
};

/** SIGKILL. */
const KILLED = 137;

/** Whether any of the pod's containers was started. */
export function hasRun({ status }: Pod): boolean {
  return [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ].some(
    ({ state, lastState }) =>
      state?.running || state?.terminated || lastState?.terminated,
  );
}

export function isOver({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** The status of a pod whose processes ended with an earlier run of the node. */
export function lostStatus({ status }: Pod, now: number): PodStatus {
  const finishedAt = formatTime(now);
  const end = (container: ContainerStatus): ContainerStatus =>
    container.state?.terminated
      ? container
      : {
          ...container,
          ready: false,
          started: false,
          state: {
            terminated: {
              exitCode: KILLED,
              reason: 'Error',
              startedAt: container.state?.running?.startedAt,
              finishedAt,
              containerID: container.containerID,
            },
          },
        };
  return {
    phase: 'Failed',
    ...PLATFORM_RESTARTED,
    conditions: status?.conditions?.map(condition =>
      ['Ready', 'ContainersReady', 'PodReadyToStartContainers'].includes(
        condition.type,
      )
        ? {
            ...condition,
            status: 'False',
            reason: 'PodFailed',
            message: undefined,
            lastTransitionTime: finishedAt,
          }
        : condition,
    ),
    initContainerStatuses: status?.initContainerStatuses?.map(end),
    containerStatuses: status?.containerStatuses?.map(end),
  };
}
