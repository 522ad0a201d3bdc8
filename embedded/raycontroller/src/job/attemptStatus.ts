import { randomSuffix } from '../crd/names';
import { emptyClusterStatus, type RayCluster } from '../crd/rayCluster';
import {
  isDeploymentTerminal,
  isJobTerminal,
  submissionModeOf,
  type JobDeploymentStatus,
  type JobStatus,
  type RayJob,
  type RayJobStatus,
} from '../crd/rayJob';
import { clusterStatusChanged } from '../cluster/clusterStatus';
import type { RayJobInfo } from './DashboardClient';
import { formatTime } from '@ml-platform/embedded-controller-runtime';

/*
 * How a RayJob's status changes from one state to the next. Pure: what was
 * observed goes in, the whole next status comes out. Times are in ms.
 */

/** A new attempt: the names of its job and cluster, before anything is made. */
export function initializedStatus(
  job: RayJob,
  now: number,
  suffix: () => string = randomSuffix,
): RayJobStatus {
  const { status = {}, spec, metadata } = job;
  const interactive = submissionModeOf(job) === 'InteractiveMode';
  const generated = () => `${metadata.name}-${suffix()}`;
  return {
    ...status,
    ...(!interactive && {
      jobId: status.jobId || spec.jobId || generated(),
    }),
    rayClusterName:
      status.rayClusterName ||
      spec.clusterSelector?.['ray.io/cluster'] ||
      generated(),
    jobDeploymentStatus: 'Initializing',
    startTime: formatTime(now),
    rayClusterStatus: status.rayClusterStatus ?? emptyClusterStatus,
    rayJobInfo: status.rayJobInfo ?? {},
  };
}

/** A job that breaks a rule; it is never started. */
export function refusedStatus(
  status: RayJobStatus | undefined,
  message: string,
): RayJobStatus {
  return {
    rayClusterStatus: emptyClusterStatus,
    rayJobInfo: {},
    failed: 0,
    succeeded: 0,
    ...status,
    jobDeploymentStatus: 'ValidationFailed',
    reason: 'ValidationFailed',
    message,
  };
}

/** What Ray says of the job, and whether that is its end. */
export function observedStatus(
  job: RayJob,
  cluster: RayCluster,
  info: RayJobInfo,
  submitterFinishedAt: number | undefined,
): RayJobStatus {
  const { jobStatusCheckFailureStartTime: _, ...status } = job.status ?? {};
  const mode = submissionModeOf(job);
  const hasSubmitter = mode === 'K8sJobMode' || mode === 'SidecarMode';
  // A submitter that still writes the log has to come to its end first.
  const ended =
    isJobTerminal(info.status) &&
    (!hasSubmitter || submitterFinishedAt !== undefined);
  const failed = ended && info.status === 'FAILED';
  return {
    ...status,
    rayClusterStatus: cluster.status ?? emptyClusterStatus,
    jobStatus: info.status,
    jobDeploymentStatus: ended ? endOf(info.status) : 'Running',
    reason: failed ? 'AppFailed' : undefined,
    message: info.message,
    rayJobInfo: {
      ...status.rayJobInfo,
      ...(info.startTime && { startTime: formatTime(info.startTime) }),
      ...(info.endTime && { endTime: formatTime(info.endTime) }),
    },
  };
}

/** A job that was stopped is complete as well. */
export function endOf(jobStatus: JobStatus | undefined): JobDeploymentStatus {
  return jobStatus === 'FAILED' ? 'Failed' : 'Complete';
}

/** All that belonged to an attempt is gone: ready for another, or suspended. */
export function clearedStatus(status: RayJobStatus): RayJobStatus {
  return {
    jobDeploymentStatus:
      status.jobDeploymentStatus === 'Suspending' ? 'Suspended' : '',
    startTime: status.startTime,
    endTime: status.endTime,
    failed: status.failed,
    succeeded: status.succeeded,
    rayClusterStatus: emptyClusterStatus,
    rayJobInfo: {},
  };
}

/** Counts an attempt that just ended, and turns a failure into a retry if any is left. */
export function countedStatus(job: RayJob, next: RayJobStatus): RayJobStatus {
  const deployment = next.jobDeploymentStatus;
  const failed = (next.failed ?? 0) + (deployment === 'Failed' ? 1 : 0);
  const succeeded =
    (next.succeeded ?? 0) +
    (deployment === 'Complete' && next.jobStatus === 'SUCCEEDED' ? 1 : 0);
  const finalReason =
    next.reason === 'DeadlineExceeded' ||
    next.reason === 'JobStatusCheckTimeoutExceeded';
  const retries =
    deployment === 'Failed' &&
    !finalReason &&
    job.spec.backoffLimit !== undefined &&
    failed <= job.spec.backoffLimit;
  return {
    ...next,
    failed,
    succeeded,
    ...(retries && { jobDeploymentStatus: 'Retrying' }),
  };
}

/**
 * The status to write, or undefined where it differs in nothing that counts.
 * The end of the job is timed here, as the moment it is written.
 */
export function statusToWrite(
  job: RayJob,
  next: RayJobStatus,
  now: number,
): RayJobStatus | undefined {
  const before = job.status ?? {};
  const changed =
    (before.jobStatus ?? '') !== (next.jobStatus ?? '') ||
    (before.jobDeploymentStatus ?? '') !== (next.jobDeploymentStatus ?? '') ||
    before.jobStatusCheckFailureStartTime !==
      next.jobStatusCheckFailureStartTime ||
    clusterStatusChanged(before.rayClusterStatus, next.rayClusterStatus);
  if (!changed) {
    return undefined;
  }
  const counted = countedStatus(job, next);
  const ended = isDeploymentTerminal(counted.jobDeploymentStatus);
  return {
    ...counted,
    jobStatus: counted.jobStatus || undefined,
    jobDeploymentStatus: counted.jobDeploymentStatus || undefined,
    message: counted.message || undefined,
    ...(ended && { endTime: formatTime(now) }),
  };
}
