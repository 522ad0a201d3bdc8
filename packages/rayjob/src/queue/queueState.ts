import type { JobStateResult } from '../state/stateResult';
import type { QueueEntry, QueueNote } from './queueEntry';
import { exceedsQuota, quotaText } from './quotaText';
import { statusMessage } from '../state/statusMessage';
import type { JobQueue } from '../summary/types';

/** What is known of a job's way through Kueue. */
export interface QueueFacts {
  /** Whether Kueue is on the cluster; `unknown` where it can't be read. */
  readonly kueue: 'present' | 'absent' | 'unknown';
  /** The LocalQueue that the job names, where Kueue is present. */
  readonly localQueue?: 'open' | 'stopped' | 'missing';
  /** The ClusterQueue behind it. */
  readonly clusterQueue?: string;
  /** See {@link JobQueue.position}. */
  readonly position?: number;
  /** The job's Workload, once Kueue has made it. */
  readonly entry?: QueueEntry;
}

/** Facts of a cluster whose Kueue nobody has looked at. */
export const NO_QUEUE_FACTS: QueueFacts = { kueue: 'unknown' };

const PREEMPTED_FOR = /due to ([^;]+)/;

/** Why a job had to give its quota back, as a sentence without its full stop. */
function evictionText({ reason, message }: QueueNote): string {
  switch (reason) {
    case 'Preempted': {
      const cause = PREEMPTED_FOR.exec(message)?.[1];
      return `Preempted for another job${cause ? ` (${cause})` : ''}`;
    }
    case 'PodsReadyTimeout':
      return `Sent back, as its pods were not ready in time (${message})`;
    case 'AdmissionCheck':
      return `Sent back by an admission check (${message})`;
    case 'ClusterQueueStopped':
      return 'Sent back, as its cluster queue was stopped';
    case 'LocalQueueStopped':
      return 'Sent back, as its queue was stopped';
    case 'NodeFailures':
      return 'Sent back, as nodes that it ran on failed';
    default:
      return `Sent back by Kueue (${reason}: ${message})`;
  }
}

function queueTitle(queue: string, clusterQueue: string | undefined): string {
  return clusterQueue ? `${queue} (cluster queue ${clusterQueue})` : queue;
}

function queued(reason: string, ...sentences: string[]): JobStateResult {
  const message = sentences.filter(Boolean).join('. ');
  return { state: 'queued', reason, message: statusMessage(message) };
}

/** What Kueue said when it last tried; nothing before it has. */
function causeText({ note, eviction }: QueueEntry): string | undefined {
  const tried =
    note &&
    note.reason !== 'PendingEvaluation' &&
    note.message !== eviction?.message;
  return tried ? quotaText(note.message) : undefined;
}

function waiting(entry: QueueEntry, facts: QueueFacts): JobStateResult {
  const { note, eviction, queue } = entry;
  const { position, clusterQueue } = facts;
  const place = `${
    position ? `Position ${position}` : 'Waits'
  } in ${queueTitle(queue, clusterQueue)}`;
  const cause = causeText(entry);
  return queued(
    note && exceedsQuota(note.message)
      ? 'ExceedsMaxQuota'
      : (eviction?.reason ?? 'Queued'),
    eviction ? evictionText(eviction) : '',
    cause ? `${place}: ${cause}` : place,
  );
}

function held({ eviction, note, retryAt }: QueueEntry): JobStateResult {
  const why = eviction ? evictionText(eviction) : (note?.message ?? '');
  return queued(
    eviction?.reason || note?.reason || 'Held',
    why,
    retryAt
      ? `Kueue tries it again after ${retryAt}`
      : 'Kueue holds it back for now',
  );
}

function deactivated({ name, eviction }: QueueEntry): JobStateResult {
  const why = eviction?.message.replace(/^The workload is deactivated/i, '');
  return {
    state: 'suspended',
    reason: 'Deactivated',
    message: `Deactivated in Kueue${why?.trimEnd() ?? ''}. It runs once spec.active of the Workload ${name} is true again, or as a new run`,
  };
}

function reserved({ checks, clusterQueue }: QueueEntry): JobStateResult {
  const names = checks?.map(({ name, message }) =>
    message ? `${name} (${message})` : name,
  );
  return queued(
    'AdmissionChecks',
    `Has its quota in ${clusterQueue}${
      names ? ` and waits for the admission check ${names.join(', ')}` : ''
    }`,
  );
}

function ofEntry(entry: QueueEntry, facts: QueueFacts): JobStateResult {
  switch (entry.stage) {
    case 'held':
      return held(entry);
    case 'deactivated':
      return deactivated(entry);
    case 'evicting':
      return queued(
        entry.eviction?.reason || 'Evicted',
        entry.eviction ? evictionText(entry.eviction) : 'Gives its quota back',
      );
    case 'reserved':
      return reserved(entry);
    case 'admitted':
      return queued(
        'Admitted',
        `Admitted to ${entry.clusterQueue}; KubeRay starts it now`,
      );
    default:
      return waiting(entry, facts);
  }
}

/**
 * State of a suspended job that is in Kueue's hands: that names a queue, or has
 * a Workload. `undefined` for one that has neither.
 *
 * @param queue - name of the LocalQueue on the job's label
 */
export function queueState(
  queue: string | undefined,
  facts: QueueFacts,
): JobStateResult | undefined {
  const { kueue, localQueue, clusterQueue, entry } = facts;
  const name = entry?.queue || queue;
  if (!name) {
    return (
      entry &&
      queued(
        'QueueMissing',
        'Kueue holds it, and it names no queue: give the job the label kueue.x-k8s.io/queue-name',
      )
    );
  }
  if (kueue === 'absent') {
    return queued(
      'KueueNotInstalled',
      `Waits in the queue ${name}, but Kueue is not installed on this cluster: nothing starts the job`,
    );
  }
  const inQueue = !entry || entry.stage === 'waiting';
  if (inQueue && localQueue === 'missing') {
    return queued(
      'QueueNotFound',
      `There is no queue ${name} in this namespace: create a LocalQueue of that name, or start a run with the label of another`,
    );
  }
  if (inQueue && localQueue === 'stopped') {
    return queued(
      'QueueStopped',
      `The queue ${queueTitle(name, clusterQueue)} is stopped: it admits nothing until its stopPolicy is None again`,
    );
  }
  if (entry) {
    return ofEntry(entry, facts);
  }
  return queued(
    'Queued',
    `Waits in the queue ${name}${
      kueue === 'present' ? '; Kueue has not taken the job up yet' : ''
    }`,
  );
}

/** The queue of a job's row: its place in it only while it waits there. */
export function jobQueue(
  queue: string | undefined,
  { entry, clusterQueue, position, localQueue }: QueueFacts,
): JobQueue | undefined {
  const name = entry?.queue || queue;
  return name
    ? {
        name,
        clusterQueue,
        position:
          entry?.stage === 'waiting' && localQueue === 'open'
            ? position
            : undefined,
      }
    : undefined;
}
