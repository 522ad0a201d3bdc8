import { CANCELLED_BUILD } from '../ImageBuilder';
import { BUILD_CANCELLED } from './buildJob';
import { endOf, type BuildJob, type BuildPod } from './buildJobTypes';
import { podFailure } from './podFailure';

/** How far the Job of a build is. Whether it succeeded, the registry tells. */
export type JobState =
  | { readonly state: 'queued' | 'running' }
  | { readonly state: 'ended' }
  | { readonly state: 'failed'; readonly error: string };

function newestFirst(a: BuildPod, b: BuildPod): number {
  return (b.metadata.creationTimestamp ?? '').localeCompare(
    a.metadata.creationTimestamp ?? '',
  );
}

function failure(job: BuildJob, pods: readonly BuildPod[]): string {
  const { annotations = {} } = job.metadata;
  if (annotations[BUILD_CANCELLED]) {
    return CANCELLED_BUILD;
  }
  const end = endOf(job);
  if (end?.reason === 'DeadlineExceeded') {
    const minutes = Math.round((job.spec.activeDeadlineSeconds ?? 0) / 60);
    return `The build took longer than ${minutes} minutes, which is the limit; make it quicker, or raise ray.builder.timeoutMinutes`;
  }
  const [told] = [...pods]
    .sort(newestFirst)
    .flatMap(pod => podFailure(pod) ?? []);
  return (
    told ??
    `The pods of the build were lost (${end?.message ?? 'Kubernetes gives no reason'}); start it again`
  );
}

/** What a Job and its pods say about a build. */
export function jobState(job: BuildJob, pods: readonly BuildPod[]): JobState {
  const end = endOf(job);
  if (end) {
    return end.type === 'Complete'
      ? { state: 'ended' }
      : { state: 'failed', error: failure(job, pods) };
  }
  const running = pods.some(({ status }) =>
    status?.containerStatuses?.some(({ state }) => state?.running),
  );
  return { state: running ? 'running' : 'queued' };
}

/** True for a Job that was told to begin, and that hasn't ended. */
export function isActive(job: BuildJob): boolean {
  return !endOf(job) && !job.spec.suspend && !job.metadata.deletionTimestamp;
}
