import {
  KUEUE_ANNOTATION_BOOST,
  KUEUE_ANNOTATION_GATE,
  KUEUE_LABEL_PARENT,
  type KueueAdmissionCheck,
  type KueueWorkload,
} from './kueueTypes';
import type { Condition } from '../objects/kubernetes';

/**
 * How far a Workload is on its way through Kueue:
 *
 * - `waiting`: in its queue, among those that have a position;
 * - `held`: not in its queue for now: stopped, gated, or until its next try;
 * - `deactivated`: out of its queue until somebody activates it;
 * - `evicting`: has to give its quota back, and has not yet;
 * - `reserved`: has its quota, and waits for admission checks;
 * - `admitted`: may run;
 * - `finished`: done.
 */
export type QueueStage =
  | 'waiting'
  | 'held'
  | 'deactivated'
  | 'evicting'
  | 'reserved'
  | 'admitted'
  | 'finished';

/** What is kept of a Workload: all that a job's state and place follow from. */
export interface QueueEntry {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The RayJob that it stands for; absent for those of other kinds. */
  readonly job?: { readonly name: string; readonly uid: string };
  /** Name of the LocalQueue; empty where it has none. */
  readonly queue: string;
  readonly stage: QueueStage;
  readonly priority: number;
  /** Milliseconds since the epoch: where it stands among its priority. */
  readonly since: number;
  readonly createdAt: string;
  /** ClusterQueue that its quota is from, once it has some. */
  readonly clusterQueue?: string;
  /** Why it lost its quota, where it did and has none since. */
  readonly eviction?: QueueNote;
  /** Kueue's last word on why it does not get on. */
  readonly note?: QueueNote;
  /** ISO 8601: not tried again before. */
  readonly retryAt?: string;
  /** The checks that keep it from starting. */
  readonly checks?: readonly KueueAdmissionCheck[];
}

/** Reason and message of one of Kueue's conditions. */
export interface QueueNote {
  readonly reason: string;
  readonly message: string;
}

/** Longest message that is kept of a condition, in characters. */
const LONGEST_NOTE = 2_000;

/** Evictions after which a Workload queues by their time, not its creation. */
const BACK_OF_THE_QUEUE = ['PodsReadyTimeout', 'AdmissionCheck'];

type Conditions = ReadonlyMap<string, Condition>;

const isTrue = (conditions: Conditions, type: string): boolean =>
  conditions.get(type)?.status === 'True';

const isFalse = (conditions: Conditions, type: string): boolean =>
  conditions.get(type)?.status === 'False';

function noteOf(condition: Condition | undefined): QueueNote | undefined {
  return (
    condition && {
      reason: condition.reason ?? '',
      message: (condition.message ?? '').slice(0, LONGEST_NOTE),
    }
  );
}

/** Kueue's `IsAdmissible` turned round, and what waits for its next try. */
function isHeld(workload: KueueWorkload, conditions: Conditions): boolean {
  const { annotations, labels } = workload.metadata;
  return Boolean(
    annotations?.[KUEUE_ANNOTATION_GATE] ||
    labels?.[KUEUE_LABEL_PARENT] === 'true' ||
    conditions.get('QuotaReserved')?.reason === 'OnHold' ||
    isTrue(conditions, 'WaitingForReplacementPods') ||
    isFalse(conditions, 'Requeued') ||
    workload.status?.requeueState?.requeueAt,
  );
}

function stageOf(workload: KueueWorkload, conditions: Conditions): QueueStage {
  if (isTrue(conditions, 'Finished')) {
    return 'finished';
  }
  if (workload.spec?.active === false) {
    return 'deactivated';
  }
  if (isTrue(conditions, 'QuotaReserved')) {
    if (isTrue(conditions, 'Evicted')) {
      return 'evicting';
    }
    return isTrue(conditions, 'Admitted') ? 'admitted' : 'reserved';
  }
  return isHeld(workload, conditions) ? 'held' : 'waiting';
}

/** Kueue's `EffectivePriority`. */
function priorityOf({ metadata, spec }: KueueWorkload): number {
  const boost = metadata.annotations?.[KUEUE_ANNOTATION_BOOST] ?? '';
  return (spec?.priority ?? 0) + (/^[+-]?\d+$/.test(boost) ? Number(boost) : 0);
}

/** Kueue's `GetQueueOrderTimestamp`, as it is configured by default. */
function sinceOf({ metadata }: KueueWorkload, conditions: Conditions): number {
  const evicted = conditions.get('Evicted');
  const sentBack =
    evicted?.status === 'True' &&
    BACK_OF_THE_QUEUE.includes(evicted.reason ?? '');
  const time = sentBack
    ? evicted.lastTransitionTime
    : metadata.creationTimestamp;
  return Date.parse(time ?? '') || 0;
}

/**
 * What a Workload says, in the few words that are kept of it.
 *
 * Source: Kueue 0.19, `pkg/workload` (`Status`, `IsAdmissible`,
 * `GetQueueOrderTimestamp`) and its RayJob integration, whose Workloads have the
 * RayJob as their owner.
 */
export function queueEntry(workload: KueueWorkload): QueueEntry {
  const { metadata, spec, status } = workload;
  const conditions: Conditions = new Map(
    (status?.conditions ?? []).map(condition => [condition.type, condition]),
  );
  const owner = metadata.ownerReferences?.find(
    ({ kind, apiVersion }) =>
      kind === 'RayJob' && (apiVersion ?? '').startsWith('ray.io/'),
  );
  const checks = status?.admissionChecks?.filter(
    ({ state }) => state !== 'Ready',
  );
  return {
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    uid: metadata.uid ?? '',
    job: owner && { name: owner.name, uid: owner.uid ?? '' },
    queue: spec?.queueName ?? '',
    stage: stageOf(workload, conditions),
    priority: priorityOf(workload),
    since: sinceOf(workload, conditions),
    createdAt: metadata.creationTimestamp ?? '',
    clusterQueue: status?.admission?.clusterQueue || undefined,
    eviction: isTrue(conditions, 'Evicted')
      ? noteOf(conditions.get('Evicted'))
      : undefined,
    note: isFalse(conditions, 'QuotaReserved')
      ? noteOf(conditions.get('QuotaReserved'))
      : undefined,
    retryAt: status?.requeueState?.requeueAt ?? undefined,
    checks: checks?.length
      ? checks.map(({ name, state, message }) => ({
          name,
          state,
          message: message?.slice(0, LONGEST_NOTE),
        }))
      : undefined,
  };
}

/**
 * The order in which Kueue tries what waits in one ClusterQueue, for
 * `Array.sort`: by priority, then by time, then by UID. Equal only for the same
 * Workload.
 *
 * A place in this order is no promise. A ClusterQueue with `StrictFIFO` admits
 * in exactly this order; one with `BestEffortFIFO`, Kueue's default, passes over
 * what does not fit, so that a small job may start before a large one that
 * stands in front of it. One that preempts for a Workload keeps that in front
 * meanwhile, whatever its place.
 *
 * Source: Kueue 0.19, `baseCompareFunc` in `pkg/cache/queue`, which its
 * visibility API numbers by as well (`positionInClusterQueue`, from 0).
 */
export function compareQueueEntries(a: QueueEntry, b: QueueEntry): number {
  return (
    b.priority - a.priority || a.since - b.since || compareTexts(a.uid, b.uid)
  );
}

function compareTexts(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/**
 * Of the Workloads of one RayJob, the one that says how it stands: the newest
 * that is not done. An elastic job has one for each size that it had.
 */
export function currentQueueEntry(
  entries: Iterable<QueueEntry>,
): QueueEntry | undefined {
  let current: QueueEntry | undefined;
  for (const entry of entries) {
    if (
      entry.stage !== 'finished' &&
      (!current || entry.createdAt >= current.createdAt)
    ) {
      current = entry;
    }
  }
  return current;
}
