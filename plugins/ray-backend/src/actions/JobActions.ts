import { ConflictError, InputError } from '@backstage/errors';
import {
  ANNOTATION_GITOPS_PATH,
  ANNOTATION_REQUESTER,
  isGitOwned,
  isTerminal,
  LABEL_MANAGED_BY,
  MANAGED_BY,
  validateJobName,
  validateNamespace,
  type JobRef,
  type JobSummary,
  type RayJob,
  RAYJOBS,
} from '@ml-platform/rayjob';
import { resourcePath, type KubeObject } from '@ml-platform/kube';
import { stopRayJob } from '@ml-platform/sdk';
import { stringify } from 'yaml';
import type { Clusters } from '../clusters/Clusters';
import type { GitOps } from '../gitops/GitOps';
import { isFromGit } from '../gitops/manifestRow';
import type { Jobs } from '../jobs/Jobs';
import { anotherRun } from './anotherRun';
import { idempotencyKeyOf, withIdempotencyKey } from './idempotency';

/** How a change was carried out: on the cluster, or proposed in git. */
export type ActionResult =
  | { readonly via: 'cluster'; readonly job: JobRef }
  | {
      readonly via: 'git';
      readonly job: JobRef;
      readonly pullRequestUrl: string;
    };

export interface SubmitRequest {
  readonly cluster: string;
  readonly job: RayJob;
  readonly idempotencyKey?: string;
  /** Entity reference. */
  readonly requester: string;
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
      readonly clusters: Clusters;
      readonly jobs: Jobs;
      readonly gitops?: GitOps;
      readonly clock: () => Date;
    },
  ) {}

  /**
   * Creates a job. The same idempotency key again answers with the first job.
   * @throws InputError; ConflictError when another job has the name
   */
  async submit(request: SubmitRequest): Promise<ActionResult> {
    const { cluster, job, idempotencyKey, requester } = request;
    const { clusters } = this.options;
    const { name, namespace = '' } = job.metadata;
    const problem = validateJobName(name) ?? validateNamespace(namespace);
    if (problem) {
      throw new InputError(problem);
    }
    const ref = { cluster, namespace, name };
    const body = withIdempotencyKey(
      {
        apiVersion: 'ray.io/v1',
        kind: 'RayJob',
        metadata: {
          ...job.metadata,
          labels: { [LABEL_MANAGED_BY]: MANAGED_BY, ...job.metadata.labels },
          annotations: {
            ...job.metadata.annotations,
            [ANNOTATION_REQUESTER]: requester,
          },
        },
        spec: job.spec,
      },
      idempotencyKey,
    );
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

  /** Starts a new run with the same specification. */
  async retry(job: JobSummary, requester: string): Promise<ActionResult> {
    const { clock, jobs } = this.options;
    const owned = await this.gitOwned(job);
    const source = await jobs.rayJob(job);
    const start = clock().getTime();
    for (let second = 0; second < NAME_TRIES; second += 1) {
      const date = new Date(start + second * 1_000);
      const copy = anotherRun(source, { date, requester });
      const ref = { ...refOf(job), name: copy.metadata.name };
      if (jobs.isKnown(ref)) {
        continue;
      }
      if (owned) {
        return this.addToGit(owned, ref, copy, requester);
      }
      try {
        return await this.submit({
          cluster: job.cluster,
          job: copy,
          requester,
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
    const pull = await gitops.add(ref, stringify(manifest), {
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
