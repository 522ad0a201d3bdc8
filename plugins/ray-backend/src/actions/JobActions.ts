import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { ActionResult } from '@ml-platform/backstage-plugin-ray-common';
import {
  ANNOTATION_GITOPS_PATH,
  isGitOwned,
  isRedacted,
  isTerminal,
  parseManifest,
  type JobRef,
  type JobSummary,
  type RayJob,
  RAYJOBS,
  writeYaml,
} from '@ml-platform/rayjob';
import { resourcePath, type KubeObject } from '@ml-platform/kube';
import { stopRayJob } from '@ml-platform/sdk';
import type { Clusters } from '../clusters/Clusters';
import type { GitOps } from '../gitops/GitOps';
import { isFromGit } from '../gitops/manifestRow';
import type { Jobs } from '../index/Jobs';
import type { JobAdmission } from '../permissions/JobAdmission';
import { requesterOf } from '../permissions/requesterOf';
import { anotherRun } from './anotherRun';
import { idempotencyKeyOf, withIdempotencyKey } from './idempotency';

export interface SubmitRequest {
  readonly cluster: string;
  readonly job: RayJob;
  readonly idempotencyKey?: string;
  /** Who asks, and so whose job it becomes. */
  readonly caller: BackstageCredentials;
}

/** Names, a second apart each, that a new run tries. */
const NAME_TRIES = 10;

/**
 * Changes jobs. What git owns is changed in git, as the GitOps engine would undo
 * anything else; what it does not own is changed on the cluster.
 */
export class JobActions {
  constructor(
    private readonly options: {
      readonly admission: JobAdmission;
      readonly clusters: Clusters;
      readonly jobs: Jobs;
      readonly gitops?: GitOps;
      readonly clock: () => Date;
    },
  ) {}

  /**
   * Creates a job that admission lets in. The same idempotency key again answers
   * with the first job.
   * @throws {NotAllowedError} when the caller may not create it
   * @throws {InputError} when the job is not what the platform runs
   * @throws {ConflictError} when another job has the name
   */
  async submit(request: SubmitRequest): Promise<ActionResult> {
    const { cluster, idempotencyKey } = request;
    const { admission, clusters } = this.options;
    const job = await admission.admit(request);
    const { name, namespace = '' } = job.metadata;
    const ref = { cluster, namespace, name };
    const body = withIdempotencyKey(job, idempotencyKey);
    try {
      const created = await clusters.client(cluster).json<RayJob & KubeObject>({
        method: 'POST',
        path: resourcePath(RAYJOBS, namespace),
        body,
      });
      // Whoever asks next must not be told of an earlier job of that name.
      clusters.get(cluster).take(created);
    } catch (error) {
      const again =
        error instanceof ConflictError &&
        idempotencyKey !== undefined &&
        idempotencyKeyOf(await this.options.jobs.rayJob(ref)) ===
          idempotencyKeyOf(body);
      if (!again) {
        throw error;
      }
    }
    return { via: 'cluster', job: ref };
  }

  /** @throws ConflictError when the job has ended */
  async stop(job: JobSummary, requester: string): Promise<ActionResult> {
    if (isTerminal(job.state)) {
      throw new ConflictError(
        `${job.name} has ended (${job.state}); there is nothing to stop`,
      );
    }
    const owned = await this.gitOwned(job);
    if (owned) {
      return this.removeFromGit(owned, job, 'Stop', requester);
    }
    await stopRayJob(
      this.options.clusters.client(job.cluster),
      await this.options.jobs.rayJob(job),
    );
    return { via: 'cluster', job: refOf(job) };
  }

  /** A job that is gone from its cluster is forgotten. */
  async delete(job: JobSummary, requester: string): Promise<ActionResult> {
    if (this.options.jobs.isGone(job)) {
      await this.options.jobs.forget(job);
      return { via: 'cluster', job: refOf(job) };
    }
    const owned = await this.gitOwned(job);
    if (owned) {
      return this.removeFromGit(owned, job, 'Delete', requester);
    }
    await this.options.clusters.client(job.cluster).json({
      method: 'DELETE',
      path: resourcePath(RAYJOBS, job.namespace, job.name),
      query: { propagationPolicy: 'Background' },
    });
    return { via: 'cluster', job: refOf(job) };
  }

  /**
   * Starts a new run with the same specification, if admission lets it in.
   * @throws {NotAllowedError} when the caller may not create it
   * @throws {InputError} when the job is not what the platform runs
   */
  async retry(
    job: JobSummary,
    caller: BackstageCredentials,
  ): Promise<ActionResult> {
    const { admission, clock, jobs } = this.options;
    const requester = requesterOf(caller);
    const owned = await this.gitOwned(job);
    const source = admission.copy(await this.runnable(job, owned));
    const start = clock().getTime();
    for (let second = 0; second < NAME_TRIES; second += 1) {
      const date = new Date(start + second * 1_000);
      const copy = anotherRun(source, { date, requester });
      const ref = { ...refOf(job), name: copy.metadata.name };
      if (jobs.isKnown(ref)) {
        continue;
      }
      if (owned) {
        const { cluster } = job;
        const admitted = await admission.admit({ cluster, job: copy, caller });
        return this.addToGit(owned, ref, admitted, requester);
      }
      try {
        return await this.submit({
          cluster: job.cluster,
          job: copy,
          caller,
        });
      } catch (error) {
        // Somebody else took the name within the same second.
        if (!(error instanceof ConflictError)) {
          throw error;
        }
      }
    }
    throw new ConflictError(
      `Too many runs of ${job.name} were started at once; try again`,
    );
  }

  /**
   * A job's object with every value that a run needs. The history keeps no values
   * of environment variables; git does.
   * @throws {ConflictError} when nobody has them
   */
  private async runnable(
    job: JobSummary,
    gitops: GitOps | undefined,
  ): Promise<RayJob> {
    const found = await this.options.jobs.rayJob(job);
    if (!isRedacted(found.spec ?? {})) {
      return found;
    }
    const text = await gitops?.manifest(job).catch(() => undefined);
    if (text === undefined) {
      throw new ConflictError(
        `${job.name} is gone from its cluster, and values of its environment variables were not kept; create a new job with them`,
      );
    }
    return parseManifest(text, job);
  }

  private async addToGit(
    gitops: GitOps,
    ref: JobRef,
    copy: RayJob,
    requester: string,
  ): Promise<ActionResult> {
    const { metadata } = copy;
    const annotations = {
      ...metadata.annotations,
      [ANNOTATION_GITOPS_PATH]: gitops.path(ref),
    };
    const manifest = { ...copy, metadata: { ...metadata, annotations } };
    const pull = await gitops.add(ref, writeYaml(manifest), {
      verb: 'Run again',
      requester,
    });
    await gitops.refresh();
    return { via: 'git', job: ref, pullRequestUrl: pull.url };
  }

  private async removeFromGit(
    gitops: GitOps,
    job: JobSummary,
    verb: 'Stop' | 'Delete',
    requester: string,
  ): Promise<ActionResult> {
    const pull = await gitops.remove(job, { verb, requester });
    return { via: 'git', job: refOf(job), pullRequestUrl: pull.url };
  }

  /** The repository that owns a job, if one does. */
  private async gitOwned(job: JobSummary): Promise<GitOps | undefined> {
    const { gitops, jobs } = this.options;
    if (job.state === 'awaiting-merge') {
      throw new ConflictError(
        `${job.name} is not merged yet; close its pull request ${
          job.gitops?.pullRequestUrl ?? ''
        }`,
      );
    }
    const owned = isFromGit(job) || isGitOwned(await jobs.rayJob(job));
    if (owned && !gitops) {
      throw new ConflictError(
        `${job.name} is managed by git, but ray.gitops is not configured; change it in its repository`,
      );
    }
    return owned ? gitops : undefined;
  }
}

function refOf({ cluster, namespace, name }: JobRef): JobRef {
  return { cluster, namespace, name };
}
