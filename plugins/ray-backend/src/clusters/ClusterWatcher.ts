import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  rayClusterSummary,
  type ClusterStatus,
  type ClusterSummary,
  type Pod,
  type RayCluster,
  type RayClusterSummary,
  type RayJob,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  KubeClient,
  PODS,
  RAYCLUSTERS,
  RAYJOBS,
  Watcher,
  createClusterAccess,
  resourcePath,
  type KubeObject,
} from '@ml-platform/sdk';
import type { RayClusterEntry } from '@ml-platform/sdk';
import type { JobIndex } from '../index/JobIndex';
import { JobQueues } from '../kueue/JobQueues';
import { KueueWatcher } from '../kueue/KueueWatcher';
import type { JobObserver } from './JobObserver';
import { LiveJobs, toJobRow, type JobRow } from './LiveJobs';
import { compactPod } from './PodStore';
import { serverVersion } from './serverVersion';

/** KubeRay puts it on every pod that it makes, submitters included. */
const RAY_PODS = 'app.kubernetes.io/created-by=kuberay-operator';

export interface ClusterWatcherOptions {
  readonly entry: RayClusterEntry;
  readonly index: JobIndex;
  readonly logger: LoggerService;
  readonly observers?: readonly JobObserver[];
  /** Called when the cluster becomes reachable or unreachable. */
  readonly onStatus: () => void;
  readonly clock?: () => Date;
}

interface Collection<Obj, Row> {
  readonly kube: KubeClient;
  readonly path: string;
  readonly labelSelector?: string;
  /** The cluster counts as reachable when this one can be watched. */
  readonly decisive?: boolean;
  readonly toRow: (object: Obj) => Row;
  readonly upsert: (key: string, row: Row) => unknown;
  readonly remove: (key: string, row: Row) => unknown;
}

/**
 * Everything that is known of one cluster: one watch each for its RayJobs, their
 * pods and RayClusters (one more for each further namespace), its queues where
 * it has Kueue, and whether it can be reached. Nothing of it waits for another
 * cluster.
 */
export class ClusterWatcher {
  readonly name: string;
  readonly title: string;
  readonly rayClusters = new Map<string, RayClusterSummary>();
  readonly jobs: LiveJobs;
  private readonly queues: JobQueues;
  private readonly kube: KubeClient | undefined;
  private readonly clock: () => Date;
  private error: string | undefined;
  private version: string | undefined;
  private lastEventAt: string | undefined;
  private unsynced = 0;
  private started = false;
  private watches: readonly { readonly relistCount: number }[] = [];

  constructor(private readonly options: ClusterWatcherOptions) {
    const { entry, index, observers } = options;
    this.name = entry.name;
    this.title = entry.title;
    this.clock = options.clock ?? (() => new Date());
    this.queues = new JobQueues({
      onChange: jobs => this.jobs.showAll(jobs),
      wholeCluster: entry.namespaces === undefined,
    });
    this.jobs = new LiveJobs({ index, observers, queues: this.queues });
    try {
      if (entry.access.ok) {
        this.kube = new KubeClient({
          kubeConfig: createClusterAccess(entry.access.config),
        });
      } else {
        this.error = entry.access.error;
      }
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    }
  }

  /** Requests to the cluster; `undefined` when its configuration is wrong. */
  get client(): KubeClient | undefined {
    return this.kube;
  }

  /** Full lists after the first, of all watches together. */
  get relists(): number {
    return this.watches.reduce((sum, { relistCount }) => sum + relistCount, 0);
  }

  /** Namespaces that are watched; all where absent. */
  get namespaces(): readonly string[] | undefined {
    return this.options.entry.namespaces;
  }

  /** True once all jobs of the cluster are in the index. */
  get synced(): boolean {
    return this.started && this.unsynced === 0;
  }

  get status(): ClusterStatus {
    return {
      name: this.name,
      ok: this.error === undefined,
      error: this.error,
    };
  }

  get summary(): Omit<ClusterSummary, 'jobs'> {
    return {
      name: this.name,
      title: this.title,
      reachable: this.synced && this.error === undefined,
      version: this.version,
      lastEventAt: this.lastEventAt,
      error: this.error,
    };
  }

  /** Watches until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { kube } = this;
    if (!kube) {
      this.options.logger.error(`${this.error}`);
      return;
    }
    const { entry, logger } = this.options;
    const namespaces = entry.namespaces ?? [undefined];
    this.unsynced = namespaces.length;
    this.started = true;
    const watches = namespaces.flatMap(namespace => [
      this.watch<RayJob & KubeObject, JobRow>({
        kube,
        path: resourcePath(RAYJOBS, namespace),
        decisive: true,
        toRow: job => {
          this.options.observers?.forEach(observer =>
            observer.seen(this.name, job),
          );
          return toJobRow(this.name, job);
        },
        upsert: (key, row) => this.jobs.putJob(key, row),
        remove: (key, row) => this.jobs.removeJob(key, row),
      }),
      this.watch<Pod & KubeObject, Pod>({
        kube,
        path: resourcePath(PODS, namespace),
        labelSelector: RAY_PODS,
        toRow: compactPod,
        upsert: (key, pod) => this.jobs.putPod(key, pod),
        remove: (key, pod) => this.jobs.removePod(key, pod),
      }),
      this.watch<RayCluster & KubeObject, RayClusterSummary>({
        kube,
        path: resourcePath(RAYCLUSTERS, namespace),
        toRow: cluster => rayClusterSummary(this.name, cluster),
        upsert: (key, row) => this.rayClusters.set(key, row),
        remove: key => this.rayClusters.delete(key),
      }),
    ]);
    const kueue = new KueueWatcher({
      client: kube,
      cluster: this.name,
      namespaces: entry.namespaces,
      queues: this.queues,
      logger,
    });
    this.watches = [...watches, kueue];
    await Promise.all([
      ...watches.map(watch => watch.run(signal)),
      kueue.run(signal),
      serverVersion(kube, signal).then(version => {
        this.version = version;
      }),
    ]);
    kube.close();
  }

  private watch<Obj extends KubeObject, Row>(
    collection: Collection<Obj, Row>,
  ): Watcher<Obj, Row> {
    const { kube, path, labelSelector, decisive } = collection;
    let first = true;
    const seen = () => {
      this.lastEventAt = this.clock().toISOString();
    };
    return new Watcher<Obj, Row>({
      client: kube,
      path,
      labelSelector,
      toRow: collection.toRow,
      logger: this.options.logger,
      handler: {
        upsert: (key, row) => {
          seen();
          collection.upsert(key, row);
        },
        remove: (key, row) => {
          seen();
          collection.remove(key, row);
        },
        synced: () => {
          if (first && decisive) {
            first = false;
            this.unsynced -= 1;
            this.options.onStatus();
          }
        },
        status: ({ ok, error }) => {
          // Pods and RayClusters refine; a reader without them is no outage.
          if (decisive) {
            this.setError(ok ? undefined : error);
          } else if (!ok) {
            this.options.logger.warn(`${this.name}: ${path}: ${error}`);
          }
        },
      },
    });
  }

  private setError(error: string | undefined): void {
    if (error !== this.error) {
      this.error = error;
      if (error) {
        this.options.logger.warn(`${this.name}: ${error}`);
      } else {
        this.options.logger.info(`${this.name} is reachable`);
      }
      this.options.onStatus();
    }
  }
}
