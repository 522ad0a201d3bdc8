import type {
  Job,
  Condition,
  Pod,
} from '@ml-platform/embedded-controller-runtime';

/** Keeps an ended pod until the job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';

export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

/** The condition that the job has ended with, if it has. */
export function finished(job: Job): Condition | undefined {
  return job.status?.conditions?.find(
    ({ type, status }) =>
      (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}
