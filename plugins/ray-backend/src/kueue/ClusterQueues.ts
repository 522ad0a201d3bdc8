import { compareQueueEntries, type QueueEntry } from '@ml-platform/rayjob';
import { isDeepStrictEqual } from 'node:util';
import type { LocalQueueRow } from './localQueueRow';
import { PendingQueue } from './PendingQueue';

/** Jobs behind the front of their queue that are told of at a time. */
const BEHIND = 2_500;

/** Jobs at the front of a queue that are shown. */
const SHOWN = 10;

/** A LocalQueue, and how many are in it. */
export interface LocalQueueOverview {
  readonly namespace: string;
  readonly name: string;
  readonly stopped: boolean;
  /** False where Kueue orders by usage, so that there are no positions. */
  readonly ordered: boolean;
  readonly waiting: number;
  /** Those that have their quota. */
  readonly admitted: number;
}

/** A ClusterQueue, and what it starts next. */
export interface QueueOverview {
  readonly name: string;
  readonly localQueues: readonly LocalQueueOverview[];
  readonly next: readonly QueueEntry[];
}

/** Key of the LocalQueue of a namespace. */
export const queueKey = (namespace: string, queue: string) =>
  `${namespace}/${queue}`;

/**
 * The LocalQueues of one cluster, and what waits in the ClusterQueues behind
 * them.
 */
export class ClusterQueues {
  readonly #localQueues = new Map<string, LocalQueueRow>();
  /** What waits by LocalQueue, also where that does not exist. */
  readonly #waiting = new Map<string, Set<QueueEntry>>();
  readonly #pending = new Map<string, PendingQueue>();
  /** Number of those that have quota, by LocalQueue. */
  readonly #admitted = new Map<string, number>();

  localQueue(key: string): LocalQueueRow | undefined {
    return this.#localQueues.get(key);
  }

  /** @returns whether anything changed for the jobs of the LocalQueue */
  putLocalQueue(key: string, row: LocalQueueRow): boolean {
    if (isDeepStrictEqual(this.#localQueues.get(key), row)) {
      return false;
    }
    this.#withdrawAll(key);
    this.#localQueues.set(key, row);
    this.#waiting.get(key)?.forEach(entry => this.#pendingOf(key)?.add(entry));
    return true;
  }

  removeLocalQueue(key: string): void {
    this.#withdrawAll(key);
    this.#localQueues.delete(key);
  }

  /** Takes up an entry in the place of what it was before. */
  put(entry: QueueEntry, before: QueueEntry | undefined): void {
    const stays =
      before?.stage === 'waiting' &&
      entry.stage === 'waiting' &&
      before.queue === entry.queue &&
      compareQueueEntries(before, entry) === 0;
    if (before && stays) {
      const key = queueKey(entry.namespace, entry.queue);
      this.#waiting.get(key)?.delete(before);
      this.#waiting.get(key)?.add(entry);
      this.#pendingOf(key)?.replace(before, entry);
      return;
    }
    if (before) {
      this.remove(before);
    }
    this.#countAdmitted(entry, 1);
    if (entry.stage === 'waiting') {
      const key = queueKey(entry.namespace, entry.queue);
      const entries = this.#waiting.get(key) ?? new Set<QueueEntry>();
      this.#waiting.set(key, entries.add(entry));
      this.#pendingOf(key)?.add(entry);
    }
  }

  remove(entry: QueueEntry): void {
    this.#countAdmitted(entry, -1);
    const key = queueKey(entry.namespace, entry.queue);
    const entries = this.#waiting.get(key);
    if (entries?.delete(entry)) {
      this.#pendingOf(key)?.remove(entry);
      if (entries.size === 0) {
        this.#waiting.delete(key);
      }
    }
  }

  /** The position that was told last, from 1, in the entry's ClusterQueue. */
  position(entry: QueueEntry): number | undefined {
    const key = queueKey(entry.namespace, entry.queue);
    return this.#pendingOf(key)?.position(entry);
  }

  /**
   * What has another position than the one told; see {@link PendingQueue}. The
   * queues take turns, so that one that is long holds up no other.
   */
  tell(): QueueEntry[] {
    const moved: QueueEntry[][] = [];
    let left = BEHIND;
    for (const [name, queue] of [...this.#pending]) {
      moved.push(queue.tellFront());
      if (queue.behind && left > 0) {
        const behind = queue.tellBehind(left);
        left -= behind.length;
        moved.push(behind);
        this.#pending.delete(name);
        this.#pending.set(name, queue);
      }
      if (queue.size === 0) {
        this.#pending.delete(name);
      }
    }
    return moved.flat();
  }

  /** True when positions have changed that were not told yet. */
  get behind(): boolean {
    return [...this.#pending.values()].some(queue => queue.behind);
  }

  /** The ClusterQueues by name, each with the LocalQueues that lead to it. */
  overview(): readonly QueueOverview[] {
    const queues = new Map<string, LocalQueueOverview[]>();
    for (const [key, row] of this.#localQueues) {
      const [namespace, name] = key.split('/');
      const local = {
        namespace,
        name,
        stopped: row.stopped,
        waiting: this.#waiting.get(key)?.size ?? 0,
        admitted: this.#admitted.get(key) ?? 0,
        ordered: !row.byUsage,
      };
      const known = queues.get(row.clusterQueue) ?? [];
      queues.set(row.clusterQueue, [...known, local]);
    }
    return [...queues]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, localQueues]) => ({
        name,
        localQueues,
        next: this.#pending.get(name)?.first(SHOWN) ?? [],
      }));
  }

  clear(): void {
    this.#admitted.clear();
    this.#localQueues.clear();
    this.#waiting.clear();
    this.#pending.clear();
  }

  #countAdmitted({ namespace, queue, stage }: QueueEntry, by: number): void {
    if (stage === 'admitted' || stage === 'reserved') {
      const key = queueKey(namespace, queue);
      this.#admitted.set(key, (this.#admitted.get(key) ?? 0) + by);
    }
  }

  #withdrawAll(key: string): void {
    this.#waiting
      .get(key)
      ?.forEach(entry => this.#pendingOf(key)?.remove(entry));
  }

  /** What waits where a LocalQueue leads; `undefined` where that has no order. */
  #pendingOf(key: string): PendingQueue | undefined {
    const row = this.#localQueues.get(key);
    if (!row || row.stopped || row.byUsage) {
      return undefined;
    }
    const queue = this.#pending.get(row.clusterQueue) ?? new PendingQueue();
    this.#pending.set(row.clusterQueue, queue);
    return queue;
  }
}
