import type { Pod } from '../objects/kubernetes';
import { jobPod, podRole } from './jobDetail';
import type { JobAttempt } from './types';

/**
 * The attempts with what the head of the last one says of its start: the pod is gone
 * before the next attempt begins.
 *
 * @param pods - those of the last attempt
 */
export function withHead(
  attempts: readonly JobAttempt[],
  pods: readonly Pod[],
): readonly JobAttempt[] {
  const last = attempts.at(-1);
  const pod = pods.find(one => podRole(one) === 'head');
  if (!last || !pod) {
    return attempts;
  }
  const { scheduledAt, startedAt, containers } = jobPod(pod);
  const isSame = last.head?.scheduledAt === scheduledAt;
  const known = isSame ? last.head?.startedAt : undefined;
  const isRestarted = containers.some(one => one.restartCount > 0);
  if (isRestarted && !known && !startedAt) {
    // Nothing tells any more when its first container started.
    return attempts;
  }
  const head = { scheduledAt, startedAt: known ?? startedAt };
  return [...attempts.slice(0, -1), { ...last, head }];
}
