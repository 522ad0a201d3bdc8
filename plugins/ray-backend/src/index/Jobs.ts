import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  rayJobReadPermission,
  type ClusterStatus,
  type JobDetail,
  type JobList,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  currentAttempt,
  jobConditions,
  jobEvent,
  jobPod,
  logSources,
  submitterLogSources,
  type JobEvent,
  type JobFilter,
  type JobOrder,
  type JobPod,
  type JobRef,
  type JobSummary,
  type KubernetesEvent,
  type RayJob,
  RAYJOBS,
} from '@ml-platform/rayjob';
import { EVENTS, resourcePath } from '@ml-platform/kube';
import { stringify } from 'yaml';
import type { ArchivedLog } from '../archive/ArchivedLog';
import type { Clusters } from '../clusters/Clusters';
import { dashboardsOfJob } from '../clusters/dashboards';
import type { GitOps } from '../gitops/GitOps';
import {
  EVERY_JOB,
  type Authorizer,
  type JobPredicate,
} from '../permissions/Authorizer';
import { withCurrent, withDeletion } from '../history/historyRecord';
import type { JobHistory } from '../history/JobHistory';
import type { JobIndex } from './JobIndex';
import { queryJobs } from './queryJobs';

export interface JobsOptions {
  readonly index: JobIndex;
  readonly clusters: Clusters;
  readonly gitops?: GitOps;
  readonly history: JobHistory;
  /** Absent where logs are not kept. */
  readonly archived?: ArchivedLog;
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

  /** Number of jobs that are visible, by the clusters that have them. */
  countLive(visible: JobPredicate): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const job of this.options.index.allLive()) {
      if (visible(job)) {
        counts.set(job.cluster, (counts.get(job.cluster) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** True for a job that is listed only because it was on its cluster. */
  isGone(ref: JobRef): boolean {
    return this.options.index.isGone(ref);
  }

  /** Takes a job that is gone out of the list, and its log out of the archive. */
  forget(job: JobSummary): Promise<void> {
    return this.options.history.forget(job);
  }

  /** True for a job on a cluster or in git, whoever may see it. */
  isKnown(ref: JobRef): boolean {
    return this.options.index.get(ref) !== undefined;
  }

  /**
   * The row of a job that the caller may see. One that is not known may have
   * come to its cluster or into git this moment, so both are asked before it is
   * called missing. So they are for one that the caller may not see: otherwise
   * the time of the answer would tell that it is there.
   *
   * @throws NotFoundError also for a job that the caller may not see
   */
  async require(
    ref: JobRef,
    credentials: BackstageCredentials,
  ): Promise<JobSummary> {
    const { index, gitops, authorizer, clusters } = this.options;
    const visible = await authorizer.jobs(credentials, rayJobReadPermission);
    const seen = () => {
      const job = index.get(ref);
      return job && visible(job) ? job : undefined;
    };
    let job = seen();
    if (!job) {
      await clusters.get(ref.cluster).look(ref.namespace, ref.name);
      job = seen();
    }
    if (!job) {
      await gitops?.refresh();
      job = seen();
    }
    if (!job) {
      throw new NotFoundError(
        `There is no job ${ref.name} in ${ref.namespace} on ${ref.cluster}`,
      );
    }
    return job;
  }

  async detail(job: JobSummary): Promise<JobDetail> {
    const { index, gitops, history, clusters, archived } = this.options;
    const live = index.getLive(job) !== undefined;
    const past =
      live || index.isGone(job) ? await history.detail(job) : undefined;
    const rayJob = live
      ? await this.rayJob(job).catch(() => undefined)
      : undefined;
    const pods = live ? this.pods(job) : (past?.pods ?? []);
    const current =
      rayJob &&
      currentAttempt(rayJob, this.rawPods(job), clusters.queueOf(job));
    const kept = (await archived?.attempts(job)) ?? [];
    return {
      summary: job,
      pods,
      attempts: live
        ? withCurrent(past?.attempts ?? [], current)
        : withDeletion(past?.attempts ?? [], job),
      conditions: rayJob ? jobConditions(rayJob) : (past?.conditions ?? []),
      gitops: (await gitops?.complete(job)) ?? job.gitops,
      // Containers went with their pods; the driver's log may be archived.
      logSources: logSources(
        live ? pods : [],
        kept.filter(attempt => attempt < job.attempt),
        rayJob && submitterLogSources(rayJob, this.rawPods(job)),
      ),
      live,
      dashboards: dashboardsOfJob(
        clusters.entry(job.cluster),
        job,
        rayJob ?? past?.manifest,
      ),
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
    if (index.getLive(job) || index.isGone(job)) {
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

  /**
   * The object of a job: from its cluster, or as it was last seen there.
   * @throws NotFoundError
   */
  async rayJob(ref: JobRef): Promise<RayJob> {
    const { clusters, history } = this.options;
    try {
      return await clusters.client(ref.cluster).json<RayJob>({
        path: resourcePath(RAYJOBS, ref.namespace, ref.name),
      });
    } catch (error) {
      const past =
        error instanceof NotFoundError ? await history.detail(ref) : undefined;
      if (past) {
        return past.manifest;
      }
      throw error;
    }
  }

  private rawPods(job: JobRef) {
    return this.options.clusters.podsOf(job);
  }
}
