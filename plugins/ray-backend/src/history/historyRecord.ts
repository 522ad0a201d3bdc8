import {
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

/** What names one run in the history: its name passes to others. */
export function runKey({
  cluster,
  namespace,
  name,
  uid,
}: Pick<JobSummary, 'cluster' | 'namespace' | 'name' | 'uid'>): string {
  return `${jobId({ cluster, namespace, name })}@${uid}`;
}

/** @param attempts - all that are known of the job */
export function historyRecord(
  cluster: string,
  job: RayJob,
  attempts: readonly JobAttempt[],
): HistoryRecord {
  const summary = jobSummary(cluster, job);
  const { metadata, ...rest } = job;
  return {
    id: jobId(summary),
    resourceVersion: metadata.resourceVersion ?? '',
    summary,
    // Those before the last two were written when they changed.
    attempts: attempts.slice(-2),
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
 * Two records of a run as one: the later, with the last that was seen of each
 * attempt. KubeRay shows how an attempt ended for some milliseconds only.
 */
export function mergeRecords(
  before: HistoryRecord | undefined,
  after: HistoryRecord,
): HistoryRecord {
  const attempts = new Map(
    [...(before?.attempts ?? []), ...after.attempts].map(one => [
      one.attempt,
      one,
    ]),
  );
  return { ...after, attempts: [...attempts.values()] };
}
