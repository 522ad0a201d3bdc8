import type { RunEvent } from '../history/RunEvents';
import type { JobAttempt, JobSummary, RayJob } from '@ml-platform/rayjob';

/** Told of what the watches see, beside the index. Must be quick. */
export interface JobObserver {
  /**
   * A RayJob is new or has changed. The object is not to be kept.
   * @param attempts - all that are known, the current one last
   */
  seen(cluster: string, job: RayJob, attempts: readonly JobAttempt[]): void;
  /**
   * The submitter of the current attempt has started, though the job may not
   * know it yet. Told again with each change of a pod.
   */
  submitted?(job: JobSummary, attempt: JobAttempt): void;
  /** Kubernetes tells an event of a run, or tells again of one. */
  happened?(run: JobSummary, event: RunEvent): void;
  /** A RayJob is no longer on its cluster; `last` is its last row. */
  gone(last: JobSummary): void;
}
