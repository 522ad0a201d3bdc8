import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
import type { JobRef, Pod, QueueFacts } from '@ml-platform/rayjob';
import type { KubeClient } from '@ml-platform/kube';
import type { ClusterProblem, JobCluster } from '@ml-platform/sdk';
import { isDeepStrictEqual } from 'node:util';
import type { JobIndex } from '../index/JobIndex';
import { aborted } from '../util/aborted';
import { ClusterRun } from './ClusterRun';
import type { ClusterWatcher } from './ClusterWatcher';
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
}

/** All clusters that hold jobs. They may come and go while it runs. */
export class Clusters {
  private runs: ReadonlyMap<string, ClusterRun>;
  private set: ClusterSet;
  private signal: AbortSignal | undefined;
  private readonly endings = new Set<Promise<void>>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: ClustersOptions) {
    this.set = options;
    this.runs = new Map(
      options.entries.map(entry => [entry.name, this.create(entry)]),
    );
  }

  /** True when there are no clusters beside these. */
  get complete(): boolean {
    return this.set.complete ?? true;
  }

  /** Why some clusters can't be found. */
  get problems(): readonly ClusterProblem[] {
    return this.set.problems ?? [];
  }

  /**
   * Takes up which clusters there are now. Those that are reached as before are
   * not touched; the jobs of one that is gone go with it.
   */
  update(set: ClusterSet): void {
    this.set = set;
    const before = this.runs;
    this.runs = new Map(
      set.entries.map(entry => {
        const run = before.get(entry.name);
        return [
          entry.name,
          run && isDeepStrictEqual(run.watcher.entry, entry)
            ? run
            : this.create(entry, run),
        ];
      }),
    );
    for (const [name, run] of before) {
      if (!this.runs.has(name)) {
        this.leave(run);
      }
    }
    if (this.signal) {
      for (const run of this.runs.values()) {
        run.start(this.signal);
      }
    }
    this.notify();
  }

  all(): ClusterWatcher[] {
    return [...this.runs.values()].map(({ watcher }) => watcher);
  }

  statuses(): ClusterStatus[] {
    return [
      ...this.all().map(({ status }) => status),
      ...this.problems.map(({ name, error }) => ({ name, ok: false, error })),
    ];
  }

  /** @throws NotFoundError */
  get(name: string): ClusterWatcher {
    const run = this.runs.get(name);
    if (!run) {
      const others = this.complete ? '' : ', and some are not found yet';
      throw new NotFoundError(
        `There is no cluster ${name}; the clusters are ${
          [...this.runs.keys()].join(', ') || 'not configured'
        }${others}`,
      );
    }
    return run.watcher;
  }

  /** A cluster as it is configured, where it is known. */
  entry(name: string): JobCluster | undefined {
    return this.runs.get(name)?.watcher.entry;
  }

  has(name: string): boolean {
    return this.runs.has(name);
  }

  /** The pods of a job's current attempt; none of a cluster that is not known. */
  podsOf({ cluster, namespace, name }: JobRef): readonly Pod[] {
    return this.runs.get(cluster)?.watcher.jobs.podsOf(namespace, name) ?? [];
  }

  /** How a job stands in its queue, where its cluster is known. */
  queueOf({ cluster, namespace, name }: JobRef): QueueFacts | undefined {
    return this.runs.get(cluster)?.watcher.jobs.queueOf(namespace, name);
  }

  /** @throws NotFoundError; ServiceUnavailableError when it is misconfigured */
  client(name: string): KubeClient {
    const cluster = this.get(name);
    if (!cluster.client) {
      throw new ServiceUnavailableError(cluster.status.error);
    }
    return cluster.client;
  }

  /** True when all that the cluster has is in the index. */
  isSynced(name: string): boolean {
    return this.runs.get(name)?.watcher.synced ?? false;
  }

  /** Calls the listener when a cluster becomes reachable or unreachable. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Tells the listeners that something can be reached again, or no longer. */
  notify(): void {
    this.listeners.forEach(listener => listener());
  }

  /** Watches all clusters, each for itself, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.signal = signal;
    this.runs.forEach(run => run.start(signal));
    await aborted(signal);
    await Promise.all([
      ...[...this.runs.values()].map(run => run.ended()),
      ...this.endings,
    ]);
  }

  private create(entry: JobCluster, before?: ClusterRun): ClusterRun {
    const { index, logger, observers } = this.options;
    return new ClusterRun(
      { entry, index, logger, observers, onStatus: () => this.notify() },
      before,
    );
  }

  private leave(run: ClusterRun): void {
    const ending = run.leave().finally(() => this.endings.delete(ending));
    this.endings.add(ending);
  }
}
