import type { JobPosition, JobSummary } from '@ml-platform/rayjob';

/** Where a walk through jobs in an order begins, and which way it goes. */
export interface JobWalk {
  /** The place that it goes on from; from the beginning where absent. */
  readonly after?: JobPosition;
  readonly descending: boolean;
  /** Milliseconds since the epoch, for the duration of what runs. */
  readonly now: number;
}

/** Jobs in the order of a field, kept as they change. */
export interface JobSequence {
  change(before: JobSummary | undefined, after: JobSummary | undefined): void;
  /** The jobs one after the other; a walk ends with the next change. */
  walk(walk: JobWalk): Iterable<JobSummary>;
}
