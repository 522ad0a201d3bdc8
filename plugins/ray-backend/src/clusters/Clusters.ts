import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import type { JobAttempt, Pod } from '@ml-platform/rayjob';
import type { KubeClient } from '@ml-platform/kube';
import type { ClusterProblem, JobCluster } from '@ml-platform/sdk';
import { isDeepStrictEqual } from 'node:util';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobRunRef } from '../jobs/jobRun';
import { aborted } from '../util/aborted';
import { ClusterConnection } from './ClusterConnection';
import type { ClusterWatcher, ClusterWatcherOptions } from './ClusterWatcher';
import type { JobObserver } from './JobObserver';

/** Which clusters there are. */
export interface ClusterSet {
  readonly entries: readonly JobCluster[];
  /** Why some can't be found; none where absent. */
  readonly problems?: readonly ClusterProblem[];
  /** False where there may be others that are not found yet. Default: true. */
  readonly complete?: boolean;
}

export interface ClustersOptions extends ClusterSet {
  readonly index: JobIndex;
  readonly logger: LoggerService;
  readonly observers?: readonly JobObserver[];
  /** What was recorded of a run's attempts before this process watched it. */
  readonly attemptsBefore?: (ref: JobRunRef) => readonly JobAttempt[];
  /** What was recorded of a run's state before this process watched it. */
  readonly stateBefore?: ClusterWatcherOptions['stateBefore'];
  readonly clock?: () => Date;
}

/** All clusters that hold jobs. They may come and go while it runs. */
export class Clusters {
  readonly #options: ClustersOptions;
  #connections: ReadonlyMap<string, ClusterConnection>;
  #set: ClusterSet;
  #signal: AbortSignal | undefined;
  readonly #endings = new Set<Promise<void>>();
  readonly #listeners = new Set<() => void>();

  constructor(options: ClustersOptions) {
    this.#options = options;
    this.#set = options;
    this.#connections = new Map(
      options.entries.map(entry => [entry.name, this.#create(entry)]),
    );
  }

  /** True when there are no clusters beside these. */
  get complete(): boolean {
    return this.#set.complete ?? true;
  }

  /** Why some clusters can't be found. */
  get problems(): readonly ClusterProblem[] {
    return this.#set.problems ?? [];
  }

  /**
   * Takes up which clusters there are now. Those that are reached as before are
   * not touched; the jobs of one that is gone go with it.
   */
  update(set: ClusterSet): void {
    this.#set = set;
    const before = this.#connections;
    this.#connections = new Map(
      set.entries.map(entry => {
        const connection = before.get(entry.name);
        return [
          entry.name,
          connection && isDeepStrictEqual(connection.watcher.entry, entry)
            ? connection
            : this.#create(entry, connection),
        ];
      }),
    );
    for (const [name, connection] of before) {
      if (!this.#connections.has(name)) {
        this.#leave(connection);
      }
    }
    if (this.#signal) {
      for (const connection of this.#connections.values()) {
        connection.start(this.#signal);
      }
    }
    this.notify();
  }

  all(): ClusterWatcher[] {
    return [...this.#connections.values()].map(({ watcher }) => watcher);
  }

  statuses(
    of = ({ status }: ClusterWatcher): ClusterStatus => status,
  ): ClusterStatus[] {
    return [
      ...this.all().map(of),
      ...this.problems.map(({ name, error }) => ({ name, ok: false, error })),
    ];
  }

  /** @throws {NotFoundError} when there is no such cluster */
  get(name: string): ClusterWatcher {
    const connection = this.#connections.get(name);
    if (!connection) {
      const others = this.complete ? '' : ', and some are not found yet';
      throw new NotFoundError(
        `There is no cluster ${name}; the clusters are ${
          [...this.#connections.keys()].join(', ') || 'not configured'
        }${others}`,
      );
    }
    return connection.watcher;
  }

  /** A cluster as it is configured, where it is known. */
  entry(name: string): JobCluster | undefined {
    return this.#connections.get(name)?.watcher.entry;
  }

  has(name: string): boolean {
    return this.#connections.has(name);
  }

  /** The pods of a job's current attempt; none of a run that is gone. */
  podsOf(ref: JobRunRef): readonly Pod[] {
    return this.#connections.get(ref.cluster)?.watcher.jobs.podsOf(ref) ?? [];
  }

  /** The attempts of a run, beside what its object tells of the last. */
  attemptsOf(ref: JobRunRef): readonly JobAttempt[] {
    return (
      this.#connections.get(ref.cluster)?.watcher.jobs.attemptsOf(ref) ?? []
    );
  }

  /**
   * @throws {NotFoundError} when there is no such cluster
   * @throws {ServiceUnavailableError} when it is misconfigured
   */
  client(name: string): KubeClient {
    const cluster = this.get(name);
    if (!cluster.client) {
      throw new ServiceUnavailableError(cluster.status.error);
    }
    return cluster.client;
  }

  /** True when all that the cluster has is in the index. */
  isSynced(name: string): boolean {
    return this.#connections.get(name)?.watcher.synced ?? false;
  }

  /** Calls the listener when a cluster becomes reachable or unreachable. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Tells the listeners that something can be reached again, or no longer. */
  notify(): void {
    this.#listeners.forEach(listener => listener());
  }

  /** Watches all clusters, each for itself, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    this.#connections.forEach(connection => connection.start(signal));
    await aborted(signal);
    await Promise.all([
      ...[...this.#connections.values()].map(connection => connection.ended()),
      ...this.#endings,
    ]);
  }

  #create(entry: JobCluster, before?: ClusterConnection): ClusterConnection {
    return new ClusterConnection(
      { ...this.#options, entry, onStatus: () => this.notify() },
      before,
    );
  }

  #leave(connection: ClusterConnection): void {
    const ending = connection
      .leave()
      .finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }
}
