import {
  currentQueueEntry,
  type QueueEntry,
  type QueueFacts,
} from '@ml-platform/rayjob';
import { isDeepStrictEqual } from 'node:util';
import { KeyedSets } from '../util/KeyedSets';
import { ClusterQueues, queueKey, type QueueOverview } from './ClusterQueues';
import type { LocalQueueRow } from './localQueueRow';

export interface JobQueuesOptions {
  /** Called with the keys of jobs, `<namespace>/<name>`, whose facts changed. */
  readonly onChange: (jobs: Iterable<string>) => void;
  /**
   * False when only some namespaces are watched: others may queue in the same
   * ClusterQueue, so that no position can be told.
   */
  readonly wholeCluster: boolean;
  /** Milliseconds in which changes become one. */
  readonly gatherMs?: number;
  /** Milliseconds between two calls, however much changes. */
  readonly restMs?: number;
}

/**
 * How the jobs of one cluster stand in Kueue. Changes are gathered. Jobs near the
 * front of their queue are told of a new position with the next call, those
 * further behind within some more, as all of them move with each that leaves.
 */
export class JobQueues {
  readonly #options: JobQueuesOptions;
  readonly #queues = new ClusterQueues();
  readonly #entries = new Map<string, QueueEntry>();
  readonly #byJob = new KeyedSets<QueueEntry>();
  /** Jobs by the LocalQueue on their label. */
  readonly #followers = new KeyedSets<string>();
  readonly #followed = new Map<string, string>();
  #kueue: QueueFacts['kueue'] = 'unknown';
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #toldAt = -Infinity;

  constructor(options: JobQueuesOptions) {
    this.#options = options;
  }

  /** Notes which queue an unfinished job names on its label, if any. */
  follow(job: string, queue: string | undefined): void {
    const before = this.#followed.get(job);
    if (before === queue) {
      return;
    }
    if (before !== undefined) {
      this.#followers.delete(before, job);
      this.#followed.delete(job);
    }
    if (queue !== undefined) {
      this.#followers.add(queue, job);
      this.#followed.set(job, queue);
    }
  }

  /** What is known of one job. */
  facts(job: {
    readonly namespace: string;
    readonly uid: string;
    readonly queue?: string;
  }): QueueFacts {
    if (this.#kueue !== 'present') {
      return { kueue: this.#kueue };
    }
    const entry = currentQueueEntry(this.#byJob.of(job.uid));
    const row = this.#queues.localQueue(
      queueKey(job.namespace, entry?.queue || job.queue || ''),
    );
    const open = row?.stopped ? 'stopped' : 'open';
    return {
      kueue: 'present',
      localQueue: row ? open : 'missing',
      clusterQueue: row?.clusterQueue,
      position:
        entry && this.#options.wholeCluster
          ? this.#queues.position(entry)
          : undefined,
      entry,
    };
  }

  /** Whether the cluster has Kueue. */
  get kueue(): QueueFacts['kueue'] {
    return this.#kueue;
  }

  /** The queues, and what waits in them; none until all of them are known. */
  overview(): readonly QueueOverview[] {
    const queues = this.#kueue === 'present' ? this.#queues.overview() : [];
    return this.#options.wholeCluster
      ? queues
      : queues.map(queue => ({ ...queue, next: [] }));
  }

  putWorkload(key: string, entry: QueueEntry): void {
    const before = this.#entries.get(key);
    if (isDeepStrictEqual(before, entry)) {
      return;
    }
    if (before?.job) {
      this.#byJob.delete(before.job.uid, before);
    }
    if (entry.job) {
      this.#byJob.add(entry.job.uid, entry);
    }
    this.#entries.set(key, entry);
    this.#queues.put(entry, before);
    this.#touch(entry);
  }

  removeWorkload(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      if (entry.job) {
        this.#byJob.delete(entry.job.uid, entry);
      }
      this.#queues.remove(entry);
      this.#touch(entry);
    }
  }

  putLocalQueue(key: string, row: LocalQueueRow): void {
    if (this.#queues.putLocalQueue(key, row)) {
      this.#touchQueue(key);
    }
  }

  removeLocalQueue(key: string): void {
    this.#queues.removeLocalQueue(key);
    this.#touchQueue(key);
  }

  /** Everything that Kueue has is known: from now on it is told. */
  setComplete(): void {
    if (this.#kueue !== 'present') {
      this.#kueue = 'present';
      this.#touchAll();
    }
  }

  /** Forgets everything: Kueue is not there, or is to be read anew. */
  reset(kueue: 'absent' | 'unknown'): void {
    if (this.#kueue === kueue && this.#entries.size === 0) {
      return;
    }
    this.#touchAll();
    this.#entries.clear();
    this.#byJob.clear();
    this.#queues.clear();
    this.#kueue = kueue;
  }

  /** Tells nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #touch({ namespace, job }: QueueEntry): void {
    if (job) {
      this.#changed.add(`${namespace}/${job.name}`);
    }
    this.#schedule();
  }

  #touchQueue(key: string): void {
    for (const job of this.#followers.of(key)) {
      this.#changed.add(job);
    }
    this.#schedule();
  }

  #touchAll(): void {
    for (const entry of this.#entries.values()) {
      this.#touch(entry);
    }
    for (const job of this.#followed.keys()) {
      this.#changed.add(job);
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer) {
      return;
    }
    const { gatherMs = 200, restMs = 1_000 } = this.#options;
    const rest = this.#toldAt + restMs - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#tell();
      },
      Math.max(gatherMs, rest),
    );
    this.#timer.unref();
  }

  #tell(): void {
    // Until the lists are complete, what is missing is only not read yet.
    if (this.#kueue === 'unknown') {
      return;
    }
    for (const { namespace, job } of this.#queues.tell()) {
      if (job) {
        this.#changed.add(`${namespace}/${job.name}`);
      }
    }
    const jobs = this.#changed;
    this.#changed = new Set();
    this.#toldAt = performance.now();
    this.#options.onChange(jobs);
    if (this.#queues.behind) {
      this.#schedule();
    }
  }
}
