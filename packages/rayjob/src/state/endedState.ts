import type { Pod, RayJob } from '../objects/kubernetes';
import type { JobStateResult } from './stateResult';
import { podsProblem } from './podProblem';
import { refusedPod } from './refusals';
import {
  causeInError,
  failureReason,
  losesNode,
  tellsError,
  tellsLoss,
} from './rootCauses';
import { statusMessage } from './statusMessage';

/** Sentences one after the other, each of them once. */
export function joinSentences(
  ...sentences: readonly (string | undefined)[]
): string | undefined {
  const all = new Set(sentences.filter(Boolean));
  return [...all].join('. ').replace(/\.\. /g, '. ') || undefined;
}

function failed(job: RayJob, pods: readonly Pod[]): JobStateResult {
  const { jobStatus, reason, message, rayClusterStatus } = job.status ?? {};
  const entrypoint = jobStatus === 'FAILED';
  const problem =
    podsProblem(pods, entrypoint ? 'entrypoint' : 'starting') ??
    (jobStatus ? undefined : refusedPod(rayClusterStatus));
  const general = statusMessage(message);
  const told = tellsError(general);
  // The program's own error is closer to the cause than what its pods say, unless
  // it tells no more than that it lost one of them.
  const lost = losesNode(problem?.reason) && tellsLoss(general);
  const first = told && !lost ? general : undefined;
  // KubeRay does not stop the Ray job when a deadline passes (kuberay#2314).
  const contradiction =
    jobStatus === 'RUNNING' || jobStatus === 'PENDING'
      ? 'Ray still reports the entrypoint as running'
      : undefined;
  return {
    state: 'failed',
    reason:
      failureReason(
        {
          reason: reason || (entrypoint ? 'AppFailed' : undefined),
          message: general,
          told,
          ran: entrypoint || jobStatus === 'RUNNING',
        },
        problem?.reason ?? causeInError(general),
      ) ?? 'Failed',
    message: joinSentences(first, problem?.message, general, contradiction),
  };
}

/** How a job ended that KubeRay is done with: see `jobState`. */
export function endedState(job: RayJob, pods: readonly Pod[]): JobStateResult {
  const { jobStatus, jobDeploymentStatus, reason, message } = job.status ?? {};
  const text = statusMessage(message);
  if (jobDeploymentStatus === 'ValidationFailed') {
    return {
      state: 'failed',
      reason: reason || 'ValidationFailed',
      message: text,
    };
  }
  if (jobDeploymentStatus === 'Failed' || jobStatus === 'FAILED') {
    return failed(job, pods);
  }
  switch (jobStatus) {
    case 'SUCCEEDED':
      return { state: 'succeeded', reason: reason || undefined, message: text };
    case 'STOPPED':
      return { state: 'stopped', reason: reason || 'Stopped', message: text };
    default:
      return {
        state: 'unknown',
        reason: reason || 'Complete',
        message: `KubeRay calls the job complete, but Ray ${
          jobStatus
            ? `gives the entrypoint the status ${jobStatus}`
            : 'reports nothing about its entrypoint'
        }`,
      };
  }
}
