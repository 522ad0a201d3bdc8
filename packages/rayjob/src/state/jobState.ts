import type { Pod, RayJob } from '../objects/kubernetes';
import { podProblem, type PodProblem } from './podProblem';
import {
  NO_QUEUE_FACTS,
  queueState,
  type QueueFacts,
} from '../queue/queueState';
import { KUEUE_LABEL_QUEUE } from '../objects/rayLabels';
import { statusMessage } from './statusMessage';
import type { JobState } from '../summary/types';

/** State of a job with the reason that its page shows. */
export interface JobStateResult {
  readonly state: JobState;
  readonly reason?: string;
  readonly message?: string;
}

const TERMINAL: ReadonlySet<JobState> = new Set([
  'succeeded',
  'failed',
  'stopped',
]);

/** True for a state that a job does not leave again. */
export function isTerminal(state: JobState): boolean {
  return TERMINAL.has(state);
}

function suspended(job: RayJob, queue: QueueFacts): JobStateResult {
  return (
    queueState(job.metadata.labels?.[KUEUE_LABEL_QUEUE], queue) ?? {
      state: 'suspended',
      reason: 'Suspended',
      message: 'Suspended; it runs once spec.suspend is false again',
    }
  );
}

function failed(job: RayJob, problem: PodProblem | undefined): JobStateResult {
  const { jobStatus, reason, message } = job.status ?? {};
  const notes = [statusMessage(message)];
  // KubeRay does not stop the Ray job when a deadline passes (kuberay#2314).
  if (jobStatus === 'RUNNING' || jobStatus === 'PENDING') {
    notes.push('Ray still reports the entrypoint as running');
  }
  if (problem?.reason === 'OOMKilled') {
    notes.push(problem.message);
  }
  return {
    state: 'failed',
    reason: reason || 'Failed',
    message: notes.filter(Boolean).join('. ') || undefined,
  };
}

function complete(job: RayJob): JobStateResult {
  const { jobStatus, reason, message } = job.status ?? {};
  const text = statusMessage(message);
  switch (jobStatus) {
    case 'SUCCEEDED':
      return { state: 'succeeded', reason: reason || undefined, message: text };
    case 'STOPPED':
      return { state: 'stopped', reason: reason || 'Stopped', message: text };
    case 'FAILED':
      return { state: 'failed', reason: reason || 'AppFailed', message: text };
    default:
      return {
        state: 'unknown',
        reason: reason || 'Complete',
        message: `KubeRay calls the job complete, Ray says ${
          jobStatus || 'nothing'
        } of its entrypoint`,
      };
  }
}

function running(job: RayJob, problem: PodProblem | undefined): JobStateResult {
  const { jobStatus, message } = job.status ?? {};
  switch (jobStatus) {
    case 'RUNNING':
      return problem
        ? { state: 'running', reason: problem.reason, message: problem.message }
        : { state: 'running', message: statusMessage(message) };
    case 'SUCCEEDED':
    case 'FAILED':
    case 'STOPPED':
      return {
        state: 'running',
        reason: 'Finishing',
        message: `The entrypoint has ended (${jobStatus.toLowerCase()}); KubeRay closes the job`,
      };
    case undefined:
    case '':
    case 'PENDING':
      return starting(
        problem,
        'Submitting',
        'The Ray cluster is ready; the entrypoint is being submitted',
      );
    // Of a lost head KubeRay takes the API server's refusal for an answer of
    // Ray: `Failure`, when it reaches Ray through the API server's proxy.
    default:
      return {
        state: 'running',
        reason: problem?.reason ?? 'RayUnreachable',
        message:
          problem?.message ??
          `KubeRay can't learn from Ray how the entrypoint does: ${
            statusMessage(message) ?? jobStatus
          }`,
      };
  }
}

function starting(
  problem: PodProblem | undefined,
  reason: string,
  message: string,
): JobStateResult {
  return problem
    ? { state: 'pending', reason: problem.reason, message: problem.message }
    : { state: 'pending', reason, message };
}

/**
 * What a user is told of a job that is on its cluster. KubeRay's deployment
 * status and reason decide; Ray's job status refines them; the pods say why a
 * job does not get on, which KubeRay itself never does; Kueue says why one that
 * it suspended does not start.
 *
 * Source: KubeRay 1.7 `RayJobStatus`, and recordings of its operator.
 */
export function jobState(
  job: RayJob,
  pods: readonly Pod[] = [],
  queue: QueueFacts = NO_QUEUE_FACTS,
): JobStateResult {
  const status = job.status ?? {};
  const current = pods.filter(
    pod => pod.metadata.deletionTimestamp === undefined,
  );
  const problem = current
    .map(podProblem)
    .find((found): found is PodProblem => found !== undefined);
  switch (status.jobDeploymentStatus ?? '') {
    case 'Complete':
      return complete(job);
    case 'Failed':
      return failed(job, problem);
    case 'ValidationFailed':
      return {
        state: 'failed',
        reason: status.reason || 'ValidationFailed',
        message: statusMessage(status.message),
      };
    case 'Suspending':
    case 'Suspended':
      return suspended(job, queue);
    case 'Retrying':
      return {
        state: 'retrying',
        reason: status.reason || 'Retrying',
        message: statusMessage(status.message),
      };
    case 'Running':
      return running(job, problem);
    case 'Waiting':
      return starting(
        problem,
        'Waiting',
        'The Ray cluster is ready and waits for a job to be submitted to it',
      );
    case 'Initializing':
      return starting(problem, 'Initializing', 'The Ray cluster is starting');
    case '':
      if (job.spec?.suspend) {
        return suspended(job, queue);
      }
      return (status.failed ?? 0) > 0
        ? {
            state: 'retrying',
            reason: 'Retrying',
            message: 'The last attempt failed; the next one is being prepared',
          }
        : starting(problem, 'Created', 'KubeRay has not taken up the job yet');
    default:
      return {
        state: 'unknown',
        reason: status.jobDeploymentStatus,
        message: `This portal does not know the status ${status.jobDeploymentStatus}`,
      };
  }
}
