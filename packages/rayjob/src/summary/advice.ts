import { isTerminal } from '../state/jobState';
import { memoryToAskFor } from '../state/memoryProblem';
import { QUEUE_ADVICE } from './queueAdvice';
import { REASON_ADVICE, type Advice } from './reasonAdvice';
import type { JobSummary } from './types';

const NO_ROOM: Advice = {
  title: 'Too little room on the cluster',
  now: 'Wait until other jobs end or a node is added, or stop the run and ask for less.',
  again: 'Run it again with less, or when there is room.',
};
const NO_NODE_FITS: Advice = {
  title: 'No node fits',
  now: 'Stop the run and start one that other nodes fit, or ask the platform team for nodes.',
  again: 'Run it again on other nodes, or ask the platform team for nodes.',
};

const STARTS_AGAIN = 'KubeRay starts the pod again, where there is room.';
const EVICTED: Advice = {
  title: 'A node was short of room',
  now: STARTS_AGAIN,
  again: 'Run it again, and ask for what it uses.',
};
const NODE_LOW_ON_MEMORY: Advice = {
  title: 'A node was low on memory',
  now: STARTS_AGAIN,
};
const DISK_FULL: Advice = {
  title: 'Too much on local disk',
  now: 'KubeRay starts the pod again. If it is evicted again, stop the run and start one that writes less to local disk.',
  again:
    'Run it again with less on local disk: more memory makes no difference.',
};

/** What the kubelet says of pods that wrote more to disk than they may. */
const DISK = /ephemeral[- ](?:local )?storage|EmptyDir volume/;

function evictedAdvice(message: string): Advice {
  if (memoryToAskFor(message)) {
    return NODE_LOW_ON_MEMORY;
  }
  return DISK.test(message) ? DISK_FULL : EVICTED;
}

/** A reason, and what tells more about it. */
type Told = Pick<JobSummary, 'reason' | 'message'>;

function adviceOf({ reason = '', message = '' }: Told) {
  switch (reason) {
    case 'Unschedulable':
      return message.includes('too little') ? NO_ROOM : NO_NODE_FITS;
    case 'Evicted':
      return evictedAdvice(message);
    default:
      return REASON_ADVICE.get(reason);
  }
}

const inQueue = ({ state }: JobSummary) =>
  state === 'queued' || state === 'suspended';

/** A job keeps the reason for which it was suspended. */
function queueAdvice(job: JobSummary): Advice {
  const fallback = job.state === 'queued' ? 'Queued' : 'Suspended';
  const title = QUEUE_ADVICE.get(fallback)?.title ?? fallback;
  const { reason = fallback } = job;
  return QUEUE_ADVICE.get(reason) ?? { title };
}

/** What a reason means, in words; `undefined` for one that nobody knows. */
export function reasonTitle(told: Told): string | undefined {
  return adviceOf(told)?.title;
}

/** What to tell people of the reason of a job's state. */
export interface JobAdvice {
  /** The reason in words, for example `Out of memory`. */
  readonly title: string;
  /** What to do; absent where the message says it, or nothing can be done. */
  readonly text?: string;
}

/**
 * What the reason of a job's state means, and what to do about it in the state
 * that the job is in; `undefined` for a reason that needs no words.
 *
 * @param canRunAgain - whether the reader may start another run of it
 */
export function jobAdvice(
  job: JobSummary,
  canRunAgain = true,
): JobAdvice | undefined {
  const advice = inQueue(job) ? queueAdvice(job) : adviceOf(job);
  if (!advice) {
    return undefined;
  }
  const { title, now, again } = advice;
  if (isTerminal(job.state)) {
    return { title, text: canRunAgain ? again : undefined };
  }
  return { title, text: now };
}
