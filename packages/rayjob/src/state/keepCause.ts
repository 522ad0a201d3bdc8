import type { JobState } from '../summary/types';
import { joinSentences } from './endedState';
import type { JobStateResult } from './stateResult';
import { isRootCause } from './podProblem';
import { SUSPENDED } from './suspendedState';

/** A state, and the attempt that it is of. */
type Told = JobStateResult & { readonly attempt: number };

/** States of a job that its pods have left. */
const WITHOUT_PODS: ReadonlySet<JobState> = new Set([
  'failed',
  'retrying',
  'stopped',
  'suspended',
]);

/** How a job ended, after the cause that was known before. */
export function afterCause(
  end: string | undefined,
  before: Pick<JobStateResult, 'reason' | 'message'>,
): string | undefined {
  if (!isRootCause(before.reason)) {
    return end;
  }
  // A job that has ended is not suspended any more.
  const cause = before.message?.replace(`. ${SUSPENDED}`, '');
  return joinSentences(cause, end);
}

/**
 * A job's state with the cause that was known before. When a job fails, or is
 * stopped or suspended, its pods go, and KubeRay says no more than that; what was
 * seen of the pods stays first. The reason of a suspended job stays too, by which
 * {@link afterCause} knows the cause if the job is deleted.
 */
export function keepCause<T extends Told>(next: T, before?: Told): T {
  if (
    !WITHOUT_PODS.has(next.state) ||
    !before?.message ||
    before.attempt !== next.attempt
  ) {
    return next;
  }
  const keeps = next.state === 'suspended' && isRootCause(before.reason);
  const reason = keeps ? before.reason : next.reason;
  if (before.state === next.state) {
    const ends = next.message && before.message.endsWith(next.message);
    return ends ? { ...next, reason, message: before.message } : next;
  }
  return isRootCause(before.reason) && !next.message?.startsWith(before.message)
    ? { ...next, reason, message: afterCause(next.message, before) }
    : next;
}
