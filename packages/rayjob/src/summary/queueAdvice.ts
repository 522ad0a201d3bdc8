import type { Advice } from './reasonAdvice';

const AGAIN_BY_ITSELF =
  'Kueue tries it again by itself when there is room. You can stop the run and ask for less.';
const SENT_BACK: Advice = {
  title: 'Sent back to its queue',
  now: AGAIN_BY_ITSELF,
};
const STOPPED_QUEUE: Advice = {
  title: 'Its queue is stopped',
  now: 'Wait until the platform team opens the queue, or start a run in another one.',
};

/**
 * What the reasons of a job mean that Kueue has. Where the message says what to do, there
 * is no more to say.
 *
 * Source: reasons of evictions and of `QuotaReserved` of Kueue 0.19, and those of `queueState`.
 */
export const QUEUE_ADVICE: ReadonlyMap<string, Advice> = new Map<
  string,
  Advice
>([
  ['Queued', { title: 'Waiting in its queue' }],
  ['Admitted', { title: 'Admitted by its queue' }],
  [
    'AdmissionChecks',
    {
      title: 'Waiting for an admission check',
      now: 'Kueue admits it when the check passes, for example when nodes were added.',
    },
  ],
  [
    'AdmissionCheck',
    { title: 'An admission check sent it back', now: AGAIN_BY_ITSELF },
  ],
  ['Preempted', { title: 'Had to make room', now: AGAIN_BY_ITSELF }],
  ['Evicted', SENT_BACK],
  [
    'PodsReadyTimeout',
    {
      title: "Its pods weren't ready in time",
      now: 'Kueue tries it again. If it happens again, stop the run and ask for less, or ask the platform team.',
    },
  ],
  [
    'NodeFailures',
    { title: 'Nodes that it ran on failed', now: AGAIN_BY_ITSELF },
  ],
  ['ClusterQueueStopped', STOPPED_QUEUE],
  ['LocalQueueStopped', STOPPED_QUEUE],
  ['QueueStopped', STOPPED_QUEUE],
  ['QueueMissing', { title: 'It names no queue' }],
  ['QueueNotFound', { title: "There's no such queue" }],
  [
    'KueueNotInstalled',
    {
      title: 'Nothing serves its queue',
      now: 'Ask the platform team to install Kueue, or stop the run and start one without a queue.',
    },
  ],
  ['ExceedsMaxQuota', { title: 'More than its queue can ever give' }],
  ['Deactivated', { title: 'Deactivated in Kueue' }],
  ['Held', { title: 'Held back by Kueue' }],
  ['Suspended', { title: 'Suspended' }],
]);
