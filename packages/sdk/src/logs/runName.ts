import { jobAttempt, type JobAttempt, type RayJob } from '@ml-platform/rayjob';

/** One run of a job, as far as KubeRay has named it. */
export type Run = Pick<JobAttempt, 'attempt' | 'jobId' | 'rayCluster'>;

/** Text that tells one run of a job from the others: KubeRay names each anew. */
export function runName(job: RayJob): string {
  const { rayClusterName, jobId } = job.status ?? {};
  const names = [rayClusterName, jobId].filter(Boolean);
  return names.length > 0 ? names.join('/') : `${jobAttempt(job)}`;
}
