import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ClusterStatus,
  type ClusterSummary,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  currentAttempt,
  rayClusterSummary,
  type Pod,
  type RayCluster,
  type RayClusterSummary,
  type RayJob,
  RAYCLUSTERS,
  RAYJOBS,
} from '@ml-platform/rayjob';
import {
  PODS,
  Watcher,
  resourcePath,
  type KubeClient,
  type KubeObject,
} from '@ml-platform/kube';
import { type JobCluster } from '@ml-platform/sdk';
import type { JobIndex } from '../index/JobIndex';
import { JobQueues } from '../kueue/JobQueues';
import { KueueWatcher } from '../kueue/KueueWatcher';
import { ClusterHealth } from './ClusterHealth';
import type { JobObserver } from './JobObserver';
import { JobLookup } from './JobLookup';
import { LiveJobs, toJobRow, type JobRow } from './LiveJobs';
import { openClient } from './openClient';
import { compactPod } from './PodStore';
import { probeServer } from './probeServer';
import { watchCollection, type Collection } from './watchCollection';

/** A way in which a cluster is looked at, beside the paths of its watches. */
const PROBE = 'probe';

/** KubeRay puts it on every pod that it makes, submitters included. */
const RAY_PODS = 'app.kubernetes.io/created-by=kuberay-operator';

export interface ClusterWatcherOptions {
  readonly entry: JobCluster;
  readonly index: JobIndex;
  readonly logger: LoggerService;
  readonly observers?: readonly JobObserver[];
  /** Called when the cluster becomes reachable or unreachable. */
  readonly onStatus: () => void;
  readonly clock?: () => Date;
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
  private readonly health: ClusterHealth;
  private version: string | undefined;
  private lastEventAt: string | undefined;
  private unsynced = 0;
  private started = false;
  private lookup: JobLookup | undefined;
  private watches: readonly { readonly relistCount: number }[] = [];

  constructor(private readonly options: ClusterWatcherOptions) {
    const { entry, index, observers } = options;
    this.name = entry.name;
    this.title = entry.title;
    this.clock = options.clock ?? (() => new Date());
    const { client, problem } = openClient(entry);
    this.kube = client;
    this.health = new ClusterHealth({
      cluster: entry.name,
      problem,
      logger: options.logger,
      onChange: options.onStatus,
    });
    this.queues = new JobQueues({
      onChange: jobs => this.jobs.showAll(jobs),
      wholeCluster: entry.namespaces === undefined,
    });
    this.jobs = new LiveJobs({ index, observers, queues: this.queues });
  }

  /** Requests to the cluster; `undefined` when its configuration is wrong. */
  get client(): KubeClient | undefined {
    return this.kube;
  }

  /** Shows a job that was just submitted, before the watch tells of it. */
  take(job: RayJob & KubeObject): void {
    this.lookup?.take(job);
  }

  /** Asks the cluster for a job that its watch may not have told of yet. */
  async look(namespace: string, name: string): Promise<void> {
    await this.lookup?.look(namespace, name);
  }

  /** Full lists after the first, of all watches together. */
  get relists(): number {
    return this.watches.reduce((sum, { relistCount }) => sum + relistCount, 0);
  }

  /** The cluster as it is configured. */
  get entry(): JobCluster {
    return this.options.entry;
  }

  /** True once all jobs of the cluster are in the index. */
  get synced(): boolean {
    return this.started && this.unsynced === 0;
  }

  get status(): ClusterStatus {
    const { error } = this.health;
    return { name: this.name, ok: error === undefined, error };
  }

  get summary(): Omit<ClusterSummary, 'jobs'> {
    return {
      name: this.name,
      title: this.title,
      reachable: this.synced && this.health.error === undefined,
      version: this.version,
      lastEventAt: this.lastEventAt,
      error: this.health.error,
    };
  }

  /** Watches until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { kube } = this;
    if (!kube) {
      this.options.logger.error(`${this.name}: ${this.health.error}`);
      return;
    }
    const { entry, logger } = this.options;
    const namespaces = entry.namespaces ?? [undefined];
    this.unsynced = namespaces.length;
    this.started = true;
    const lookup = new JobLookup(kube);
    this.lookup = lookup;
    const watches = namespaces.flatMap(namespace => [
      this.watchJobs(kube, namespace, lookup),
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
      probeServer(
        {
          client: kube,
          onVersion: version => {
            this.version = version;
            this.health.report(PROBE, undefined);
          },
          onError: error => this.health.report(PROBE, error),
        },
        signal,
      ),
    ]);
    kube.close();
  }

  private watchJobs(
    kube: KubeClient,
    namespace: string | undefined,
    lookup: JobLookup,
  ): Watcher<RayJob & KubeObject, JobRow> {
    const watcher = this.watch<RayJob & KubeObject, JobRow>({
      kube,
      path: resourcePath(RAYJOBS, namespace),
      decisive: true,
      toRow: job => {
        this.options.observers?.forEach(observer =>
          observer.seen(this.name, job, [currentAttempt(job)]),
        );
        return toJobRow(this.name, job);
      },
      upsert: (key, row) => this.jobs.putJob(key, row),
      remove: (key, row) => this.jobs.removeJob(key, row),
    });
    lookup.add(namespace, watcher);
    return watcher;
  }

  private watch<Obj extends KubeObject, Row>(
    collection: Collection<Obj, Row>,
  ): Watcher<Obj, Row> {
    const heard = () => {
      this.lastEventAt = this.clock().toISOString();
    };
    return watchCollection(collection, {
      logger: this.options.logger,
      onHeard: heard,
      onFirstSync: () => {
        this.unsynced -= 1;
        this.options.onStatus();
      },
      onStatus: error => {
        this.health.report(collection.path, error);
        if (error === undefined) {
          heard();
          // It has just answered, though the probe may wait for its turn.
          this.health.report(PROBE, undefined);
        }
      },
      // Pods and RayClusters refine; a reader without them is no outage.
      onLesser: error =>
        this.options.logger.warn(`${this.name}: ${collection.path}: ${error}`),
    });
  }
}
