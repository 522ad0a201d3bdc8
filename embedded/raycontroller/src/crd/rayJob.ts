import type * as product from '@ml-platform/rayjob';
import type { SubmissionMode } from '@ml-platform/rayjob';
import type {
  Labels,
  PodTemplate,
} from '@ml-platform/embedded-controller-runtime';
import type { KubeObject } from '../kube/objects';
import type { RayClusterSpec, RayClusterStatus } from './rayCluster';

export type { SubmissionMode };

/** Ray's own word for a job; empty before Ray was heard. */
export type JobStatus =
  '' | 'PENDING' | 'RUNNING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED';

export type JobDeploymentStatus =
  | ''
  | 'Initializing'
  | 'Waiting'
  | 'Running'
  | 'Complete'
  | 'Failed'
  | 'ValidationFailed'
  | 'Suspending'
  | 'Suspended'
  | 'Retrying';

export type JobFailedReason =
  | 'SubmissionFailed'
  | 'DeadlineExceeded'
  | 'PreRunningDeadlineExceeded'
  | 'AppFailed'
  | 'JobDeploymentStatusTransitionGracePeriodExceeded'
  | 'JobStatusCheckTimeoutExceeded'
  | 'ValidationFailed';

export type DeletionPolicy =
  'DeleteCluster' | 'DeleteWorkers' | 'DeleteSelf' | 'DeleteNone';

export interface DeletionRule {
  readonly policy: DeletionPolicy;
  readonly condition: {
    readonly jobStatus?: JobStatus;
    readonly jobDeploymentStatus?: JobDeploymentStatus;
    readonly ttlSeconds?: number;
  };
}

export interface DeletionStrategy {
  readonly onSuccess?: { readonly policy?: DeletionPolicy };
  readonly onFailure?: { readonly policy?: DeletionPolicy };
  readonly deletionRules?: readonly DeletionRule[];
}

/** What the operator reads of a spec besides what everybody reads. */
export interface RayJobSpec extends product.RayJobSpec {
  readonly metadata?: Labels;
  readonly entrypointNumCpus?: number;
  readonly entrypointNumGpus?: number;
  readonly entrypointResources?: string;
  readonly submissionMode?: SubmissionMode;
  readonly rayClusterSpec?: RayClusterSpec;
  readonly preRunningDeadlineSeconds?: number;
  readonly submitterConfig?: { readonly backoffLimit?: number };
  readonly submitterPodTemplate?: PodTemplate;
  readonly deletionStrategy?: DeletionStrategy;
  readonly managedBy?: string;
}

/** The same of a status: its words are those that the operator knows. */
export interface RayJobStatus extends product.RayJobStatus {
  readonly jobStatus?: JobStatus;
  readonly jobDeploymentStatus?: JobDeploymentStatus;
  readonly reason?: JobFailedReason;
  readonly rayClusterStatus?: RayClusterStatus;
  readonly jobStatusCheckFailureStartTime?: string;
}

export type RayJob = KubeObject & {
  readonly spec: RayJobSpec;
  readonly status?: RayJobStatus;
};

export const rayJobFinalizer = 'ray.io/rayjob-finalizer';

export function submissionModeOf(job: RayJob): SubmissionMode {
  return job.spec.submissionMode ?? 'K8sJobMode';
}

/** Whether Ray says that the job has ended. */
export function isJobTerminal(status: JobStatus | undefined): boolean {
  return status === 'STOPPED' || status === 'SUCCEEDED' || status === 'FAILED';
}

export function isDeploymentTerminal(
  status: JobDeploymentStatus | undefined,
): boolean {
  return status === 'Complete' || status === 'Failed';
}

/** Whether the job runs on a RayCluster that was there before it. */
export function usesClusterSelector(job: RayJob): boolean {
  return Object.keys(job.spec.clusterSelector ?? {}).length > 0;
}

/** Whether another controller (Kueue's MultiKueue) looks after the object. */
export function isManagedElsewhere(managedBy: string | undefined): boolean {
  return managedBy !== undefined && managedBy !== 'ray.io/kuberay-operator';
}
