import type { ParameterSchema } from '@ml-platform/parameters';
import type {
  JobEvent,
  JobFilter,
  JobPresets,
  JobRef,
  JobSummary,
  RayJob,
} from '@ml-platform/rayjob';
import type { JobChange } from '../jobs/jobChange';
import type { JobLogEnd, JobLogEvent, JobLogOptions } from './jobLog';
import type { JobDetail, JobList, JobListChange } from './jobViews';
import type {
  LogLines,
  LogLinesOptions,
  LogSearchEvent,
  LogSearchOptions,
  LogSearchProgress,
} from './numberedLog';
import type { PlatformStatus } from './platformStatus';
import type { RayClusterRow } from './RayClusterRow';

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Only the job of this name: then nothing else is read. */
  readonly name?: string;
}

/** A job that is to be created. */
export interface NewJob {
  /** Default: the one cluster there is. */
  readonly cluster?: string;
  readonly job: RayJob;
  /** The same key again answers with the first job. */
  readonly idempotencyKey?: string;
}

/**
 * What can be done with the platform's jobs, whichever way it is reached: straight
 * from a cluster, or through the portal.
 *
 * Every method can also fail as follows.
 *
 * @throws {ServiceUnavailableError} when the cluster or the portal doesn't answer
 * @throws {NotAllowedError} when it refuses
 * @throws {AuthenticationError} when it doesn't know the credentials
 */
export interface Platform {
  /** Where it leads, for people: `context workload`, or the portal's address. */
  readonly title: string;

  /** Names of the clusters that jobs run on; the first is the default. */
  clusters(options?: CallOptions): Promise<readonly string[]>;

  /** Jobs that pass the filter, newest first. */
  listJobs(filter: JobFilter, options?: CallOptions): Promise<JobList>;

  /**
   * The same, and then each change of it, until the signal aborts. Survives a
   * connection that breaks.
   */
  watchJobs(
    filter: JobFilter,
    options: WatchOptions,
  ): AsyncGenerator<JobListChange, void>;

  /**
   * The job with a name, in one namespace or wherever it is.
   * @throws {NotFoundError} when there is none
   * @throws {ConflictError} when several places have one
   */
  findJob(
    where: { readonly name: string; readonly namespace?: string },
    options?: CallOptions,
  ): Promise<JobSummary>;

  /** @throws {NotFoundError} when there is no such job */
  getJob(ref: JobRef, options?: CallOptions): Promise<JobDetail>;

  /** Events of the job and of all that belongs to it, oldest first. */
  jobEvents(ref: JobRef, options?: CallOptions): Promise<JobEvent[]>;

  /** The YAML of its RayJob. */
  jobManifest(ref: JobRef, options?: CallOptions): Promise<string>;

  /**
   * A log as it is written.
   * @throws {NotFoundError} when there is no such job or source
   */
  readLog(
    ref: JobRef,
    options: JobLogOptions,
  ): AsyncGenerator<JobLogEvent, JobLogEnd>;

  /**
   * Lines of a log by their numbers, or from a time on. A line has the same number
   * while it is written and later.
   *
   * @throws {NotFoundError} when there is no such job or source
   * @throws {InputError} where no portal is between, which alone numbers lines
   */
  logLines(ref: JobRef, options?: LogLinesOptions): Promise<LogLines>;

  /**
   * Searches all lines of a log; returns how many match.
   *
   * @throws {NotFoundError} when there is no such job or source
   * @throws {InputError} for a pattern that is wrong, and where no portal is between
   */
  searchLog(
    ref: JobRef,
    options: LogSearchOptions,
  ): AsyncGenerator<LogSearchEvent, LogSearchProgress>;

  /**
   * @throws {InputError} when the platform doesn't run such a job
   * @throws {ConflictError} when the name is taken
   */
  submit(job: NewJob, options?: CallOptions): Promise<JobChange>;

  /**
   * Asks for a job by a pull request.
   * @throws {InputError} when the platform doesn't run such a job, or no
   * repository is known
   */
  propose(job: NewJob, options?: CallOptions): Promise<JobChange>;

  /**
   * Stops a job and keeps its record: by a pull request when git owns it.
   * @throws {ConflictError} when it has ended, or can't be stopped from here
   */
  stop(ref: JobRef, options?: CallOptions): Promise<JobChange>;

  /** Starts a new run with the specification of a job, under a new name. */
  retry(ref: JobRef, options?: CallOptions): Promise<JobChange>;

  /** Deletes a job with everything that belongs to it. */
  delete(ref: JobRef, options?: CallOptions): Promise<JobChange>;

  /**
   * The parameters of a workload as the portal's catalog has it; `undefined` where it
   * has none, and where there is no portal between.
   */
  workloadParameters(
    workload: string,
    options?: CallOptions,
  ): Promise<ParameterSchema | undefined>;

  /**
   * What a job on a cluster is chosen from: sizes, kinds of GPUs, spot nodes.
   *
   * @param cluster - default: the one cluster there is
   */
  jobPresets(
    cluster: string | undefined,
    options?: CallOptions,
  ): Promise<JobPresets>;

  /** Ray clusters, newest first; in all namespaces where none is named. */
  rayClusters(
    options?: CallOptions & { readonly namespace?: string },
  ): Promise<readonly RayClusterRow[]>;

  /**
   * Sets the number of workers of one group of a Ray cluster.
   * @throws {InputError} outside the group's bounds, or where somebody else
   * decides about the number
   */
  scale(
    rayCluster: JobRef,
    to: { readonly group: string; readonly replicas: number },
    options?: CallOptions,
  ): Promise<void>;

  /** How everything is; what can't be asked is part of the answer. */
  status(options?: CallOptions): Promise<PlatformStatus>;

  /** Closes the connections. */
  close(): void;
}
