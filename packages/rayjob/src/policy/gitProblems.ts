import type { RayJob } from '../objects/kubernetes';
import { eachField } from './fields';

/**
 * What in a job goes wrong where git is the source of truth, one sentence each.
 * A job that deletes itself is made and run again by the GitOps engine.
 */
export function gitProblems(job: RayJob): string[] {
  const deletes = [...eachField(job.spec, new Set())].some(
    ({ key, value }) => key === 'policy' && value === 'DeleteSelf',
  );
  return deletes
    ? [
        'The job deletes itself (deletionStrategy DeleteSelf), so that git brings it back and it runs again; use DeleteCluster, or ttlSecondsAfterFinished',
      ]
    : [];
}
