import type { Condition } from '../crd/rayCluster';
import type { Pod } from '../kube/objects';
import { formatTime } from '@ml-platform/embedded-controller-runtime';

export type ConditionUpdate = Omit<Condition, 'lastTransitionTime'>;

/** Sets a condition in its place; its time changes only with its status. */
export function setCondition(
  conditions: readonly Condition[],
  update: ConditionUpdate,
  now: number,
): readonly Condition[] {
  const known = conditions.find(({ type }) => type === update.type);
  if (!known) {
    return [...conditions, { ...update, lastTransitionTime: formatTime(now) }];
  }
  const lastTransitionTime =
    known.status === update.status ? known.lastTransitionTime : formatTime(now);
  return conditions.map(condition =>
    condition === known ? { ...update, lastTransitionTime } : condition,
  );
}

export function removeCondition(
  conditions: readonly Condition[],
  type: string,
): readonly Condition[] {
  return conditions.filter(condition => condition.type !== type);
}

export function isTrue(
  conditions: readonly Condition[] | undefined,
  type: string,
): boolean {
  return (
    conditions?.some(
      condition => condition.type === type && condition.status === 'True',
    ) ?? false
  );
}

/** HeadPodReady: the pod's own Ready, with the container's reason where it has one. */
export function headPodReady(head: Pod | undefined): ConditionUpdate {
  const type = 'HeadPodReady';
  if (!head) {
    return {
      type,
      status: 'False',
      reason: 'HeadPodNotFound',
      message: 'Head Pod not found',
    };
  }
  const ready = head.status?.conditions?.find(
    condition => condition.type === 'Ready',
  );
  if (!ready) {
    return { type, status: 'False', reason: 'Unknown', message: '' };
  }
  const status = ready.status === 'True' ? 'True' : 'False';
  const message = ready.message ?? '';
  if (ready.reason === 'ContainersNotReady') {
    const container = firstNotRunning(head);
    if (container) {
      return {
        type,
        status,
        reason: container.reason || 'Unknown',
        message: [message, container.message].filter(Boolean).join('; '),
      };
    }
  }
  const fallback = status === 'True' ? 'HeadPodRunningAndReady' : 'Unknown';
  return { type, status, reason: ready.reason || fallback, message };
}

function firstNotRunning(pod: Pod) {
  for (const { name, state } of pod.status?.containerStatuses ?? []) {
    const stopped = state?.waiting ?? state?.terminated;
    if (stopped) {
      return {
        reason: stopped.reason,
        message: `${name}: ${stopped.message ?? ''}`,
      };
    }
  }
  return undefined;
}
