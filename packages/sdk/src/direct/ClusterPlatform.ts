import { InputError, NotFoundError, isError } from '@backstage/errors';
import type { JobsRepository } from '@ml-platform/gitops';
import { resourcePath } from '@ml-platform/kube';
import {
  compareJobs,
  DEFAULT_JOB_PRESETS,
  RAYCLUSTERS,
  rayClusterSummary,
  type JobFilter,
  type JobPolicy,
  type JobPresets,
  type JobRef,
  type RayCluster,
} from '@ml-platform/rayjob';
import { scaleRayCluster } from '../jobs/scaleRayCluster';
import type { JobList } from '../platform/jobViews';
import type {
  CallOptions,
  NewJob,
  Platform,
  WatchOptions,
} from '../platform/Platform';
import type { PlatformStatus } from '../platform/platformStatus';
import type { ClusterChanges } from './ClusterChanges';
import type { ClusterLink } from './clusterLink';
import { readRayJob } from './clusterObjects';
import { listClusterJobs } from './listClusterJobs';
import { listRayClusters } from './listRayClusters';
import {
  findClusterJob,
  readClusterJob,
  readClusterJobEvents,
} from './readClusterJob';

export interface ClusterPlatformOptions {
  /** For people, for example `context workload`. */
  readonly title: string;
  /** At least one; the first is the default. */
  readonly clusters: readonly [ClusterLink, ...ClusterLink[]];
  /**
   * The repository that jobs come from; without it, jobs from git stay as they are.
   * Asked for when the first job is changed.
   */
  readonly repository?: () => Promise<JobsRepository>;
  /** Who asks for changes, for example `user:default/ada`. */
  readonly requester: string;
  /** What a new job may ask for; Pod Security baseline by default. */
  readonly policy?: JobPolicy;
  /** What a new job is chosen from; the default without one. */
  readonly presets?: JobPresets;
  /** How the platform around the clusters is; see {@link Platform.status}. */
  readonly status: (options: CallOptions) => Promise<PlatformStatus>;
}

const NOT_NUMBERED =
  'Only the portal numbers the lines of logs; open the platform through the portal';

/** Training jobs straight from the clusters, with the rights of whoever asks. */
export class ClusterPlatform implements Platform {
  readonly title: string;
  readonly #options: ClusterPlatformOptions;
  #made: Promise<ClusterChanges> | undefined;

  constructor(options: ClusterPlatformOptions) {
    this.#options = options;
    this.title = options.title;
  }

  /** Nobody but a catalog knows workloads by their names. */
  async workloadParameters(): Promise<undefined> {
    return undefined;
  }

  async jobPresets(): Promise<JobPresets> {
    return this.#options.presets ?? DEFAULT_JOB_PRESETS;
  }

  async clusters(): Promise<readonly string[]> {
    return this.#options.clusters.map(({ name }) => name);
  }

  async listJobs(
    filter: JobFilter,
    { signal }: CallOptions = {},
  ): Promise<JobList> {
    const links = this.#chosen(filter);
    const lists = await Promise.all(
      links.map(link =>
        listClusterJobs(link, filter, signal).then(
          items => ({ items, error: undefined }),
          (error: unknown) => ({ items: [], error }),
        ),
      ),
    );
    const failures = lists.filter(({ error }) => error !== undefined);
    if (failures.length === lists.length) {
      throw failures[0]?.error;
    }
    return {
      items: lists
        .flatMap(({ items }) => items)
        .sort((a, b) => compareJobs(b, a, 'createdAt', 0)),
      clusters: links.map(({ name }, i) => {
        const { error } = lists[i];
        return error === undefined
          ? { name, ok: true }
          : {
              name,
              ok: false,
              error: isError(error) ? error.message : String(error),
            };
      }),
    };
  }

  async *watchJobs(filter: JobFilter, options: WatchOptions) {
    const { watchClusterJobs } = await import('./watchClusterJobs');
    yield* watchClusterJobs(this.#chosen(filter), filter, options);
  }

  findJob(
    where: { readonly name: string; readonly namespace?: string },
    { signal }: CallOptions = {},
  ) {
    return findClusterJob(this.#options.clusters, where, signal);
  }

  async getJob(ref: JobRef, { signal }: CallOptions = {}) {
    return readClusterJob(this.#link(ref.cluster), ref, signal);
  }

  async jobEvents(ref: JobRef, { signal }: CallOptions = {}) {
    return readClusterJobEvents(this.#link(ref.cluster), ref, signal);
  }

  async jobManifest(
    ref: JobRef,
    { signal }: CallOptions = {},
  ): Promise<string> {
    // Its library takes long to load.
    const { readManifest } = await import('./readManifest');
    return readManifest(this.#link(ref.cluster), ref, signal);
  }

  async *readLog(ref: JobRef, options: Parameters<Platform['readLog']>[1]) {
    const { clusterLog } = await import('./clusterLog');
    return yield* clusterLog(this.#link(ref.cluster), ref, options);
  }

  async logLines(): Promise<never> {
    throw new InputError(NOT_NUMBERED);
  }

  searchLog(): never {
    throw new InputError(NOT_NUMBERED);
  }

  async submit(job: NewJob) {
    return (await this.#changes()).submit(this.#link(job.cluster).name, job);
  }

  async propose(job: NewJob) {
    return (await this.#changes()).propose(this.#link(job.cluster).name, job);
  }

  async stop(ref: JobRef) {
    return (await this.#changes()).stop(ref);
  }

  async retry(ref: JobRef, { signal }: CallOptions = {}) {
    const source = await readRayJob(this.#link(ref.cluster), ref, signal);
    return (await this.#changes()).retry(ref, source);
  }

  async delete(ref: JobRef) {
    return (await this.#changes()).delete(ref);
  }

  rayClusters(options?: CallOptions & { readonly namespace?: string }) {
    return listRayClusters(this.#options.clusters, options);
  }

  async scale(
    ref: JobRef,
    { group, replicas }: { readonly group: string; readonly replicas: number },
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { client, name } = this.#link(ref.cluster);
    const path = resourcePath(RAYCLUSTERS, ref.namespace, ref.name);
    const found = await client.json<RayCluster>({ path, signal });
    const row = rayClusterSummary(name, found);
    await scaleRayCluster({ client, row, group, replicas });
  }

  status(options: CallOptions = {}): Promise<PlatformStatus> {
    return this.#options.status(options);
  }

  close(): void {
    this.#options.clusters.forEach(({ client }) => client.close());
  }

  /** Loaded when the first job is changed: who only reads need not wait for it. */
  #changes(): Promise<ClusterChanges> {
    this.#made ??= (async () => {
      const changes = await import('./ClusterChanges');
      const { repository, ...options } = this.#options;
      return new changes.ClusterChanges({
        ...options,
        client: cluster => this.#link(cluster).client,
        repository: await repository?.(),
      });
    })();
    return this.#made;
  }

  #chosen({ cluster = [] }: JobFilter): readonly ClusterLink[] {
    return cluster.length > 0
      ? cluster.map(name => this.#link(name))
      : this.#options.clusters;
  }

  /** @throws {NotFoundError} when there is no such cluster */
  #link(name: string | undefined): ClusterLink {
    const { clusters } = this.#options;
    if (name === undefined) {
      if (clusters.length > 1) {
        throw new InputError(
          `Choose one of the clusters ${clusters.map(one => one.name).join(', ')}`,
        );
      }
      return clusters[0];
    }
    const link = clusters.find(candidate => candidate.name === name);
    if (!link) {
      throw new NotFoundError(
        `There is no cluster ${name}; use one of ${clusters
          .map(one => one.name)
          .join(', ')}`,
      );
    }
    return link;
  }
}
