import { headGroup, label } from '../crd/labels';
import type { TerminatedState } from '@ml-platform/embedded-controller-runtime';
import type { Pod } from '../kube/objects';

export function isHead(pod: Pod): boolean {
  return pod.metadata.labels?.[label.nodeType] === 'head';
}

export function isWorker(pod: Pod): boolean {
  return pod.metadata.labels?.[label.nodeType] === 'worker';
}

export function groupOf(pod: Pod): string {
  return pod.metadata.labels?.[label.group] ?? headGroup;
}

export function isRunning(pod: Pod): boolean {
  return pod.status?.phase === 'Running';
}

export function isReady(pod: Pod): boolean {
  return (
    isRunning(pod) &&
    (pod.status?.conditions ?? []).some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    )
  );
}

/** Whether there are pods, and all of them run and none says that it is unready. */
export function allRunning(pods: readonly Pod[]): boolean {
  return (
    pods.length > 0 &&
    pods.every(
      pod =>
        isRunning(pod) &&
        !(pod.status?.conditions ?? []).some(
          ({ type, status }) => type === 'Ready' && status !== 'True',
        ),
    )
  );
}

/** How the Ray container, the first of the pod, ended; undefined while it has not. */
function rayContainerEnd(pod: Pod): TerminatedState | undefined {
  const [ray] = pod.spec.containers;
  return pod.status?.containerStatuses?.find(({ name }) => name === ray?.name)
    ?.state?.terminated;
}

/** Whether the pod's Ray node is gone for good: nothing restarts it in this pod. */
export function isDead(pod: Pod): boolean {
  const phase = pod.status?.phase;
  if (phase === 'Failed' || phase === 'Succeeded') {
    return true;
  }
  return (
    phase === 'Running' &&
    pod.spec.restartPolicy === 'Never' &&
    rayContainerEnd(pod) !== undefined
  );
}

/** For events: how a pod that is replaced had ended. */
export function describeEnd(pod: Pod): string {
  const end = rayContainerEnd(pod);
  const container = end
    ? `exit code ${end.exitCode}${end.reason ? ` (${end.reason})` : ''}`
    : 'nil';
  return `Pod status: ${pod.status?.phase}; Pod restart policy: ${pod.spec.restartPolicy ?? 'Always'}; Ray container terminated status: ${container}`;
}
