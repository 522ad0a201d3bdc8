import { InputError } from '@backstage/errors';
import {
  jobEvent,
  jobSummary,
  matchesFilter,
  RAY_LABEL_CLUSTER,
  RAY_LABEL_ORIGIN_NAME,
  validateJobName,
  validateNamespace,
  type JobEvent,
  type JobFilter,
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
import {
  driverLog,
  type DriverLogEvent,
  type DriverLogOptions,
} from '../logs/driverLog';
import { stopRayJob } from './stopRayJob';

export interface PlatformClientOptions {
  readonly clusters: readonly ClusterConfig[];
}

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
 * Every method throws ServiceUnavailableError when the cluster can't be reached,
 * and NotAllowedError or AuthenticationError when it refuses.
 */
export class PlatformClient {
  private readonly clients: ReadonlyMap<string, KubeClient>;

  constructor(options: PlatformClientOptions) {
    this.clients = new Map(
      options.clusters.map(cluster => [
        cluster.name,
        new KubeClient({ kubeConfig: createClusterAccess(cluster) }),
      ]),
    );
  }

  /** Jobs of all clusters, newest first. */
  async list(filter: JobFilter = {}): Promise<JobSummary[]> {
    const names = [...this.clients.keys()].filter(
      name => !filter.cluster?.length || filter.cluster.includes(name),
    );
    const lists = await Promise.all(
      names.map(async name => {
        const client = this.client(name);
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
   * @throws NotFoundError
   */
  async get(ref: JobRef): Promise<RayJob> {
    return this.client(ref.cluster).json<RayJob>({
      path: resourcePath(RAYJOBS, ref.namespace, ref.name),
    });
  }

  /** The job's pods: submitter, head and workers of the current attempt. */
  async pods(ref: JobRef): Promise<Pod[]> {
    const client = this.client(ref.cluster);
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
    const { items } = await this.client(ref.cluster).json<
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
    return driverLog(this.client(ref.cluster), ref, options);
  }

  /**
   * Creates a RayJob.
   * @throws InputError for a bad name; ConflictError when the name is taken
   */
  async submit(cluster: string, job: RayJob): Promise<RayJob> {
    const namespace = job.metadata.namespace ?? '';
    const problem =
      validateJobName(job.metadata.name) ?? validateNamespace(namespace);
    if (problem) {
      throw new InputError(problem);
    }
    return this.client(cluster).json<RayJob>({
      method: 'POST',
      path: resourcePath(RAYJOBS, namespace),
      body: { apiVersion: 'ray.io/v1', kind: 'RayJob', ...job },
    });
  }

  /**
   * Stops a job and keeps its record; see {@link stopRayJob}.
   * @throws NotFoundError; ConflictError when it has ended
   */
  async stop(ref: JobRef): Promise<void> {
    await stopRayJob(this.client(ref.cluster), await this.get(ref));
  }

  /**
   * Deletes a job with everything that belongs to it.
   * @throws NotFoundError
   */
  async delete(ref: JobRef): Promise<void> {
    await this.client(ref.cluster).json({
      method: 'DELETE',
      path: resourcePath(RAYJOBS, ref.namespace, ref.name),
      query: { propagationPolicy: 'Background' },
    });
  }

  /** Closes the connections. */
  close(): void {
    for (const client of this.clients.values()) {
      client.close();
    }
  }

  private client(cluster: string): KubeClient {
    const client = this.clients.get(cluster);
    if (!client) {
      throw new InputError(
        `There is no cluster ${cluster}; use one of ${[
          ...this.clients.keys(),
        ].join(', ')}`,
      );
    }
    return client;
  }
}
