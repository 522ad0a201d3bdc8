import type { Pod } from '@ml-platform/embedded-controller-runtime';

/** Why a pod that took too long has failed. */
export const DEADLINE_EXCEEDED = {
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
};

/** The longest time that a timer of Node.js takes, in ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Ms until the pod has to end; undefined where it may run for ever. */
export function timeToDeadline(
  { spec }: Pod,
  startedAt: number,
  now: number,
): number | undefined {
  const seconds = spec.activeDeadlineSeconds;
  return seconds === undefined
    ? undefined
    : Math.max(0, Math.min(startedAt + seconds * 1000 - now, LONGEST_TIMER));
}
