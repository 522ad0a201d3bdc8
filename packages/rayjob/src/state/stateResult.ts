import type { JobState } from '../summary/types';

/** State of a job with the reason that its page shows. */
export interface JobStateResult {
  readonly state: JobState;
  readonly reason?: string;
  readonly message?: string;
}
