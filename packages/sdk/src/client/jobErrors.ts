import { CustomErrorBase } from '@backstage/errors';
import type { JobSummary } from '@ml-platform/rayjob';

/** What is known of a job that did not succeed. */
export interface JobFailure {
  readonly job: JobSummary;
  /** The last lines of the driver's log; none where there is no log. */
  readonly lastLines: readonly string[];
}

function sentence({ job, lastLines }: JobFailure, verb: string): string {
  const cause = job.message ?? job.reason;
  return [
    cause ? `${job.name} ${verb}: ${cause}` : `${job.name} ${verb}`,
    ...lastLines.map(line => `  ${line}`),
  ].join('\n');
}

/** A job that ended, and not as it should. */
abstract class JobEndError extends CustomErrorBase {
  readonly job: JobSummary;
  readonly lastLines: readonly string[];

  constructor(failure: JobFailure, verb: string) {
    super(sentence(failure, verb));
    this.job = failure.job;
    this.lastLines = failure.lastLines;
  }
}

/** The job has failed. The message holds the cause and the last lines of the log. */
export class JobFailedError extends JobEndError {
  name = 'JobFailedError' as const;

  constructor(failure: JobFailure) {
    super(failure, 'failed');
  }
}

/** Somebody stopped or deleted the job. */
export class JobStoppedError extends JobEndError {
  name = 'JobStoppedError' as const;

  constructor(failure: JobFailure) {
    super(failure, 'was stopped');
  }
}

/** The job had not ended in the time that it was given; it goes on. */
export class JobTimeoutError extends CustomErrorBase {
  name = 'JobTimeoutError' as const;
  readonly job: JobSummary;

  constructor(job: JobSummary, ms: number) {
    super(
      `${job.name} is ${job.state} after ${ms / 1000} s; it continues without being waited for`,
    );
    this.job = job;
  }
}
