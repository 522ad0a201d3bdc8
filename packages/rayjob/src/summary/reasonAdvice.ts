import { IMAGE_REASONS, START_REASONS } from '../state/rootCauses';

/** What a reason means to people, and what they can do about it. */
export interface Advice {
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

export const REASON_ADVICE: ReadonlyMap<string, Advice> = new Map<
  string,
  Advice
>([
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
  [
    'CrashLoopBackOff',
    {
      title: 'A container ends again and again',
      now: 'It is started again each time. If its log shows that this goes on, stop the run and start a corrected one.',
      again: 'Correct what its log shows, and run it again.',
    },
  ],
  [
    'ContainerFailed',
    {
      title: 'A container failed',
      now: 'If the run does not get on, stop it and start a corrected one.',
      again: 'Correct what its log shows, and run it again.',
    },
  ],
  [
    'AppFailed',
    {
      title: 'The program failed',
      again: 'Correct the program, and run it again.',
    },
  ],
  [
    'RayUnreachable',
    {
      title: "The head can't be reached",
      now: 'KubeRay tries until the head answers. If it does not in a few minutes, stop the run and start a new one.',
      again: 'Run it again.',
    },
  ],
  [
    'SubmissionFailed',
    {
      title: "The job couldn't be submitted to Ray",
      again: 'Check the command and the runtime environment, and run it again.',
    },
  ],
  [
    'JobStatusCheckTimeoutExceeded',
    {
      title: "The head didn't answer for too long",
      again: 'Run it again. If it happens again, ask the platform team.',
    },
  ],
  [
    'JobDeploymentStatusTransitionGracePeriodExceeded',
    {
      title: "KubeRay didn't close the run in time",
      again:
        'The log shows whether the program had ended. Run it again if it had not.',
    },
  ],
  ['SubmitterEnded', { title: 'The submitter ended too early' }],
  ['WaitingForRayCluster', { title: "There's no such Ray cluster" }],
  [
    'PreRunningDeadlineExceeded',
    {
      title: "It didn't start in time",
      again:
        'The events show what it waited for. Run it again once that is solved, or give it more time to start.',
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
