import type { ContainerStatus, Pod } from '../objects/kubernetes';

/** Why a pod does not run as it should. */
export interface PodProblem {
  /** CamelCase reason as the kubelet or scheduler gives it. */
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
  readonly pod: string;
}

const IMAGE_REASONS = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
]);

const START_REASONS = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

const LONGEST_MESSAGE = 300;

// The kubelet takes turns between trying and waiting; the cause stays the same.
const BACK_OFF = /^Back-off pulling image "[^"]*": \w+: /;
const RPC = /^rpc error: code = \w+ desc = /;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_MESSAGE
    ? `${line.slice(0, LONGEST_MESSAGE - 1)}…`
    : line;
}

function containerProblem(
  pod: string,
  status: ContainerStatus,
): PodProblem | undefined {
  const waiting = status.state?.waiting;
  if (waiting?.reason && IMAGE_REASONS.has(waiting.reason)) {
    return {
      reason: waiting.reason,
      message: shorten(
        `The image ${status.image ?? ''} of ${pod} can't be pulled: ${
          waiting.message?.replace(BACK_OFF, '').replace(RPC, '') ??
          waiting.reason
        }`,
      ),
      pod,
    };
  }
  const killed = [status.state?.terminated, status.lastState?.terminated].find(
    terminated => terminated?.reason === 'OOMKilled',
  );
  if (killed) {
    return {
      reason: 'OOMKilled',
      message: `Container ${status.name} of ${pod} was killed because it was out of memory; ask for more memory`,
      pod,
    };
  }
  if (waiting?.reason && START_REASONS.has(waiting.reason)) {
    return {
      reason: waiting.reason,
      message: shorten(
        `Container ${status.name} of ${pod} does not start: ${
          waiting.message ?? waiting.reason
        }`,
      ),
      pod,
    };
  }
  return undefined;
}

/**
 * What keeps a pod from running: an image that can't be pulled, no node with
 * room, a container that doesn't start or was out of memory. `undefined` for a
 * pod that is well or merely starting.
 *
 * Source: Kubernetes' Pod lifecycle (container states, `PodScheduled`).
 */
export function podProblem(pod: Pod): PodProblem | undefined {
  const name = pod.metadata.name;
  const unscheduled = pod.status?.conditions?.find(
    condition =>
      condition.type === 'PodScheduled' &&
      condition.status === 'False' &&
      condition.reason === 'Unschedulable',
  );
  if (unscheduled) {
    return {
      reason: 'Unschedulable',
      message: shorten(
        `No node has room for ${name}: ${unscheduled.message ?? ''}`,
      ),
      pod: name,
    };
  }
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  for (const status of statuses) {
    const problem = containerProblem(name, status);
    if (problem) {
      return problem;
    }
  }
  if (pod.status?.reason === 'Evicted') {
    return {
      reason: 'Evicted',
      message: shorten(`${name} was evicted: ${pod.status.message ?? ''}`),
      pod: name,
    };
  }
  return undefined;
}
