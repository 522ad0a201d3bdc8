import { afterCause, isTerminal, type JobSummary } from '@ml-platform/rayjob';

/** Reason of a job that somebody deleted before it ended. */
export const REASON_DELETED = 'Deleted';

/** Reason of a job whose manifest was removed from git before it ended. */
export const REASON_STOPPED_THROUGH_GIT = 'StoppedThroughGit';

const DELETED = 'The job was deleted from its cluster before it ended';

/** Why a job that had not ended is no longer on its cluster. */
function cause({ gitops }: JobSummary): {
  readonly reason: string;
  readonly message: string;
} {
  const { verb, merged, pullRequestUrl } = gitops?.pendingChange ?? {};
  return merged && verb !== 'retry'
    ? {
        reason: REASON_STOPPED_THROUGH_GIT,
        message: `Stopped through ${pullRequestUrl}`,
      }
    : {
        reason: REASON_DELETED,
        message: DELETED,
      };
}

/** The row of a job whose object is gone, as it stays in the list. */
export function goneSummary(last: JobSummary, now: Date): JobSummary {
  const workers = { ...last.workers, ready: 0 };
  const { reason, message } = cause(last);
  return isTerminal(last.state)
    ? { ...last, workers }
    : {
        ...last,
        reason,
        message: afterCause(message, last),
        workers,
        state: 'stopped',
        endedAt: now.toISOString(),
        queue: undefined,
      };
}

/**
 * The row of a job that is gone, where git has told only now that the job was
 * removed through it; `undefined` where that is not so, or known already.
 */
export function stoppedThroughGit(gone: JobSummary): JobSummary | undefined {
  const told = cause(gone);
  return gone.reason === REASON_DELETED && told.reason !== REASON_DELETED
    ? {
        ...gone,
        ...told,
        message: gone.message?.replace(DELETED, () => told.message),
      }
    : undefined;
}
