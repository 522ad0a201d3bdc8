import type { JobState } from '../summary/types';
import { joinSentences } from './endedState';
import type { JobStateResult } from './stateResult';
import {
  failureReason,
  isRootCause,
  losesNode,
  tellsError,
} from './rootCauses';
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

/** The reason of a job that has left its pods, whose cause was seen of them. */
function reasonAfter(next: Told, before: Told, told: boolean) {
  switch (next.state) {
    case 'suspended':
      return before.reason;
    case 'failed':
    case 'retrying':
      return failureReason(
        {
          reason: next.reason,
          message: next.message,
          told,
          ran: before.state === 'running',
        },
        before.reason,
      );
    default:
      return next.reason;
  }
}

/** A job that ended, with the cause that was seen before it did. */
function withCause<T extends Told>(next: T, before: Told): T {
  const told = tellsError(next.message);
  const reason = reasonAfter(next, before, told);
  if (next.message?.includes(before.message ?? '')) {
    return { ...next, reason };
  }
  // As in the state itself: the program's own error is closer to the cause.
  const own = told && reason === next.reason;
  const message = own
    ? joinSentences(next.message, before.message)
    : afterCause(next.message, before);
  return { ...next, reason, message };
}

/**
 * A job's state with the cause that was known before. When a job fails, or is
 * stopped or suspended, its pods go, and KubeRay says no more than that; what was
 * seen of the pods stays. The reason of a suspended job stays too, by which
 * {@link afterCause} knows the cause if the job is deleted. That a head can't be
 * reached any more says less than what took it away.
 */
export function keepCause<T extends Told>(next: T, before?: Told): T {
  if (!before?.message || before.attempt !== next.attempt) {
    return next;
  }
  const { reason, message } = before;
  if (next.reason === 'RayUnreachable' && losesNode(reason)) {
    return { ...next, reason, message };
  }
  if (!WITHOUT_PODS.has(next.state)) {
    return next;
  }
  if (before.state === next.state) {
    const keeps = next.message && message.includes(next.message);
    return keeps
      ? { ...next, reason: isRootCause(reason) ? reason : next.reason, message }
      : next;
  }
  return isRootCause(reason) ? withCause(next, before) : next;
}
