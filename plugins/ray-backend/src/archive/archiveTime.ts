import type { JobAttempt, RayJob } from '@ml-platform/rayjob';

const ENDED_RUN = new Set(['SUCCEEDED', 'FAILED', 'STOPPED']);
const ENDED_ATTEMPT = new Set(['Complete', 'Failed', 'Retrying']);
const STARTING = new Set(['New', 'Initializing', 'Waiting']);

/** Whether all that an attempt's driver will write is written, or soon will be. */
export function attemptEnded({ status }: RayJob, attempt: JobAttempt): boolean {
  const deployment = status?.jobDeploymentStatus ?? '';
  const ran = Boolean(attempt.jobId ?? attempt.rayCluster);
  return (
    ENDED_ATTEMPT.has(deployment) ||
    (deployment === 'Suspended' && ran) ||
    (ENDED_RUN.has(status?.jobStatus ?? '') && !STARTING.has(deployment))
  );
}

/**
 * Whether an attempt's driver writes now. A log that is read only when it has
 * ended lacks what the node rotated away (10 MiB are kept by default), and all of
 * it where it went with the Ray cluster (HTTPMode, SidecarMode).
 */
export function attemptWrites({ status }: RayJob): boolean {
  return status?.jobStatus === 'RUNNING';
}
