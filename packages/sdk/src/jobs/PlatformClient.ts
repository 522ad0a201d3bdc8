import { InputError } from '@backstage/errors';
import {
  DEFAULT_JOB_POLICY,
  jobEvent,
  jobSummary,
  matchesFilter,
  RAY_LABEL_CLUSTER,
  RAY_LABEL_ORIGIN_NAME,
  type JobEvent,
  type JobFilter,
  type JobPolicy,
  type JobRef,
  type JobSummary,
  type KubernetesEvent,
  type Pod,
  type RayJob,
  RAYJOBS,
} from '@ml-platform/rayjob';
import {
  type ClusterConfig,
  createClusterAccess,
  KubeClient,
  EVENTS,
  PODS,
  resourcePath,
  type PodLogEnd,
} from '@ml-platform/kube';
import type { JobsRepository } from '@ml-platform/gitops';
import {
  driverLog,
  type DriverLogEvent,
  type DriverLogOptions,
} from '../logs/driverLog';
import { checkAdmission } from './jobAdmission';
import type { JobChange } from './jobChange';
import { JobChanges } from './JobChanges';

export interface PlatformClientOptions {
  readonly clusters: readonly ClusterConfig[];
  /** The repository that jobs come from; without it, jobs from git stay as they are. */
  readonly repository?: JobsRepository;
  /** Who asks for changes, for example `user:default/ada`. */
  readonly requester?: string;
  /** What a new job may ask for; Pod Security baseline by default. */
  readonly policy?: JobPolicy;
}

/** Who asks, for a client that doesn't say. */
const UNNAMED = 'PlatformClient';

interface List<T> {
  readonly items: readonly T[];
}

/**
 * Training jobs on any number of clusters, straight from Kubernetes.
 *
 * ```ts
 * const platform = new PlatformClient({ clusters: [{ name: 'workload-cluster',
 *   auth: { type: 'kubeconfig', file: '.local/kubeconfig', context: 'workload' } }] });
 * for (const job of await platform.list({ state: ['running'] })) {
 *   console.log(job.name, job.state);
 * }
 * ```
 *
 * Every method can also fail as follows.
 *
 * @throws {ServiceUnavailableError} when the cluster can't be reached
 * @throws {NotAllowedError} when the cluster refuses
 * @throws {AuthenticationError} when the cluster doesn't know the credentials
 */
export class PlatformClient {
  readonly #clients: ReadonlyMap<string, KubeClient>;

  readonly #options: PlatformClientOptions;
  readonly #changes: JobChanges;

  constructor(options: PlatformClientOptions) {
    this.#options = options;
    this.#changes = new JobChanges({
      client: cluster => this.#client(cluster),
      repository: options.repository,
    });
    this.#clients = new Map(
      options.clusters.map(cluster => [
        cluster.name,
        new KubeClient({ access: createClusterAccess(cluster) }),
      ]),
    );
  }

  /** Jobs of all clusters, newest first. */
  async list(filter: JobFilter = {}): Promise<JobSummary[]> {
    const names = [...this.#clients.keys()].filter(
      name => !filter.cluster?.length || filter.cluster.includes(name),
    );
    const lists = await Promise.all(
      names.map(async name => {
        const client = this.#client(name);
        const namespace =
          filter.namespace?.length === 1 ? filter.namespace[0] : undefined;
        const { items } = await client.json<List<RayJob>>({
          path: resourcePath(RAYJOBS, namespace),
        });
        return items.map(job => jobSummary(name, job));
      }),
    );
    return lists
      .flat()
      .filter(job => matchesFilter(job, filter))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /**
   * The RayJob as the cluster has it.
   * @throws {NotFoundError} when there is no such job
   */
  async get(ref: JobRef): Promise<RayJob> {
    return this.#client(ref.cluster).json<RayJob>({
      path: resourcePath(RAYJOBS, ref.namespace, ref.name),
    });
  }

  /** The job's pods: submitter, head and workers of the current attempt. */
  async pods(ref: JobRef): Promise<Pod[]> {
    const client = this.#client(ref.cluster);
    const job = await this.get(ref);
    const selectors = [
      `${RAY_LABEL_ORIGIN_NAME}=${ref.name}`,
      ...(job.status?.rayClusterName
        ? [`${RAY_LABEL_CLUSTER}=${job.status.rayClusterName}`]
        : []),
    ];
    const lists = await Promise.all(
      selectors.map(labelSelector =>
        client.json<List<Pod>>({
          path: resourcePath(PODS, ref.namespace),
          query: { labelSelector },
        }),
      ),
    );
    return lists.flatMap(list => list.items);
  }

  /** Events of the job itself, oldest first. */
  async events(ref: JobRef): Promise<JobEvent[]> {
    const { items } = await this.#client(ref.cluster).json<
      List<KubernetesEvent>
    >({
      path: resourcePath(EVENTS, ref.namespace),
      query: { fieldSelector: `involvedObject.name=${ref.name}` },
    });
    return items
      .map(jobEvent)
      .sort((a, b) => a.lastSeen.localeCompare(b.lastSeen));
  }

  /** The driver's log as it is written; see {@link driverLog}. */
  logs(
    ref: JobRef,
    options: DriverLogOptions,
  ): AsyncGenerator<DriverLogEvent, PodLogEnd> {
    return driverLog(this.#client(ref.cluster), ref, options);
  }

  /**
   * Creates a RayJob.
   * @throws {InputError} when the platform doesn't run such a job
   * @throws {ConflictError} when the name is taken
   */
  async submit(cluster: string, job: RayJob): Promise<JobChange> {
    await this.#admit(cluster, job);
    return this.#changes.submit({ cluster, job });
  }

  /**
   * Stops a job and keeps its record: by a pull request when git owns it.
   * @throws {NotFoundError} when there is no such job
   * @throws {ConflictError} when it has ended, or can't be stopped from here
   */
  stop(ref: JobRef): Promise<JobChange> {
    return this.#changes.stop(ref, { requester: this.#requester });
  }

  /**
   * Starts a new run with the specification of a job, under a new name: by a pull
   * request when git owns that job.
   * @throws {NotFoundError} when there is no such job
   * @throws {InputError} when the platform doesn't run such a job
   */
  async retry(ref: JobRef): Promise<JobChange> {
    return this.#changes.retry(ref.cluster, await this.get(ref), {
      requester: this.#requester,
      admit: job => this.#admit(ref.cluster, job),
    });
  }

  /**
   * Deletes a job with everything that belongs to it: by a pull request when git
   * owns it.
   * @throws {NotFoundError} when there is no such job
   */
  delete(ref: JobRef): Promise<JobChange> {
    return this.#changes.delete(ref, { requester: this.#requester });
  }

  /** Closes the connections. */
  close(): void {
    for (const client of this.#clients.values()) {
      client.close();
    }
  }

  get #requester(): string {
    return this.#options.requester ?? UNNAMED;
  }

  async #admit(cluster: string, job: RayJob): Promise<RayJob> {
    const { policy = DEFAULT_JOB_POLICY } = this.#options;
    checkAdmission(
      {
        clusters: [{ name: cluster, holdsJobs: true }],
        complete: true,
        policy,
        allowedMetadata: [],
      },
      cluster,
      job,
    );
    return job;
  }

  #client(cluster: string): KubeClient {
    const client = this.#clients.get(cluster);
    if (!client) {
      throw new InputError(
        `There is no cluster ${cluster}; use one of ${[
          ...this.#clients.keys(),
        ].join(', ')}`,
      );
    }
    return client;
  }
}
