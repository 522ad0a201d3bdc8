import { joinSentences } from './endedState';
import type { JobStateResult } from './stateResult';
import { isRootCause } from './podProblem';

/** A state, and the attempt that it is of. */
type Told = JobStateResult & { readonly attempt: number };

/** How a job ended, after the cause that was known before. */
export function afterCause(
  end: string | undefined,
  before: Pick<JobStateResult, 'reason' | 'message'>,
): string | undefined {
  return isRootCause(before.reason) ? joinSentences(before.message, end) : end;
}

/**
 * A job's state with the cause that was known before. When a job fails, its
 * pods go, and KubeRay says only in general that it failed; what was seen of
 * the pods stays first.
 */
export function keepCause<T extends Told>(next: T, before?: Told): T {
  if (
    (next.state !== 'failed' && next.state !== 'retrying') ||
    !before?.message ||
    before.attempt !== next.attempt
  ) {
    return next;
  }
  if (before.state === next.state) {
    const ends = next.message && before.message.endsWith(next.message);
    return ends ? { ...next, message: before.message } : next;
  }
  return isRootCause(before.reason) && !next.message?.startsWith(before.message)
    ? { ...next, message: joinSentences(before.message, next.message) }
    : next;
}
