import type {
  EarlierRun,
  JobDetail,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  attemptsOfRow,
  jobAttempts,
  jobConditions,
  jobEntrypoint,
  jobPod,
  jobWarnings,
  logSources,
  submitterLogSources,
  type FreeAmounts,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import type { JobSyncs } from '../argocd/JobSyncs';
import type { ArchivedLog } from '../archive/ArchivedLog';
import type { Clusters } from '../clusters/Clusters';
import { dashboardsOfJob } from '../clusters/dashboards';
import type { GitOps } from '../gitops/GitOps';
import type { JobReviews } from '../gitops/JobReviews';
import type { JobHistory } from '../history/JobHistory';
import type { JobPredicate } from '../permissions/Authorizer';
import type { JobIndex } from './JobIndex';

export interface JobDetailOptions {
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
  /** Which other runs of its name the caller may see. */
  readonly visible: JobPredicate;
  /** Whether the caller may see what clusters have. */
  readonly seesClusters: () => Promise<boolean>;
  /** The object of a job that is on its cluster. */
  readonly rayJob: (job: JobSummary) => Promise<RayJob>;
}

/** All that a job's page shows: of a run that is gone, what was kept of it. */
export async function readJobDetail(
  job: JobSummary,
  options: JobDetailOptions,
): Promise<JobDetail> {
  const { index, gitops, history, clusters, archived } = options;
  const live = index.getLive(job) !== undefined;
  const current = index.get(job)?.uid === job.uid;
  const past =
    live || index.isGone(job) ? await history.detail(job) : undefined;
  const rayJob = live
    ? await options.rayJob(job).catch(() => undefined)
    : undefined;
  const livePods = live ? clusters.podsOf(job) : [];
  const pods = live ? livePods.map(jobPod) : (past?.pods ?? []);
  const known = past?.attempts ?? [];
  const kept = (await archived?.attempts(job)) ?? [];
  return {
    summary: job,
    pods,
    attempts: rayJob
      ? attemptsOfRow(jobAttempts(clusters.attemptsOf(job), rayJob), job)
      : known,
    conditions: rayJob ? jobConditions(rayJob) : (past?.conditions ?? []),
    gitops: (await gitops?.complete(job)) ?? job.gitops,
    review: current ? await options.reviews?.of(job) : undefined,
    sync: current ? options.syncs?.of(job, options.visible) : undefined,
    earlierRuns: await readEarlierRuns(job, options),
    entrypoint: await readEntrypoint(job, rayJob ?? past?.manifest, gitops),
    // Containers went with their pods; the driver's log may be archived.
    logSources: logSources(
      live ? pods : [],
      kept.filter(attempt => attempt < job.attempt),
      rayJob && submitterLogSources(rayJob, livePods),
    ),
    warnings: rayJob && jobWarnings(rayJob),
    live,
    free: live ? await readFree(job, options) : undefined,
    dashboards: dashboardsOfJob(
      clusters.entry(job.cluster),
      job,
      rayJob ?? past?.manifest,
    ),
  };
}

/** A row has less of a long one; git is asked only for a job that nothing else knows. */
async function readEntrypoint(
  job: JobSummary,
  known: RayJob | undefined,
  gitops: GitOps | undefined,
): Promise<string | undefined> {
  const isCut = job.entrypoint?.endsWith('…');
  const manifest =
    known ?? (isCut && (await gitops?.rayJob(job).catch(() => undefined)));
  return manifest ? jobEntrypoint(manifest) : undefined;
}

/** What is free on the cluster of a job that no node has room for. */
async function readFree(
  { cluster, reason }: JobSummary,
  { clusters, seesClusters }: JobDetailOptions,
): Promise<FreeAmounts | undefined> {
  const free =
    reason === 'Unschedulable' ? clusters.get(cluster).facts.free : undefined;
  return free && (await seesClusters()) ? free : undefined;
}

async function readEarlierRuns(
  job: JobSummary,
  { history, visible }: JobDetailOptions,
): Promise<EarlierRun[]> {
  const runs = await history.earlierRuns(job);
  return runs
    .filter(run => run.uid !== job.uid && run.createdAt <= job.createdAt)
    .filter(visible)
    .map(({ uid, state, createdAt, endedAt }) => ({
      uid,
      state,
      createdAt,
      endedAt,
    }));
}
