import type {
  Container,
  ContainerState,
  ContainerStatus,
} from '@ml-platform/embedded-controller-runtime';

/** What is known of a container of a pod, attempt after attempt. */
export interface ContainerRecord {
  readonly container: Container;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
  readonly restartCount: number;
  readonly ready: boolean;
  readonly started: boolean;
  readonly imageID: string;
  readonly containerID?: string;
}

export function newRecord(
  container: Container,
  waitingFor: string,
): ContainerRecord {
  return {
    container,
    state: { waiting: { reason: waitingFor } },
    lastState: {},
    restartCount: 0,
    ready: false,
    started: false,
    imageID: '',
  };
}

/** Whether an attempt of the container has ended and none is running. */
export function hasStopped(record: ContainerRecord): boolean {
  return Boolean(
    record.state.terminated ||
    (record.state.waiting && record.lastState.terminated),
  );
}

/** Exit code of the last attempt, if one has ended. */
export function lastExitCode(record: ContainerRecord): number | undefined {
  return (record.state.terminated ?? record.lastState.terminated)?.exitCode;
}

/** The record as the pod's status shows it. */
export function containerStatus(record: ContainerRecord): ContainerStatus {
  const { container, containerID, imageID } = record;
  const { resources } = container;
  return {
    ...(imageID && resources?.requests
      ? { allocatedResources: resources.requests }
      : {}),
    ...(containerID ? { containerID } : {}),
    image: container.image ?? '',
    imageID,
    lastState: record.lastState,
    name: container.name,
    ready: record.ready,
    ...(imageID && resources ? { resources } : {}),
    restartCount: record.restartCount,
    started: record.started,
    state: record.state,
  };
}
