import { ConflictError, InputError } from '@backstage/errors';
import {
  ANNOTATION_GITOPS_PATH,
  ANNOTATION_REQUESTER,
  isGitOwned,
  isTerminal,
  jobName,
  LABEL_MANAGED_BY,
  LABEL_WORKLOAD,
  MANAGED_BY,
  validateJobName,
  validateNamespace,
  type JobRef,
  type JobSummary,
  type ObjectMeta,
  type RayJob,
} from '@ml-platform/backstage-plugin-ray-common';
import { RAYJOBS, resourcePath, stopRayJob } from '@ml-platform/sdk';
import { stringify } from 'yaml';
import type { Clusters } from '../clusters/Clusters';
import type { GitOps } from '../gitops/GitOps';
import type { Jobs } from '../index/Jobs';
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
      await this.options.clusters.client(cluster).json({
        method: 'POST',
        path: resourcePath(RAYJOBS, namespace),
        body,
      });
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

  async delete(job: JobSummary, requester: string): Promise<ActionResult> {
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
    const source = await this.options.jobs.rayJob(job);
    const workload = source.metadata.labels?.[LABEL_WORKLOAD] ?? job.name;
    const name = jobName(
      workload.replace(/-\d{8}-\d{6}$/, ''),
      this.options.clock(),
    );
    const ref = { cluster: job.cluster, namespace: job.namespace, name };
    const { metadata } = source;
    const annotations = Object.fromEntries(
      Object.entries(metadata.annotations ?? {}).filter(
        ([key]) =>
          key.startsWith('ml-platform.dev/') && key !== ANNOTATION_GITOPS_PATH,
      ),
    );
    const copy: RayJob & { metadata: ObjectMeta } = {
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      metadata: {
        name,
        namespace: job.namespace,
        labels: metadata.labels,
        annotations: { ...annotations, [ANNOTATION_REQUESTER]: requester },
      },
      // KubeRay gives each run its own id; `suspend` belongs to the stopped one.
      spec: { ...source.spec, jobId: undefined, suspend: undefined },
    };
    const owned = await this.gitOwned(job);
    if (!owned) {
      return this.submit({ cluster: job.cluster, job: copy, requester });
    }
    const marked = {
      ...copy,
      metadata: {
        ...copy.metadata,
        annotations: {
          ...copy.metadata.annotations,
          [ANNOTATION_GITOPS_PATH]: owned.path(ref),
        },
      },
    };
    const pull = await owned.add(ref, stringify(marked), {
      verb: 'Run again',
      requester,
    });
    await owned.refresh();
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
    const owned =
      job.uid.startsWith('git:') || isGitOwned(await jobs.rayJob(job));
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
