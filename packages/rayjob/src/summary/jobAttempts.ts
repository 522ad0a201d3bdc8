import type { RayJob } from '../objects/kubernetes';
import type { JobAttempt } from './types';

/** What names one run of a job: KubeRay makes a new pair for each. */
export type AttemptRun = Pick<JobAttempt, 'jobId' | 'rayCluster'>;

function runOf({ status }: RayJob): AttemptRun {
  return {
    jobId: status?.jobId || undefined,
    rayCluster: status?.rayClusterName || undefined,
  };
}

const isNamed = ({ jobId, rayCluster }: AttemptRun) =>
  jobId !== undefined || rayCluster !== undefined;

const differ = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && a !== b;

/**
 * True once an attempt is over for a job: another run has begun, or KubeRay has
 * taken the names of this one away, which it does when it suspends or retries.
 */
export function hasLeftRun(run: AttemptRun, job: RayJob): boolean {
  const now = runOf(job);
  return isNamed(now)
    ? differ(run.jobId, now.jobId) || differ(run.rayCluster, now.rayCluster)
    : isNamed(run);
}
