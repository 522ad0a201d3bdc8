import { InputError } from '@backstage/errors';
import type { ParameterSchema } from '@ml-platform/parameters';
import type {
  JobEvent,
  JobFilter,
  JobPresets,
  JobRef,
  JobSummary,
  RayClusterSummary,
} from '@ml-platform/rayjob';
import { refOf, type JobChange } from '../jobs/jobChange';
import type { JobLogEnd, JobLogEvent, JobLogOptions } from '../platform/jobLog';
import type { JobDetail, JobList, JobListChange } from '../platform/jobViews';
import type {
  CallOptions,
  NewJob,
  Platform,
  WatchOptions,
} from '../platform/Platform';
import type {
  LogLines,
  LogLinesOptions,
  LogSearchEvent,
  LogSearchOptions,
  LogSearchProgress,
} from '../platform/numberedLog';
import type { PlatformStatus } from '../platform/platformStatus';
import { answerOf, createPortalApi, type PortalApi } from './portalApi';
import type { PortalCredentials } from './PortalCredentials';
import { findPortalJob, listPortalJobs, watchPortalJobs } from './portalJobs';
import { readPortalParameters, readPortalPresets } from './portalOrders';
import { readPortalLog } from './portalLog';
import { readPortalLines, searchPortalLog } from './portalNumberedLog';
import { PortalServer, type PortalServerOptions } from './PortalServer';
import { readPortalStatus } from './readPortalStatus';

export interface PortalPlatformOptions extends PortalServerOptions {
  readonly credentials: PortalCredentials;
}

/**
 * Training jobs through the portal: with what the caller may do there, with jobs
 * that are gone from their clusters, and without access to any cluster.
 *
 * ```ts
 * const url = 'https://portal.example.com';
 * const platform = new PortalPlatform({ url, credentials: portalCredentials({ url }) });
 * const { items } = await platform.listJobs({ state: ['running'] });
 * ```
 */
export class PortalPlatform implements Platform {
  readonly #server: PortalServer;
  readonly #api: PortalApi;

  /** @throws {InputError} when the URL is none */
  constructor(options: PortalPlatformOptions) {
    const { credentials } = options;
    this.#server = new PortalServer(options);
    this.#api = createPortalApi({ server: this.#server, credentials });
  }

  get title(): string {
    return this.#server.url;
  }

  async clusters({ signal }: CallOptions = {}): Promise<readonly string[]> {
    const clusters = await answerOf(this.#api.GET('/clusters', { signal }));
    return clusters.map(({ name }) => name);
  }

  listJobs(filter: JobFilter, options?: CallOptions): Promise<JobList> {
    return listPortalJobs(this.#api, filter, options);
  }

  watchJobs(
    filter: JobFilter,
    options: WatchOptions,
  ): AsyncGenerator<JobListChange, void> {
    return watchPortalJobs(this.#api, filter, options);
  }

  findJob(
    where: { readonly name: string; readonly namespace?: string },
    options?: CallOptions,
  ): Promise<JobSummary> {
    return findPortalJob(this.#api, where, options);
  }

  getJob(ref: JobRef, { signal }: CallOptions = {}): Promise<JobDetail> {
    return answerOf(
      this.#api.GET('/jobs/{cluster}/{namespace}/{name}', {
        params: { path: refOf(ref) },
        signal,
      }),
    );
  }

  async jobEvents(
    ref: JobRef,
    { signal }: CallOptions = {},
  ): Promise<JobEvent[]> {
    const { items } = await answerOf(
      this.#api.GET('/jobs/{cluster}/{namespace}/{name}/events', {
        params: { path: refOf(ref) },
        signal,
      }),
    );
    return [...items];
  }

  jobManifest(ref: JobRef, { signal }: CallOptions = {}): Promise<string> {
    return answerOf(
      this.#api.GET('/jobs/{cluster}/{namespace}/{name}/manifest', {
        params: { path: refOf(ref) },
        parseAs: 'text',
        signal,
      }),
    );
  }

  readLog(
    ref: JobRef,
    options: JobLogOptions,
  ): AsyncGenerator<JobLogEvent, JobLogEnd> {
    return readPortalLog(this.#api, ref, options);
  }

  logLines(ref: JobRef, options: LogLinesOptions = {}): Promise<LogLines> {
    return readPortalLines(this.#api, ref, options);
  }

  searchLog(
    ref: JobRef,
    options: LogSearchOptions,
  ): AsyncGenerator<LogSearchEvent, LogSearchProgress> {
    return searchPortalLog(this.#api, ref, options);
  }

  async submit(job: NewJob, options: CallOptions = {}): Promise<JobChange> {
    const { idempotencyKey } = job;
    const body = { ...(await this.#placed(job, options)), idempotencyKey };
    return answerOf(this.#api.POST('/jobs', { body, ...options }));
  }

  async propose(job: NewJob, options: CallOptions = {}): Promise<JobChange> {
    const body = await this.#placed(job, options);
    return answerOf(this.#api.POST('/proposals', { body, ...options }));
  }

  stop(ref: JobRef, { signal }: CallOptions = {}): Promise<JobChange> {
    return answerOf(
      this.#api.POST('/jobs/{cluster}/{namespace}/{name}/stop', {
        params: { path: refOf(ref) },
        signal,
      }),
    );
  }

  retry(ref: JobRef, { signal }: CallOptions = {}): Promise<JobChange> {
    return answerOf(
      this.#api.POST('/jobs/{cluster}/{namespace}/{name}/retry', {
        params: { path: refOf(ref) },
        signal,
      }),
    );
  }

  delete(ref: JobRef, { signal }: CallOptions = {}): Promise<JobChange> {
    return answerOf(
      this.#api.DELETE('/jobs/{cluster}/{namespace}/{name}', {
        params: { path: refOf(ref) },
        signal,
      }),
    );
  }

  workloadParameters(
    workload: string,
    options?: CallOptions,
  ): Promise<ParameterSchema | undefined> {
    return readPortalParameters(this.#api, workload, options);
  }

  jobPresets(
    cluster: string | undefined,
    options?: CallOptions,
  ): Promise<JobPresets> {
    return readPortalPresets(this.#api, cluster, options);
  }

  async rayClusters({ signal }: CallOptions = {}): Promise<
    readonly RayClusterSummary[]
  > {
    const list = await answerOf(this.#api.GET('/rayclusters', { signal }));
    return list.items;
  }

  async scale(
    rayCluster: JobRef,
    to: { readonly group: string; readonly replicas: number },
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { group, replicas } = to;
    await this.#api.PATCH('/rayclusters/{cluster}/{namespace}/{name}', {
      params: { path: refOf(rayCluster) },
      body: { group, replicas },
      signal,
    });
  }

  status(options?: CallOptions): Promise<PlatformStatus> {
    return readPortalStatus(this.#api, this.#server.url, options);
  }

  close(): void {
    this.#server.close();
  }

  /** @throws {InputError} when it isn't said where the job is to run */
  async #placed({ cluster, job }: NewJob, options: CallOptions) {
    const { namespace } = job.metadata;
    if (!namespace) {
      throw new InputError(
        `Say in metadata.namespace where ${job.metadata.name} runs`,
      );
    }
    return {
      cluster: cluster ?? (await this.#onlyCluster(options)),
      job: {
        ...job,
        metadata: { ...job.metadata, namespace },
        spec: { ...job.spec },
      },
    };
  }

  async #onlyCluster(options: CallOptions): Promise<string> {
    const [name, ...others] = await this.clusters(options);
    if (name === undefined || others.length > 0) {
      throw new InputError(
        name === undefined
          ? `No cluster of ${this.title} holds jobs`
          : `Say on which cluster the job runs: ${[name, ...others].join(', ')}`,
      );
    }
    return name;
  }
}
