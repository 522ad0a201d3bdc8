import { isTerminal, jobState, type RayJob } from '@ml-platform/rayjob';

/** True when no further run can write to the driver's log. */
export function hasEnded(job: RayJob): boolean {
  const { jobStatus } = job.status ?? {};
  return (
    isTerminal(jobState(job).state) ||
    jobStatus === 'SUCCEEDED' ||
    jobStatus === 'STOPPED'
  );
}
