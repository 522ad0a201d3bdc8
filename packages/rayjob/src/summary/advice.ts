import { IMAGE_REASONS, START_REASONS } from '../state/rootCauses';
import { isTerminal } from '../state/jobState';
import { memoryToAskFor } from '../state/memoryProblem';
import type { JobSummary } from './types';

/** What a reason means to people, and what they can do about it. */
interface Advice {
  readonly title: string;
  /** What to do while the job waits or runs. */
  readonly now?: string;
  /** What to do once it has ended, by running it again. */
  readonly again?: string;
}

const IMAGE: Advice = {
  title: 'Image problem',
  now: 'Push this version of the image, or stop the run and start one with a version that exists.',
  again: 'Run it again with a version that exists.',
};
const CANT_START: Advice = {
  title: "A container can't start",
  now: 'Stop the run, and start one with what the container asks for.',
  again: 'Correct what the container asks for, and run it again.',
};
const LOST: Advice = {
  title: 'A node went away',
  now: 'KubeRay starts the pod on another node.',
  again: 'Run it again.',
};
const REFUSED: Advice = {
  title: 'The cluster refuses its pods',
  now: 'Stop the run and start one that fits, or ask the platform team.',
  again: 'Run it again with what the cluster allows, or ask the platform team.',
};
const OUT_OF_TIME: Advice = {
  title: 'It took too long',
  again: 'Run it again with more time, or with less work.',
};

const ADVICE: ReadonlyMap<string, Advice> = new Map<string, Advice>([
  ...[...IMAGE_REASONS].map(reason => [reason, IMAGE] as const),
  ...[...START_REASONS].map(reason => [reason, CANT_START] as const),
  ['NodeLost', LOST],
  ['NodeShutdown', LOST],
  ['PreemptionByScheduler', LOST],
  ['EvictionByEvictionAPI', LOST],
  ['DeadlineExceeded', OUT_OF_TIME],
  ['PolicyRefused', REFUSED],
  ['PodRefused', REFUSED],
  [
    'SpotNodeReclaimed',
    {
      title: 'A spot node was taken back',
      now: 'KubeRay starts the pod on another node.',
      again: 'Run it again, or without spot nodes.',
    },
  ],
  [
    'OOMKilled',
    {
      title: 'Out of memory',
      now: 'The container starts again. If it is killed again, stop the run and ask for more.',
    },
  ],
  [
    'QuotaExceeded',
    {
      title: 'No quota left',
      now: 'Wait until other jobs end, or stop the run and ask for less.',
      again: 'Run it again with less, or when other jobs have ended.',
    },
  ],
  ['CrashLoopBackOff', { title: 'A container ends again and again' }],
  ['ContainerFailed', { title: 'A container failed' }],
  ['AppFailed', { title: 'The program failed' }],
  ['RayUnreachable', { title: "The head can't be reached" }],
  ['SubmitterEnded', { title: 'The submitter ended too early' }],
  ['WaitingForRayCluster', { title: "There's no such Ray cluster" }],
  [
    'PreRunningDeadlineExceeded',
    {
      title: "It didn't start in time",
      again: 'Run it again when there is room.',
    },
  ],
  [
    'ValidationFailed',
    {
      title: "KubeRay can't run this manifest",
      again: 'Correct the manifest, and start a new run.',
    },
  ],
]);

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

function adviceOf({ reason = '', message = '' }: JobSummary) {
  switch (reason) {
    case 'Unschedulable':
      return message.includes('too little') ? NO_ROOM : NO_NODE_FITS;
    case 'Evicted':
      return evictedAdvice(message);
    default:
      return ADVICE.get(reason);
  }
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
  const advice = adviceOf(job);
  if (!advice) {
    return undefined;
  }
  const { title, now, again } = advice;
  if (isTerminal(job.state)) {
    return { title, text: canRunAgain ? again : undefined };
  }
  return { title, text: now };
}
