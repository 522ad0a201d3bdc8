import {
  jobManifest,
  type JobFilter,
  type PresetJobSpec,
  type JobRef,
} from '@ml-platform/rayjob';
import type {
  BuildOptions,
  BuiltImage,
  ImageVersion,
} from '../images/imageTypes';
import { openImages } from '../images/openImages';
import type { WorkloadImages } from '../images/WorkloadImages';
import type { JobList } from '../platform/jobViews';
import type { CallOptions, Platform } from '../platform/Platform';
import type { PlatformStatus } from '../platform/platformStatus';
import type { RayClusterRow } from '../platform/RayClusterRow';
import { openPlatform, type OpenedPlatform } from '../settings/openPlatform';
import type { PlatformSettings } from '../settings/PlatformSettings';
import type { ParameterSchema } from '@ml-platform/parameters';
import { findWorkloads } from '../workloads/findWorkloads';
import { orderJob } from '../workloads/orderJob';
import { findWorkloadParameters } from '../workloads/workloadParameters';
import type { Workload } from '../workloads/Workload';
import { JobHandle } from './JobHandle';

/** Where the platform is, as the settings files say it; all of it is optional. */
export interface PlatformClientOptions extends PlatformSettings {
  /** Folder whose settings hold; the current one by default. */
  readonly cwd?: string;
}

/** How a job is asked for. */
export interface SubmitOptions extends CallOptions {
  /** Default: the namespace of the settings, or of the kubecontext. */
  readonly namespace?: string;
  /** Asks for the job by a pull request, instead of creating it. */
  readonly pullRequest?: boolean;
  /** The same key again answers with the first job. */
  readonly idempotencyKey?: string;
}

/**
 * Training jobs from code, with the same look-ups as the command line.
 *
 * ```ts
 * const client = new PlatformClient({ projectId: 'my-project' });
 * const job = await client.submitJob({
 *   name: 'training', image: 'registry.example.com/model:v1', cpu: '8', memory: '32Gi',
 * });
 * for await (const line of job.logs({ follow: true })) {
 *   console.log(line);
 * }
 * await job.wait({ timeout: 3_600_000 });
 * ```
 *
 * Every method can also fail as follows.
 *
 * @throws {InputError} for settings that are wrong, or lead nowhere
 * @throws {ServiceUnavailableError} when the cluster or the portal doesn't answer
 * @throws {NotAllowedError} when it refuses
 * @throws {AuthenticationError} when it doesn't know the credentials
 */
export class PlatformClient {
  readonly #options: PlatformClientOptions;
  #opened: Promise<OpenedPlatform> | undefined;

  constructor(options: PlatformClientOptions = {}) {
    this.#options = options;
  }

  /**
   * Creates a training job.
   * @throws {InputError} that names each wrong field with the reason
   * @throws {ConflictError} when the name is taken
   */
  async submitJob(
    order: PresetJobSpec,
    options: SubmitOptions = {},
  ): Promise<JobHandle> {
    const { platform, namespace, requester, settings } = await this.#open();
    const { pullRequest, idempotencyKey, signal } = options;
    const { cwd } = this.#options;
    const { cluster } = settings;
    const spec = await orderJob(order, { platform, cluster, cwd, signal });
    const job = jobManifest(spec, {
      namespace: options.namespace ?? namespace ?? '',
      now: new Date(),
      requester,
    });
    const change = pullRequest
      ? await platform.propose({ job, idempotencyKey }, { signal })
      : await platform.submit({ job, idempotencyKey }, { signal });
    return new JobHandle(platform, change);
  }

  /**
   * The job with a name, in one namespace or wherever it is.
   * @throws {NotFoundError} when there is none
   */
  async get(
    name: string,
    {
      namespace,
      ...options
    }: CallOptions & { readonly namespace?: string } = {},
  ): Promise<JobHandle> {
    const { platform } = await this.#open();
    const job = await platform.findJob({ name, namespace }, options);
    return new JobHandle(platform, { via: 'cluster', job });
  }

  /** Jobs that pass a filter, newest first. */
  async list(
    filter: JobFilter = {},
    options?: CallOptions,
  ): Promise<JobList['items']> {
    const { platform } = await this.#open();
    return (await platform.listJobs(filter, options)).items;
  }

  /** Ray clusters of jobs and others, with their worker groups and bounds. */
  async rayClusters(options?: CallOptions): Promise<readonly RayClusterRow[]> {
    const { platform } = await this.#open();
    return platform.rayClusters(options);
  }

  /**
   * Sets the number of workers of one group of a Ray cluster.
   * @throws {InputError} outside the group's bounds, or where somebody else
   * decides about the number
   */
  async scale(
    rayCluster: JobRef,
    to: { readonly group: string; readonly replicas: number },
    options?: CallOptions,
  ): Promise<void> {
    const { platform } = await this.#open();
    await platform.scale(rayCluster, to, options);
  }

  /**
   * What a workload takes as parameters, as JSON Schema: as the checkout has it, or else
   * as the portal knows it. `undefined` where neither knows any.
   */
  async parameters(
    workload: string,
    { signal }: CallOptions = {},
  ): Promise<ParameterSchema | undefined> {
    const { platform } = await this.#open();
    const { cwd } = this.#options;
    return findWorkloadParameters(workload, platform, { cwd, signal });
  }

  /** Workloads of the checkout that the current folder is in, by name. */
  async workloads(): Promise<readonly Workload[]> {
    return findWorkloads(this.#options.cwd);
  }

  /**
   * Builds the image of a workload's version and pushes it; takes the version that
   * exists where its content is the same.
   *
   * @throws {NotFoundError} when there is no such workload
   * @throws {ConflictError} when the version exists with other content
   * @throws {BuildFailedError} when the build fails, with the step and its last lines
   */
  async build(options: BuildOptions): Promise<BuiltImage> {
    return (await this.#images()).build(options);
  }

  /**
   * Versions of a workload's image in the registry, newest first.
   * @throws {NotFoundError} when there is none
   */
  async versions(
    workload: string,
    options?: CallOptions,
  ): Promise<readonly ImageVersion[]> {
    return (await this.#images()).versions(workload, options);
  }

  /**
   * How the platform is: clusters, KubeRay, nodes, jobs by state, queues, Argo CD and the
   * portal. What can't be asked is a fault in the answer, not an error.
   */
  async status(options?: CallOptions): Promise<PlatformStatus> {
    const { platform } = await this.#open();
    return platform.status(options);
  }

  /** For what this class has no method for. */
  async platform(): Promise<Platform> {
    return (await this.#open()).platform;
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    opened?.platform.close();
  }

  /** Needs no cluster. */
  #images(): Promise<WorkloadImages> {
    const { cwd, ...settings } = this.#options;
    return openImages(settings, { cwd });
  }

  #open(): Promise<OpenedPlatform> {
    const { cwd, ...settings } = this.#options;
    this.#opened ??= openPlatform(settings, { cwd });
    return this.#opened;
  }
}
