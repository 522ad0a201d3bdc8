import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { ActionResult } from '@ml-platform/backstage-plugin-ray-common';
import {
  isRedacted,
  isTerminal,
  type JobPresets,
  type JobRef,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { JobChanges, refOf } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import type { GitOps } from '../gitops/GitOps';
import { isFromGit } from '../gitops/manifestRow';
import type { Jobs } from '../jobs/Jobs';
import type { JobAdmission, JobRequest } from '../permissions/JobAdmission';
import { requesterOf } from '../permissions/requesterOf';

export interface SubmitRequest extends JobRequest {
  readonly idempotencyKey?: string;
}

export interface JobActionsOptions {
  readonly admission: JobAdmission;
  readonly clusters: Clusters;
  readonly jobs: Jobs;
  readonly gitops?: GitOps;
  /** Keys of metadata that jobs may bring beside the platform's own. */
  readonly allowedMetadata: readonly string[];
  /** For what a job costs, in its pull request. */
  readonly presets: JobPresets;
  readonly clock: () => Date;
}

/**
 * Changes jobs for a caller. The rules of changing them are the SDK's; this adds
 * who may create which job, and what the index and the history know.
 */
export class JobActions {
  readonly #options: JobActionsOptions;
  readonly #changes: JobChanges;

  constructor(options: JobActionsOptions) {
    const { clusters, gitops, allowedMetadata, presets, clock } = options;
    this.#options = options;
    this.#changes = new JobChanges({
      client: cluster => clusters.client(cluster),
      repository: gitops?.repository,
      allowedMetadata,
      presets,
      // Whoever asks next must not be told of an earlier job of that name.
      onCreated: (cluster, job) => clusters.get(cluster).take(job),
      clock,
    });
  }

  /**
   * Creates a job that admission lets in. The same idempotency key again answers
   * with the first job.
   * @throws {NotAllowedError} when the caller may not create it
   * @throws {InputError} when the platform doesn't run such a job
   * @throws {ConflictError} when another job has the name
   */
  async submit(request: SubmitRequest): Promise<ActionResult> {
    const { cluster, idempotencyKey } = request;
    const job = await this.#options.admission.admit(request);
    return this.#changes.submit({ cluster, job, idempotencyKey });
  }

  /**
   * Asks for a job that admission lets in by a pull request. The same job again
   * answers with the first pull request.
   * @throws {NotAllowedError} when the caller may not create it
   * @throws {InputError} when the platform doesn't run such a job, or no repository
   * is configured
   * @throws {ConflictError} when another job has the name
   */
  async propose(request: JobRequest): Promise<ActionResult> {
    const { cluster } = request;
    const job = await this.#options.admission.admit(request);
    return this.#proposed(await this.#changes.propose(cluster, job));
  }

  /** @throws {ConflictError} when the job has ended, or waits to be merged */
  async stop(job: JobSummary, requester: string): Promise<ActionResult> {
    if (isTerminal(job.state)) {
      throw new ConflictError(
        `${job.name} has ended (${job.state}); there is nothing to stop`,
      );
    }
    return this.#proposed(
      await this.#changes.stop(refOf(job), {
        requester,
        seenInGit: this.#seenInGit(job),
      }),
    );
  }

  /**
   * Deletes a job. One that is gone from its cluster is forgotten.
   * @throws {ConflictError} when the job waits to be merged
   */
  async delete(job: JobSummary, requester: string): Promise<ActionResult> {
    const { jobs } = this.#options;
    if (jobs.isGone(job)) {
      await jobs.forget(job);
      return { via: 'cluster', job: refOf(job) };
    }
    return this.#proposed(
      await this.#changes.delete(refOf(job), {
        requester,
        seenInGit: this.#seenInGit(job),
      }),
    );
  }

  /**
   * Starts a new run with the same specification, if admission lets it in.
   * @throws {NotAllowedError} when the caller may not create it
   * @throws {InputError} when the platform doesn't run such a job
   * @throws {ConflictError} when the job waits to be merged
   */
  async retry(
    job: JobSummary,
    caller: BackstageCredentials,
  ): Promise<ActionResult> {
    const { admission, jobs } = this.#options;
    const { cluster } = job;
    if (job.state === 'awaiting-merge') {
      throw new ConflictError(
        `${job.name} isn't merged yet; merge its pull request ${job.gitops?.pullRequestUrl ?? ''}`,
      );
    }
    const source = await this.#source(job);
    return this.#proposed(
      await this.#changes.retry(cluster, source, {
        requester: requesterOf(caller),
        seenInGit: this.#seenInGit(job),
        isTaken: ref => jobs.isKnown(ref),
        admit: run => admission.admit({ cluster, job: run, caller }),
      }),
    );
  }

  /**
   * A job's object with every value that a run needs: as its cluster has it, or
   * as git has it. The history keeps no values of environment variables.
   * @throws {ConflictError} when nobody has them
   */
  async #source(job: JobSummary): Promise<RayJob> {
    const { jobs, gitops } = this.#options;
    if (gitops && isFromGit(job)) {
      return gitops.rayJob(job);
    }
    const found = await jobs.rayJob(job);
    if (!isRedacted(found.spec ?? {})) {
      return found;
    }
    const kept = await gitops?.rayJob(job).catch(() => undefined);
    if (!kept) {
      throw new ConflictError(
        `${job.name} is gone from its cluster, and values of its environment variables were not kept; create a new job with them`,
      );
    }
    return kept;
  }

  #seenInGit(ref: JobRef): boolean {
    return this.#options.gitops?.has(ref) ?? false;
  }

  /** Shows what a change proposed in git, before anybody asks for it. */
  async #proposed(result: ActionResult): Promise<ActionResult> {
    if (result.via === 'git') {
      await this.#options.gitops?.refresh();
    }
    return result;
  }
}
