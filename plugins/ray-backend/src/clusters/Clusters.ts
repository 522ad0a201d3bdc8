import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type {
  ClusterStatus,
  JobRef,
  Pod,
  QueueFacts,
} from '@ml-platform/backstage-plugin-ray-common';
import type { KubeClient } from '@ml-platform/sdk';
import type { RayClusterEntry } from '@ml-platform/sdk';
import type { JobIndex } from '../index/JobIndex';
import { ClusterWatcher } from './ClusterWatcher';
import type { JobObserver } from './JobObserver';

/** All clusters that hold jobs. */
export class Clusters {
  private readonly watchers: ReadonlyMap<string, ClusterWatcher>;
  private readonly listeners = new Set<() => void>();

  constructor(options: {
    readonly entries: readonly RayClusterEntry[];
    readonly index: JobIndex;
    readonly logger: LoggerService;
    readonly observers?: readonly JobObserver[];
  }) {
    const { entries, index, logger, observers } = options;
    this.watchers = new Map(
      entries.map(entry => [
        entry.name,
        new ClusterWatcher({
          entry,
          index,
          logger,
          observers,
          onStatus: () => this.notify(),
        }),
      ]),
    );
  }

  all(): ClusterWatcher[] {
    return [...this.watchers.values()];
  }

  statuses(): ClusterStatus[] {
    return this.all().map(cluster => cluster.status);
  }

  /** @throws NotFoundError */
  get(name: string): ClusterWatcher {
    const cluster = this.watchers.get(name);
    if (!cluster) {
      throw new NotFoundError(
        `There is no cluster ${name}; the clusters are ${
          [...this.watchers.keys()].join(', ') || 'not configured'
        }`,
      );
    }
    return cluster;
  }

  has(name: string): boolean {
    return this.watchers.has(name);
  }

  /** The pods of a job's current attempt; none of a cluster that is not known. */
  podsOf({ cluster, namespace, name }: JobRef): readonly Pod[] {
    return this.watchers.get(cluster)?.jobs.podsOf(namespace, name) ?? [];
  }

  /** How a job stands in its queue, where its cluster is known. */
  queueOf({ cluster, namespace, name }: JobRef): QueueFacts | undefined {
    return this.watchers.get(cluster)?.jobs.queueOf(namespace, name);
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
    return this.watchers.get(name)?.synced ?? false;
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
    await Promise.all(this.all().map(cluster => cluster.run(signal)));
  }
}
