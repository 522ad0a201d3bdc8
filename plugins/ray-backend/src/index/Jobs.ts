import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  currentAttempt,
  jobConditions,
  jobEvent,
  jobPod,
  logSources,
  rayJobReadPermission,
  type ClusterStatus,
  type JobDetail,
  type JobEvent,
  type JobFilter,
  type JobList,
  type JobOrder,
  type JobPod,
  type JobRef,
  type JobSummary,
  type KubernetesEvent,
  type RayJob,
} from '@ml-platform/backstage-plugin-ray-common';
import { EVENTS, RAYJOBS, resourcePath } from '@ml-platform/sdk';
import { stringify } from 'yaml';
import type { Clusters } from '../clusters/Clusters';
import type { GitOps } from '../gitops/GitOps';
import {
  EVERY_JOB,
  type Authorizer,
  type JobPredicate,
} from '../permissions/Authorizer';
import type { JobIndex } from './JobIndex';
import { queryJobs } from './queryJobs';

export interface JobsOptions {
  readonly index: JobIndex;
  readonly clusters: Clusters;
  readonly gitops?: GitOps;
  readonly authorizer: Authorizer;
  readonly clock: () => Date;
}

export interface JobListQuery {
  readonly filter: JobFilter;
  readonly order: JobOrder;
  readonly limit: number;
  readonly cursor?: string;
}

/** Reads jobs for a caller: lists from the index, one job also from its cluster. */
export class Jobs {
  constructor(private readonly options: JobsOptions) {}

  /** The clusters' statuses, and git's when it can't be read. */
  statuses(): ClusterStatus[] {
    const { clusters, gitops } = this.options;
    const git = gitops?.status;
    return [...clusters.statuses(), ...(git && !git.ok ? [git] : [])];
  }

  list(query: JobListQuery, visible: JobPredicate): JobList {
    const now = this.options.clock().getTime();
    const rows = this.options.index.inOrder(query.order.by, now);
    const page = queryJobs(rows, {
      ...query,
      visible: visible === EVERY_JOB ? undefined : visible,
      now,
    });
    return { ...page, clusters: this.statuses() };
  }

  /** Number of jobs on a cluster that are visible. */
  countLive(cluster: string, visible: JobPredicate): number {
    let count = 0;
    for (const job of this.options.index.allLive()) {
      count += job.cluster === cluster && visible(job) ? 1 : 0;
    }
    return count;
  }

  /** True for a job on a cluster or in git, whoever may see it. */
  isKnown(ref: JobRef): boolean {
    return this.options.index.get(ref) !== undefined;
  }

  /**
   * The row of a job that the caller may see. One that is not known may have
   * come into git this moment, so git is read before it is called missing.
   *
   * @throws NotFoundError also for a job that the caller may not see
   */
  async require(
    ref: JobRef,
    credentials: BackstageCredentials,
  ): Promise<JobSummary> {
    const { index, gitops, authorizer, clusters } = this.options;
    const visible = await authorizer.jobs(credentials, rayJobReadPermission);
    clusters.get(ref.cluster);
    let job = index.get(ref);
    if (!job) {
      await gitops?.refresh();
      job = index.get(ref);
    }
    if (!job || !visible(job)) {
      throw new NotFoundError(
        `There is no job ${ref.name} in ${ref.namespace} on ${ref.cluster}`,
      );
    }
    return job;
  }

  async detail(job: JobSummary): Promise<JobDetail> {
    const { index, gitops } = this.options;
    const live = index.getLive(job) !== undefined;
    const pods = this.pods(job);
    const rayJob = live
      ? await this.rayJob(job).catch(() => undefined)
      : undefined;
    return {
      summary: job,
      pods,
      attempts: rayJob ? [currentAttempt(rayJob, this.rawPods(job))] : [],
      conditions: rayJob ? jobConditions(rayJob) : [],
      gitops: (await gitops?.complete(job)) ?? job.gitops,
      logSources: logSources(pods),
      live,
    };
  }

  pods(job: JobRef): readonly JobPod[] {
    return this.rawPods(job).map(jobPod);
  }

  /** Events of the job, its Ray cluster and its pods, oldest first. */
  async events(job: JobSummary): Promise<readonly JobEvent[]> {
    const { clusters, index } = this.options;
    if (!index.getLive(job)) {
      return [];
    }
    const client = clusters.client(job.cluster);
    const rayJob = await this.rayJob(job);
    const names = new Set([
      job.name,
      ...(rayJob.status?.rayClusterName ? [rayJob.status.rayClusterName] : []),
      ...this.rawPods(job).map(pod => pod.metadata.name),
    ]);
    const lists = await Promise.all(
      [...names].map(name =>
        client.json<{ items: readonly KubernetesEvent[] }>({
          path: resourcePath(EVENTS, job.namespace),
          query: { fieldSelector: `involvedObject.name=${name}` },
        }),
      ),
    );
    return lists
      .flatMap(list => list.items)
      .map(jobEvent)
      .sort((a, b) => a.lastSeen.localeCompare(b.lastSeen));
  }

  /** The manifest as YAML: as the cluster has it, or as git has it. */
  async manifest(job: JobSummary): Promise<string> {
    const { gitops, index } = this.options;
    if (index.getLive(job)) {
      const { metadata, ...rest } = await this.rayJob(job);
      const tidy = { ...metadata, managedFields: undefined };
      return stringify({
        apiVersion: 'ray.io/v1',
        kind: 'RayJob',
        metadata: tidy,
        ...rest,
      });
    }
    if (!gitops || !job.gitops) {
      throw new NotFoundError(`There is no manifest of ${job.name}`);
    }
    return gitops.manifest(job);
  }

  /** @throws NotFoundError */
  rayJob(ref: JobRef): Promise<RayJob> {
    return this.options.clusters.client(ref.cluster).json<RayJob>({
      path: resourcePath(RAYJOBS, ref.namespace, ref.name),
    });
  }

  private rawPods(job: JobRef) {
    const { clusters } = this.options;
    return clusters.get(job.cluster).jobs.podsOf(job.namespace, job.name);
  }
}
