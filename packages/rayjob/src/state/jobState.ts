import type { Pod, RayJob } from '../objects/kubernetes';
import { KUEUE_LABEL_QUEUE } from '../objects/rayLabels';
import {
  NO_QUEUE_FACTS,
  queueState,
  type QueueFacts,
} from '../queue/queueState';
import { JOB_STATES, type JobState } from '../summary/types';
import { startingCause, type Cause } from './causes';
import { endedState } from './endedState';
import { jobManager, managedElsewhere } from './jobManager';
import { lostHead, unreachableHead } from './lostHead';
import type { JobStateResult } from './stateResult';
import { olderStatus } from './olderStatus';
import { podsProblem } from './podProblem';
import { refusedPod } from './refusals';
import { statusMessage } from './statusMessage';
import { isStopping, stoppedAt } from './stopMark';
import { suspendedState } from './suspendedState';

const TERMINAL: ReadonlySet<JobState> = new Set([
  'succeeded',
  'failed',
  'stopped',
]);

/** True for a state that a job does not leave again. */
export function isTerminal(state: JobState): boolean {
  return TERMINAL.has(state);
}

/** The states of jobs that have not ended. */
export const UNENDED_STATES: readonly JobState[] = JOB_STATES.filter(
  state => !isTerminal(state),
);

/** What is known of a job beside its own object. */
interface Facts {
  readonly pods: readonly Pod[];
  readonly queue: QueueFacts;
}

/**
 * Kueue suspends and resumes the jobs of its queues, whoever else does, but for those
 * that the platform stopped: it deactivates what Kueue has of them.
 */
function suspended(job: RayJob, queue: QueueFacts): JobStateResult {
  const name = job.metadata.labels?.[KUEUE_LABEL_QUEUE];
  const queued = queueState(name, queue);
  const left = queue.kueue === 'unknown' || queued?.state === 'suspended';
  return queued && !(left && stoppedAt(job)) ? queued : suspendedState(job);
}

function pending(cause: Cause): JobStateResult {
  return { state: 'pending', reason: cause.reason, message: cause.message };
}

/** What is told of a job that was asked to stop, until it shows what came of it. */
const STOPPING: Cause = {
  reason: 'Stopping',
  message: 'It was asked to stop, and has not ended yet',
};

function starting(
  job: RayJob,
  { pods }: Facts,
  reason: string,
  message: string,
): JobStateResult {
  if (isStopping(job)) {
    return pending(STOPPING);
  }
  return pending(startingCause(job, pods) ?? { reason, message });
}

function running(job: RayJob, facts: Facts): JobStateResult {
  const { jobStatus, message } = job.status ?? {};
  if (isStopping(job) && jobStatus !== 'SUCCEEDED' && jobStatus !== 'FAILED') {
    return { state: 'running', ...STOPPING };
  }
  const problem =
    podsProblem(facts.pods, 'entrypoint') ??
    refusedPod(job.status?.rayClusterStatus);
  switch (jobStatus) {
    case 'RUNNING': {
      const found = problem ?? lostHead(job, facts.pods);
      return found
        ? { state: 'running', reason: found.reason, message: found.message }
        : { state: 'running', message: statusMessage(message) };
    }
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
        job,
        facts,
        'Submitting',
        'The Ray cluster is ready; the entrypoint is being submitted',
      );
    case 'Failure': {
      const { reason, message: text } = problem ?? unreachableHead(message);
      return { state: 'running', reason, message: text };
    }
    default:
      return {
        state: 'running',
        reason: problem?.reason ?? jobStatus,
        message:
          problem?.message ??
          `Ray gives the entrypoint the status ${jobStatus}`,
      };
  }
}

/** A job that KubeRay has not begun with, or is about to begin with again. */
function fresh(job: RayJob, facts: Facts): JobStateResult {
  if (job.spec?.suspend) {
    return suspended(job, facts.queue);
  }
  if ((job.status?.failed ?? 0) > 0) {
    return {
      state: 'retrying',
      reason: 'Retrying',
      message: 'The last attempt failed; the next one is being prepared',
    };
  }
  const manager = jobManager(job);
  return manager
    ? pending({
        reason: 'ManagedElsewhere',
        message: managedElsewhere(manager),
      })
    : starting(job, facts, 'Created', 'KubeRay has not started this job yet');
}

function withDetail(sentence: string, word: string, message?: string): string {
  const text = statusMessage(message);
  return `${sentence} (${text ? `${word}: ${text}` : word})`;
}

/** A status of an operator that is older or newer than this portal knows. */
function foreign(job: RayJob, facts: Facts, word: string): JobStateResult {
  const { jobStatus = '', message } = job.status ?? {};
  const older = olderStatus(word);
  if (older?.phase === 'failed') {
    return {
      state: 'failed',
      reason: 'Failed',
      message: withDetail(older.sentence, word, message),
    };
  }
  if (older?.phase === 'starting') {
    return starting(
      job,
      facts,
      'Initializing',
      withDetail(older.sentence, word, message),
    );
  }
  const known =
    older?.sentence ??
    'This job has a status that this portal does not know yet';
  const sentence = withDetail(known, word, message);
  switch (jobStatus) {
    case 'RUNNING':
      return {
        state: 'running',
        reason: older ? 'RayUnreachable' : word,
        message: `${sentence}; Ray last reported the entrypoint as running`,
      };
    case '':
    case 'PENDING':
      return older
        ? pending({ reason: 'Submitting', message: sentence })
        : { state: 'unknown', reason: word, message: sentence };
    default:
      return {
        state: 'unknown',
        reason: word,
        message: `${sentence}; Ray last gave the entrypoint the status ${jobStatus}`,
      };
  }
}

/**
 * What a user is told of a job that is on its cluster. KubeRay's deployment
 * status and reason decide; Ray's job status refines them; the pods say why a
 * job does not get on, which KubeRay itself never does; Kueue says why one that
 * it suspended does not start.
 *
 * Source: KubeRay 0.3 to 1.7 `RayJobStatus`, and recordings of its operator.
 */
export function jobState(
  job: RayJob,
  pods: readonly Pod[] = [],
  queue: QueueFacts = NO_QUEUE_FACTS,
): JobStateResult {
  const status = job.status ?? {};
  const facts = { pods, queue };
  const word = status.jobDeploymentStatus ?? '';
  switch (word) {
    case '':
      return fresh(job, facts);
    case 'Complete':
    case 'Failed':
    case 'ValidationFailed':
      return endedState(job, pods);
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
      return running(job, facts);
    case 'Waiting':
      return starting(
        job,
        facts,
        'Waiting',
        'The Ray cluster is ready and waits for a job to be submitted to it',
      );
    case 'Initializing':
      return starting(
        job,
        facts,
        'Initializing',
        'The Ray cluster is starting',
      );
    default:
      return foreign(job, facts, word);
  }
}
