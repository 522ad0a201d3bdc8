import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { JobsRepository } from '@ml-platform/gitops';
import {
  resourcePath,
  type KubeClient,
  type KubeObject,
} from '@ml-platform/kube';
import {
  gitProblems,
  isTerminal,
  jobState,
  RAYJOBS,
  type JobPresets,
  type JobRef,
  type RayJob,
} from '@ml-platform/rayjob';
import { anotherRun, runsFrom } from './anotherRun';
import { beforeAdmission } from './beforeAdmission';
import { GitJobs } from './GitJobs';
import { idempotencyKeyOf, withIdempotencyKey } from './idempotency';
import { refOf, refTo, type ChangeRequest, type JobChange } from './jobChange';
import { readKueueWorkload } from './kueueWorkloads';
import { stopRayJob } from './stopRayJob';

export interface JobChangesOptions {
  /** @throws {NotFoundError} when there is no such cluster */
  readonly client: (cluster: string) => KubeClient;
  /** Absent where jobs don't come from git. */
  readonly repository?: JobsRepository;
  /** For what a job costs, in its pull request. */
  readonly presets?: JobPresets;
  /** Keys of metadata that jobs may bring beside the platform's own. */
  readonly allowedMetadata?: readonly string[];
  /** Told of each job that was created. */
  readonly onCreated?: (cluster: string, job: RayJob & KubeObject) => void;
  readonly clock?: () => Date;
}

/** How a job is run again. */
export interface RetryRequest extends ChangeRequest {
  /** Checks the new run, and answers with what may be created. */
  readonly admit?: (run: RayJob) => Promise<RayJob>;
  /** True for a name that is known to be taken. */
  readonly isTaken?: (ref: JobRef) => boolean;
}

/**
 * The rules of changing jobs. What git owns is changed in git, because the
 * GitOps engine would undo anything else; what it doesn't own is changed on the
 * cluster.
 */
export class JobChanges {
  readonly #options: JobChangesOptions;
  readonly #git: GitJobs;

  constructor(options: JobChangesOptions) {
    this.#options = options;
    this.#git = new GitJobs(options);
  }

  /**
   * Creates a job. The same idempotency key again answers with the first job.
   * @throws {ConflictError} when another job has the name
   */
  async submit(request: {
    readonly cluster: string;
    readonly job: RayJob;
    readonly idempotencyKey?: string;
  }): Promise<JobChange> {
    const { cluster, job, idempotencyKey } = request;
    const { client, onCreated } = this.#options;
    const { name, namespace = '' } = job.metadata;
    const ref = { cluster, namespace, name };
    const body = withIdempotencyKey(
      { apiVersion: 'ray.io/v1', kind: 'RayJob', ...job },
      idempotencyKey,
    );
    try {
      const created = await client(cluster).json<RayJob & KubeObject>({
        method: 'POST',
        path: resourcePath(RAYJOBS, namespace),
        body,
      });
      onCreated?.(cluster, created);
    } catch (error) {
      const there =
        error instanceof ConflictError && idempotencyKey !== undefined
          ? await this.#live(ref)
          : undefined;
      if (!there || idempotencyKeyOf(there) !== idempotencyKey) {
        throw error;
      }
    }
    return { via: 'cluster', job: ref };
  }

  /**
   * Asks for a job by a pull request. The same job again answers with the first
   * pull request.
   * @throws {InputError} when no repository is configured, or git can't own the job
   * @throws {ConflictError} when another job has the name
   */
  async propose(cluster: string, job: RayJob): Promise<JobChange> {
    if (!this.#options.repository) {
      throw new InputError(
        'No repository of jobs is configured (ray.gitops); submit the job to the cluster instead',
      );
    }
    const problems = gitProblems(job);
    if (problems.length > 0) {
      throw new InputError(problems.join('; '));
    }
    const ref = refTo(cluster, job);
    if (await this.#live(ref)) {
      throw new ConflictError(
        `There is a job ${ref.name} in ${ref.namespace} on ${cluster} already; choose another name`,
      );
    }
    return this.#git.run(cluster, [job]);
  }

  /**
   * Stops a job and keeps its record.
   * @throws {NotFoundError} when there is no such job
   * @throws {ConflictError} when it has ended, or can't be stopped from here
   */
  async stop(ref: JobRef, request: ChangeRequest): Promise<JobChange> {
    const job = await this.#live(ref);
    const state = job && jobState(job).state;
    if (state && isTerminal(state)) {
      throw new ConflictError(
        `${ref.name} has ended (${state}); there is nothing to stop`,
      );
    }
    const removal = await this.#git.remove('stop', ref, job, request);
    if (removal) {
      return removal;
    }
    const { client, clock } = this.#options;
    await stopRayJob(client(ref.cluster), required(job, ref), clock?.());
    return { via: 'cluster', job: refOf(ref) };
  }

  /**
   * Deletes a job with everything that belongs to it.
   * @throws {NotFoundError} when there is no such job
   * @throws {ConflictError} when it can't be deleted from here
   */
  async delete(ref: JobRef, request: ChangeRequest): Promise<JobChange> {
    const job = await this.#live(ref);
    const removal = await this.#git.remove('delete', ref, job, request);
    if (removal) {
      return removal;
    }
    required(job, ref);
    await this.#options.client(ref.cluster).json({
      method: 'DELETE',
      path: resourcePath(RAYJOBS, ref.namespace, ref.name),
      query: { propagationPolicy: 'Background' },
    });
    return { via: 'cluster', job: refOf(ref) };
  }

  /**
   * Starts a new run with the specification of another, under a new name: in git
   * when that one came from git.
   *
   * @param source - the other run, as its cluster has it or had it
   * @throws {ConflictError} when too many runs are started at once
   */
  async retry(
    cluster: string,
    source: RayJob,
    request: RetryRequest,
  ): Promise<JobChange> {
    const { allowedMetadata, client, clock } = this.#options;
    const { requester, admit, isTaken } = request;
    const ref = refTo(cluster, source);
    const inGit = this.#git.owns(ref, source, request);
    const date = clock?.() ?? new Date();
    const workload = await readKueueWorkload(() => client(cluster), source);
    const run = anotherRun(beforeAdmission(source, workload), {
      ...{ date, requester, allowedMetadata },
    });
    const admitted = admit ? await admit(run) : run;
    const runs = [...runsFrom(admitted, date)].filter(
      candidate => !isTaken?.(refTo(cluster, candidate)),
    );
    if (inGit) {
      return this.#git.run(
        cluster,
        runs,
        `This is another run of **${ref.name}**.`,
      );
    }
    for (const job of runs) {
      try {
        return await this.submit({ cluster, job });
      } catch (error) {
        // Somebody else took the name within the same second.
        if (!(error instanceof ConflictError)) {
          throw error;
        }
      }
    }
    throw new ConflictError(
      `Too many runs of ${ref.name} were started at once; try again`,
    );
  }

  async #live(ref: JobRef): Promise<RayJob | undefined> {
    try {
      return await this.#options.client(ref.cluster).json<RayJob>({
        path: resourcePath(RAYJOBS, ref.namespace, ref.name),
      });
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}

function required(job: RayJob | undefined, ref: JobRef): RayJob {
  if (!job) {
    throw new NotFoundError(
      `There is no job ${ref.name} in ${ref.namespace} on ${ref.cluster}`,
    );
  }
  return job;
}
