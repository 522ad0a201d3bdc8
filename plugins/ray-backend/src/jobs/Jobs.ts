import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  rayClusterReadPermission,
  rayJobReadPermission,
  type ClusterStatus,
  type JobCounts,
  type JobDetail,
  type JobFacets,
  type JobList,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  jobPod,
  type JobFilter,
  type JobOrder,
  type JobPod,
  type JobRef,
  type JobSummary,
  type RayJob,
  RAYJOBS,
  writeManifest,
} from '@ml-platform/rayjob';
import { resourcePath } from '@ml-platform/kube';
import { LRUCache } from 'lru-cache';
import type { JobSyncs } from '../argocd/JobSyncs';
import type { ArchivedLog } from '../archive/ArchivedLog';
import type { Clusters } from '../clusters/Clusters';
import type { GitOps } from '../gitops/GitOps';
import type { JobReviews } from '../gitops/JobReviews';
import type {
  Authorizer,
  JobPredicate,
  JobScope,
} from '../permissions/Authorizer';
import type { JobHistory } from '../history/JobHistory';
import type { KeptEvents } from '../history/RunEvents';
import type { JobIndex } from './JobIndex';
import { isRun, type JobRunRef } from './jobRun';
import { queryJobs } from './queryJobs';
import { readJobDetail } from './readJobDetail';

/** Objects of jobs that are held for those who look at them. */
const SHARED = 500;
/** Milliseconds: the watch that makes another row of a change may be down. */
const SHARED_FOR = 10_000;

export interface JobsOptions {
  readonly index: JobIndex;
  readonly clusters: Clusters;
  readonly gitops?: GitOps;
  /** Absent where no repository owns jobs. */
  readonly reviews?: JobReviews;
  /** Absent where the portal doesn't ask Argo CD. */
  readonly syncs?: JobSyncs;
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
  readonly #options: JobsOptions;
  /** Readings for all who look at a job; each change makes another row. */
  readonly #objects = new LRUCache<JobSummary, Promise<RayJob>>({
    max: SHARED,
    ttl: SHARED_FOR,
  });

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** The clusters' statuses, and git's when it can't be read. */
  statuses(): ClusterStatus[] {
    const { clusters, gitops } = this.#options;
    const git = gitops?.status;
    return [...clusters.statuses(), ...(git && !git.ok ? [git] : [])];
  }

  list(query: JobListQuery, scope: JobScope): JobList {
    const { index, clock } = this.#options;
    const page = queryJobs(index, { ...query, scope, now: clock().getTime() });
    return { ...page, clusters: this.statuses() };
  }

  /** Values of the fields that filters name, with the number of jobs of each. */
  facets(filter: JobFilter, scope: JobScope): JobFacets {
    return this.#options.index.select(filter, scope).facets(filter);
  }

  /** Number of jobs that match, and in each state as if the filter wanted any. */
  counts(filter: JobFilter, scope: JobScope): JobCounts {
    const jobs = this.#options.index.select(filter, scope);
    return { total: jobs.count(filter), states: jobs.states(filter) };
  }

  /** Number of jobs that are visible, by the clusters that have them. */
  countLive(visible: JobPredicate): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const job of this.#options.index.allLive()) {
      if (visible(job)) {
        counts.set(job.cluster, (counts.get(job.cluster) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** True for a job, or a run of it, that was on its cluster and is no longer. */
  isGone(ref: JobRunRef): boolean {
    return this.#options.index.isGone(ref);
  }

  /** Takes a job that is gone out of the list, and its log out of the archive. */
  forget(job: JobSummary): Promise<void> {
    return this.#options.history.forget(job);
  }

  /** True for a job on a cluster or in git, whoever may see it. */
  isKnown(ref: JobRef): boolean {
    return this.#options.index.get(ref) !== undefined;
  }

  /**
   * The row of a job that the caller may see. One that is not known may have
   * come to its cluster or into git this moment, so both are asked before it is
   * called missing. So they are for one that the caller may not see: otherwise
   * the time of the answer would tell that it is there.
   *
   * @param ref - with `uid` for one run, which may be long gone
   * @throws {NotFoundError} when there is none, also where the caller may not see it
   */
  async require(
    ref: JobRunRef,
    credentials: BackstageCredentials,
  ): Promise<JobSummary> {
    const { index, gitops, history, authorizer, clusters } = this.#options;
    const visible = await authorizer.jobs(credentials, rayJobReadPermission);
    const seen = (job = index.get(ref)) =>
      job && isRun(job.uid, ref) && visible(job) ? job : undefined;
    let job = seen();
    if (!job && ref.uid !== undefined) {
      job = seen(await history.summary(ref));
    }
    if (!job) {
      await clusters.get(ref.cluster).look(ref.namespace, ref.name);
      job = seen();
    }
    if (!job) {
      await gitops?.refresh();
      job = seen();
    }
    if (!job) {
      const { cluster, namespace, name, uid } = ref;
      const run = uid === undefined ? '' : ` with the UID ${uid}`;
      throw new NotFoundError(
        `There is no job ${name}${run} in ${namespace} on ${cluster}`,
      );
    }
    return job;
  }

  /** All that a job's page shows to the caller. */
  async detail(
    job: JobSummary,
    credentials: BackstageCredentials,
  ): Promise<JobDetail> {
    const { authorizer } = this.#options;
    return readJobDetail(job, {
      ...this.#options,
      visible: await authorizer.jobs(credentials, rayJobReadPermission),
      seesClusters: () =>
        authorizer.allows(credentials, rayClusterReadPermission),
      rayJob: one => this.#shared(one),
    });
  }

  pods(job: JobRunRef): readonly JobPod[] {
    return this.#options.clusters.podsOf(job).map(jobPod);
  }

  /**
   * Events of a run, its Ray cluster and its pods, oldest first.
   * @throws {ServiceUnavailableError} where its cluster doesn't tell them
   */
  async events(job: JobSummary): Promise<KeptEvents> {
    const { clusters, history, index } = this.#options;
    const kept = await history.events(job);
    if (kept.items.length === 0 && index.getLive(job)) {
      clusters.get(job.cluster).events.requireListed();
    }
    return kept;
  }

  /** The manifest as YAML: as the cluster has it, or as git has it. */
  async manifest(job: JobSummary): Promise<string> {
    const { gitops, index } = this.#options;
    if (index.getLive(job) || index.isGone(job)) {
      return writeManifest(await this.rayJob(job));
    }
    if (!gitops || !job.gitops) {
      throw new NotFoundError(`There is no manifest of ${job.name}`);
    }
    return gitops.manifest(job);
  }

  /**
   * The object of a job: from its cluster, or as it was last seen there.
   * @throws {NotFoundError} when neither has it
   */
  async rayJob(ref: JobRunRef): Promise<RayJob> {
    const { clusters, history } = this.#options;
    const { cluster, namespace, name } = ref;
    try {
      const job = await clusters.client(cluster).json<RayJob>({
        path: resourcePath(RAYJOBS, namespace, name),
      });
      if (!isRun(job.metadata.uid ?? '', ref)) {
        throw new NotFoundError(`Another job has the name ${name} by now`);
      }
      return job;
    } catch (error) {
      const past =
        error instanceof NotFoundError ? await history.detail(ref) : undefined;
      if (past) {
        return past.manifest;
      }
      throw error;
    }
  }
  /** As {@link rayJob}, read once for all who hold the same row. */
  #shared(job: JobSummary): Promise<RayJob> {
    let object = this.#objects.get(job);
    if (!object) {
      object = this.rayJob(job);
      this.#objects.set(job, object);
      object.catch(() => this.#objects.delete(job));
    }
    return object;
  }
}
