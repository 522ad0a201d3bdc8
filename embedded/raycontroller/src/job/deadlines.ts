import { isJobTerminal, type RayJob, type RayJobStatus } from '../crd/rayJob';
import {
  formatTime,
  parseTime,
} from '@ml-platform/embedded-controller-runtime';

/** How long KubeRay waits before it gives up on something. In seconds. */
export interface Patience {
  /** For the end of the RayJob after Ray said that the job had ended. */
  readonly transitionSeconds: number;
  /** While Ray's dashboard does not answer. */
  readonly statusCheckSeconds: number;
  /** For Ray's word of the job's end after its submitter had ended. */
  readonly submitterSeconds: number;
}

export const defaultPatience: Patience = {
  transitionSeconds: 300,
  statusCheckSeconds: 300,
  submitterSeconds: 30,
};

/** Failed, once `activeDeadlineSeconds` have passed since the attempt began. */
export function activeDeadline(
  job: RayJob,
  now: number,
): RayJobStatus | undefined {
  return deadline(job, now, 'activeDeadlineSeconds', 'DeadlineExceeded');
}

/** Failed, once `preRunningDeadlineSeconds` have passed and it does not run. */
export function preRunningDeadline(
  job: RayJob,
  now: number,
): RayJobStatus | undefined {
  return deadline(
    job,
    now,
    'preRunningDeadlineSeconds',
    'PreRunningDeadlineExceeded',
  );
}

/** Ended as Ray said, where the submitter does not come to its own end. */
export function transitionGrace(
  { status = {} }: RayJob,
  now: number,
  patience: Patience,
): RayJobStatus | undefined {
  const endedAt = parseTime(status.rayJobInfo?.endTime);
  if (
    !isJobTerminal(status.jobStatus) ||
    endedAt === undefined ||
    now < endedAt + patience.transitionSeconds * 1000
  ) {
    return undefined;
  }
  return {
    ...status,
    jobDeploymentStatus: status.jobStatus === 'FAILED' ? 'Failed' : 'Complete',
    reason: 'JobDeploymentStatusTransitionGracePeriodExceeded',
    message:
      'JobDeploymentStatus does not transition to Complete or Failed within the grace period after JobStatus reaches a terminal state.',
  };
}

/** Failed, where Ray's dashboard has not answered for too long. */
export function statusCheckTimeout(
  { status = {} }: RayJob,
  now: number,
  patience: Patience,
): RayJobStatus | undefined {
  const since = parseTime(status.jobStatusCheckFailureStartTime);
  const seconds = patience.statusCheckSeconds;
  if (since === undefined || now < since + seconds * 1000) {
    return undefined;
  }
  return {
    ...status,
    jobDeploymentStatus: 'Failed',
    reason: 'JobStatusCheckTimeoutExceeded',
    message: `Job status checks have been failing since ${formatDateTime(since)}; exceeded timeout of ${seconds}s`,
  };
}

/** Notes when the dashboard stopped answering; the same status if it had before. */
export function statusCheckFailed(
  status: RayJobStatus,
  now: number,
): RayJobStatus {
  return {
    ...status,
    jobStatusCheckFailureStartTime:
      status.jobStatusCheckFailureStartTime ?? formatTime(now),
  };
}

/** Failed, where the submitter ended and Ray does not say that the job did. */
export function submitterTimeout(
  { status = {} }: RayJob,
  now: number,
  finishedAt: number | undefined,
  patience: Patience,
): RayJobStatus | undefined {
  const seconds = patience.submitterSeconds;
  if (finishedAt === undefined || now < finishedAt + seconds * 1000) {
    return undefined;
  }
  return {
    ...status,
    jobStatus: 'FAILED',
    jobDeploymentStatus: 'Failed',
    reason: 'JobDeploymentStatusTransitionGracePeriodExceeded',
    message: `The RayJob submitter finished at ${formatDateTime(finishedAt)} but the ray job did not reach terminal state within ${seconds}s`,
  };
}

function deadline(
  { spec, status = {} }: RayJob,
  now: number,
  field: 'activeDeadlineSeconds' | 'preRunningDeadlineSeconds',
  reason: 'DeadlineExceeded' | 'PreRunningDeadlineExceeded',
): RayJobStatus | undefined {
  const seconds = spec[field];
  const since = parseTime(status.startTime);
  if (
    seconds === undefined ||
    since === undefined ||
    now < since + seconds * 1000
  ) {
    return undefined;
  }
  const title = field.charAt(0).toUpperCase() + field.slice(1);
  return {
    ...status,
    jobDeploymentStatus: 'Failed',
    reason,
    message: `The RayJob has passed the ${field}. StartTime: ${formatDateTime(since)} +0000 UTC. ${title}: ${seconds}`,
  };
}

/** A time for people, for example `2026-01-31 12:00:00`. */
function formatDateTime(ms: number): string {
  return formatTime(ms).replace('T', ' ').replace('Z', '');
}
