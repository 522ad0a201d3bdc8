import {
  currentAttempt,
  isTerminal,
  jobConditions,
  jobId,
  jobSummary,
  redactManifest,
  type JobAttempt,
  type JobCondition,
  type JobPod,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';

/** What the history keeps of a job each time that it changes. */
export interface HistoryRecord {
  readonly id: string;
  readonly resourceVersion: string;
  readonly summary: JobSummary;
  /** Those that were seen since the last write, in order. */
  readonly attempts: readonly JobAttempt[];
  readonly conditions: readonly JobCondition[];
  /** JSON of the RayJob, redacted and without what only the API server needs. */
  readonly manifest: string;
  /** Absent when there are none at the moment: those seen before are kept. */
  readonly pods?: readonly JobPod[];
}

/** Everything that is known of a job beside its row. */
export interface HistoryDetail {
  readonly attempts: readonly JobAttempt[];
  readonly conditions: readonly JobCondition[];
  readonly pods: readonly JobPod[];
  readonly manifest: RayJob;
}

export function historyRecord(cluster: string, job: RayJob): HistoryRecord {
  const summary = jobSummary(cluster, job);
  const { metadata, ...rest } = job;
  return {
    id: jobId(summary),
    resourceVersion: metadata.resourceVersion ?? '',
    summary,
    attempts: [currentAttempt(job)],
    conditions: jobConditions(job),
    manifest: JSON.stringify(
      redactManifest({
        apiVersion: 'ray.io/v1',
        kind: 'RayJob',
        metadata: { ...metadata, managedFields: undefined },
        ...rest,
      }),
    ),
  };
}

/**
 * Two records of a job as one: the later, with the last that was seen of each
 * attempt. KubeRay shows how an attempt ended for some milliseconds only.
 */
export function mergeRecords(
  before: HistoryRecord | undefined,
  after: HistoryRecord,
): HistoryRecord {
  if (before?.summary.uid !== after.summary.uid) {
    return after;
  }
  const attempts = new Map(
    [...before.attempts, ...after.attempts].map(one => [one.attempt, one]),
  );
  return { ...after, attempts: [...attempts.values()] };
}

/** Reason of a job that did not end by itself. */
export const REASON_DELETED = 'Deleted';

/** The row of a job whose object is gone, as it stays in the list. */
export function goneSummary(last: JobSummary, now: Date): JobSummary {
  const workers = { ...last.workers, ready: 0 };
  return isTerminal(last.state)
    ? { ...last, workers }
    : {
        ...last,
        workers,
        state: 'stopped',
        reason: REASON_DELETED,
        message: 'The job was deleted from its cluster before it ended',
        endedAt: now.toISOString(),
        queue: undefined,
      };
}

/** Of attempts in order: those before the last have failed, or there were no next. */
export function settledAttempts(
  attempts: readonly JobAttempt[],
): readonly JobAttempt[] {
  return attempts.map((attempt, i) =>
    i < attempts.length - 1 && !isTerminal(attempt.state)
      ? {
          ...attempt,
          state: 'failed',
          // Of any other state the reason tells why it was in that one.
          reason: attempt.state === 'retrying' ? attempt.reason : undefined,
        }
      : attempt,
  );
}

/** What was recorded, with what the cluster says now of the last attempt. */
export function withCurrent(
  recorded: readonly JobAttempt[],
  current: JobAttempt | undefined,
): readonly JobAttempt[] {
  return current
    ? settledAttempts([
        ...recorded.filter(({ attempt }) => attempt < current.attempt),
        current,
      ])
    : recorded;
}

/**
 * The attempts of a job that is gone from its cluster: one that still ran then
 * was stopped by that.
 */
export function withDeletion(
  recorded: readonly JobAttempt[],
  { reason, endedAt }: Pick<JobSummary, 'reason' | 'endedAt'>,
): readonly JobAttempt[] {
  return recorded.map(attempt =>
    isTerminal(attempt.state)
      ? attempt
      : {
          ...attempt,
          state: 'stopped',
          reason: REASON_DELETED,
          // The row may be that of a manifest in git by now.
          endedAt: reason === REASON_DELETED ? endedAt : undefined,
        },
  );
}
