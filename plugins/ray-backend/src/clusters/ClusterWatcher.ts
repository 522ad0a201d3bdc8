import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ClusterStatus,
  type ClusterSummary,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  type JobAttempt,
  type RayJob,
  RAYCLUSTERS,
  RAYJOBS,
} from '@ml-platform/rayjob';
import {
  EVENTS,
  PODS,
  resourcePath,
  type KubeClient,
  type KubeObject,
  type Watcher,
} from '@ml-platform/kube';
import { type JobCluster } from '@ml-platform/sdk';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobRunRef } from '../jobs/jobRun';
import { JobQueues } from '../kueue/JobQueues';
import { KueueWatcher } from '../kueue/KueueWatcher';
import { Notifier } from '../util/Notifier';
import { ClusterFacts } from './ClusterFacts';
import { ClusterReport } from './ClusterReport';
import { clusterWatch } from './clusterWatch';
import { countObjects } from './countObjects';
import { JobEventFeed } from './JobEventFeed';
import type { JobObserver } from './JobObserver';
import { JobLookup } from './JobLookup';
import { LiveJobs, type LiveJobsOptions } from './LiveJobs';
import { LiveRayClusters } from './LiveRayClusters';
import { openClient } from './openClient';
import { probeServer } from './probeServer';

export interface ClusterWatcherOptions {
  readonly entry: JobCluster;
  readonly index: JobIndex;
  readonly logger: LoggerService;
  readonly observers?: readonly JobObserver[];
  /** As {@link LiveJobs} takes it. */
  readonly attemptsBefore?: (ref: JobRunRef) => readonly JobAttempt[];
  readonly stateBefore?: LiveJobsOptions['stateBefore'];
  /** Called when the cluster becomes reachable or unreachable, or its list grows. */
  readonly onStatus: () => void;
  readonly clock?: () => Date;
  /** As {@link probeServer} takes it. */
  readonly probeEveryMs?: number;
}

/**
 * Everything that is known of one cluster: one watch each for its RayJobs, their
 * pods, RayClusters and events (one more for each further namespace), its queues where
 * it has Kueue, what is free on its nodes, and whether it can be reached.
 */
export class ClusterWatcher {
  readonly name: string;
  readonly title: string;
  readonly entry: JobCluster;
  /** Requests to the cluster; `undefined` when its configuration is wrong. */
  readonly client: KubeClient | undefined;
  /** Tells when anything changes that is told of the cluster beside its jobs. */
  readonly changes = new Notifier();
  readonly rayClusters: LiveRayClusters;
  readonly jobs: LiveJobs;
  readonly events: JobEventFeed;
  readonly facts: ClusterFacts;
  readonly queues: JobQueues;
  readonly #options: ClusterWatcherOptions;
  readonly #report: ClusterReport;
  readonly #watch: ReturnType<typeof clusterWatch>;
  readonly #jobPaths: readonly string[];
  #lookup: JobLookup | undefined;
  #watches: readonly { readonly relistCount: number }[] = [];

  constructor(options: ClusterWatcherOptions) {
    const { entry, clock = () => new Date() } = options;
    this.#options = options;
    this.name = entry.name;
    this.title = entry.title;
    this.entry = entry;
    const onChange = () => this.changes.notify();
    this.rayClusters = new LiveRayClusters({ cluster: entry, onChange });
    const wholeCluster = entry.namespaces === undefined;
    this.facts = new ClusterFacts({
      ...options,
      cluster: entry.name,
      wholeCluster,
      onChange,
    });
    const { client, problem } = openClient(entry);
    this.client = client;
    this.#jobPaths = this.#namespaces.map(namespace =>
      resourcePath(RAYJOBS, namespace),
    );
    this.#report = new ClusterReport({
      ...options,
      cluster: entry,
      problem,
      paths: this.#jobPaths,
      onChange: () => {
        onChange();
        options.onStatus();
      },
      clock,
    });
    this.#watch = clusterWatch({
      cluster: entry.name,
      report: this.#report,
      logger: options.logger,
    });
    this.queues = new JobQueues({
      onChange: jobs => {
        this.jobs.showAll(jobs);
        onChange();
      },
      wholeCluster,
    });
    this.jobs = new LiveJobs({
      ...options,
      cluster: entry.name,
      queues: this.queues,
      clock,
    });
    this.events = new JobEventFeed({
      runsOf: object => this.jobs.runsOf(object),
      onEvent: (run, event) =>
        options.observers?.forEach(one => one.happened?.(run, event)),
    });
  }

  /** Shows a job that was just submitted, before the watch tells of it. */
  take(job: RayJob & KubeObject): void {
    this.#lookup?.take(job);
  }

  /** Asks the cluster for a job that its watch may not have told of yet. */
  async look(namespace: string, name: string): Promise<void> {
    await this.#lookup?.look(namespace, name);
  }

  /** Full lists after the first, of all watches together. */
  get relists(): number {
    return this.#watches.reduce((sum, { relistCount }) => sum + relistCount, 0);
  }

  /** True once all jobs of the cluster are in the index. */
  get synced(): boolean {
    return this.#report.synced;
  }

  /** True for a cluster that can't be reached at the moment. */
  get down(): boolean {
    return this.#report.problem !== undefined;
  }

  get status(): ClusterStatus {
    return this.#report.status;
  }

  get summary(): Omit<ClusterSummary, 'jobs'> {
    const { nodes, kuberay } = this.facts;
    return { ...this.#report.summary, nodes, kuberay };
  }

  /** Watches until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { client, entry } = this;
    const { logger } = this.#options;
    if (!client) {
      logger.error(`${this.name}: ${this.#report.problem}`);
      return;
    }
    const lookup = new JobLookup(client);
    this.#lookup = lookup;
    const watches = this.#namespaces.flatMap(namespace => {
      const jobs = this.#watchJobs(client, namespace);
      lookup.add(namespace, jobs);
      return [jobs, ...this.#watchRay(client, namespace)];
    });
    const kueue = new KueueWatcher({
      client,
      cluster: this.name,
      namespaces: entry.namespaces,
      queues: this.queues,
      logger,
    });
    this.#watches = [...watches, kueue, this.facts];
    await Promise.all([
      ...watches.map(watch => watch.run(signal)),
      kueue.run(signal),
      this.facts.run(client, signal),
      this.#probe(client, signal),
      countObjects(client, this.#jobPaths, signal, (path, total) =>
        this.#report.counted(path, total),
      ),
    ]);
    client.close();
  }

  get #namespaces(): readonly (string | undefined)[] {
    return this.entry.namespaces ?? [undefined];
  }

  #probe(client: KubeClient, signal: AbortSignal): Promise<void> {
    return probeServer(
      {
        client,
        everyMs: this.#options.probeEveryMs,
        // While they are read, the reading tells.
        collections: () => (this.synced ? this.#jobPaths : []),
        onVersion: version => this.#report.probed(version),
        onError: error => this.#report.failedProbe(error),
      },
      signal,
    );
  }

  #watchJobs(
    kube: KubeClient,
    namespace: string | undefined,
  ): Watcher<RayJob & KubeObject> {
    return this.#watch<RayJob & KubeObject>({
      kube,
      path: resourcePath(RAYJOBS, namespace),
      decisive: true,
      upsert: (key, job) => this.jobs.putJob(key, job, this.synced),
      remove: key => this.jobs.removeJob(key),
    });
  }

  #watchRay(kube: KubeClient, namespace: string | undefined) {
    return [
      this.#watch(
        this.jobs.pods.collection(kube, resourcePath(PODS, namespace)),
      ),
      this.#watch(
        this.rayClusters.collection(kube, resourcePath(RAYCLUSTERS, namespace)),
      ),
      this.#watch(
        this.events.collection(kube, resourcePath(EVENTS, namespace)),
      ),
    ];
  }
}
