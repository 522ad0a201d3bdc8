import type { RayJob } from '@ml-platform/backstage-plugin-ray-common';

const ENDED_RUN = new Set(['SUCCEEDED', 'FAILED', 'STOPPED']);
const ENDED_ATTEMPT = new Set(['Complete', 'Failed', 'Retrying']);
const STARTING = new Set(['New', 'Initializing', 'Waiting']);

/** Whether all that an attempt's driver will write is written, or soon will be. */
export function attemptEnded({ status }: RayJob): boolean {
  const deployment = status?.jobDeploymentStatus ?? '';
  return (
    ENDED_ATTEMPT.has(deployment) ||
    (ENDED_RUN.has(status?.jobStatus ?? '') && !STARTING.has(deployment))
  );
}

/** Whether the log goes with the Ray cluster, so that its end is too late. */
export function isFleeting({ spec, status }: RayJob): boolean {
  const mode = spec?.submissionMode || 'K8sJobMode';
  return mode !== 'K8sJobMode' && status?.jobStatus === 'RUNNING';
}
