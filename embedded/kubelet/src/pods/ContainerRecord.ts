import {
  type Container,
  type ContainerState,
  type ContainerStatus,
  parseTime,
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

/** A container's id in a status, before the id itself. */
export const PROCESS_SCHEME = 'process://';

/** A container that runs now. */
export interface RunningContainer {
  readonly name: string;
  readonly id: string;
  /** In ms. */
  readonly startedAt: number;
}

/** Undefined where the container doesn't run. */
export function runningContainer({
  container,
  containerID,
  state,
}: ContainerRecord): RunningContainer | undefined {
  const startedAt = parseTime(state.running?.startedAt);
  return startedAt === undefined || containerID === undefined
    ? undefined
    : {
        name: container.name,
        id: containerID.slice(PROCESS_SCHEME.length),
        startedAt,
      };
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
