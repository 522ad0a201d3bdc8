export const JOBS = 'ray_job_history';
export const ATTEMPTS = 'ray_job_attempts';
export const EARLIER_RUNS = 'ray_job_earlier_runs';
export const EVENTS = 'ray_job_events';

/** The columns that the tables of jobs and of earlier runs share. */
export interface RunRow {
  readonly id: string;
  readonly uid: string;
  readonly summary: string;
  readonly manifest: string;
  readonly conditions: string;
  readonly pods: string | null;
  readonly gone_at: string | null;
}

/** What is forgotten of jobs that are gone. */
export interface GoneLimits {
  /** ISO 8601: those that went before. */
  readonly before: string;
  /** Those that are more, the first that went first. */
  readonly maxJobs: number;
}

/** Rows that are forgotten at a time. */
export const FORGET_AT_ONCE = 500;
