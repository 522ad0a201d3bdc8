import type {
  Labels,
  PodTemplate,
} from '@ml-platform/embedded-controller-runtime';
import type { KubeObject } from '../kube/objects';
import type { RayClusterSpec, RayClusterStatus } from './rayCluster';

export type SubmissionMode =
  'K8sJobMode' | 'HTTPMode' | 'InteractiveMode' | 'SidecarMode';

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

export interface RayJobSpec {
  readonly entrypoint?: string;
  readonly runtimeEnvYAML?: string;
  readonly jobId?: string;
  readonly metadata?: Labels;
  readonly entrypointNumCpus?: number;
  readonly entrypointNumGpus?: number;
  readonly entrypointResources?: string;
  readonly submissionMode?: SubmissionMode;
  readonly rayClusterSpec?: RayClusterSpec;
  readonly clusterSelector?: Labels;
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
  readonly preRunningDeadlineSeconds?: number;
  readonly submitterConfig?: { readonly backoffLimit?: number };
  readonly submitterPodTemplate?: PodTemplate;
  readonly shutdownAfterJobFinishes?: boolean;
  readonly ttlSecondsAfterFinished?: number;
  readonly deletionStrategy?: DeletionStrategy;
  readonly suspend?: boolean;
  readonly managedBy?: string;
}

export interface RayJobStatus {
  readonly jobStatus?: JobStatus;
  readonly jobDeploymentStatus?: JobDeploymentStatus;
  readonly reason?: JobFailedReason;
  readonly message?: string;
  readonly jobId?: string;
  readonly rayClusterName?: string;
  /** Host and port of the dashboard, without a scheme. */
  readonly dashboardURL?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly failed?: number;
  readonly succeeded?: number;
  readonly rayClusterStatus?: RayClusterStatus;
  readonly rayJobInfo?: {
    readonly startTime?: string;
    readonly endTime?: string;
  };
  readonly jobStatusCheckFailureStartTime?: string;
}

export interface RayJob extends KubeObject {
  readonly spec: RayJobSpec;
  readonly status?: RayJobStatus;
}

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
