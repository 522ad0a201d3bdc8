import type { Condition, KubeObject, Labels } from '../../kubeapi/objects';
import type { Pod, PodSpec } from '../../kubeapi/podObjects';

/** A `batch/v1` Job, as far as the controller understands it. */
export interface Job extends KubeObject {
  readonly spec: {
    readonly parallelism?: number;
    readonly completions?: number;
    readonly backoffLimit?: number;
    readonly activeDeadlineSeconds?: number;
    readonly ttlSecondsAfterFinished?: number;
    readonly suspend?: boolean;
    readonly template: {
      readonly metadata?: {
        readonly labels?: Labels;
        readonly annotations?: Labels;
      };
      readonly spec: PodSpec;
    };
  };
  readonly status?: JobStatus;
}

export interface JobStatus {
  readonly active?: number;
  readonly ready?: number;
  readonly terminating?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly startTime?: string;
  readonly completionTime?: string;
  readonly conditions?: readonly Condition[];
  /** Pods that have ended and are not in the counts yet, by uid. */
  readonly uncountedTerminatedPods?: {
    readonly succeeded?: readonly string[];
    readonly failed?: readonly string[];
  };
}

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
