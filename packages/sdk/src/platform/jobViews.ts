import type {
  DashboardLink,
  JobAttempt,
  JobCondition,
  JobGitOps,
  JobPod,
  JobRef,
  JobSummary,
  LogSource,
} from '@ml-platform/rayjob';

/** Whether a list has all jobs of a cluster. */
export interface ClusterAnswer {
  readonly name: string;
  readonly ok: boolean;
  /** Why its jobs may be missing, or be shown as they were. */
  readonly error?: string;
}

export interface JobList {
  readonly items: readonly JobSummary[];
  readonly clusters: readonly ClusterAnswer[];
}

/** What happens to a list that is watched. */
export type JobListChange =
  | { readonly type: 'snapshot'; readonly list: JobList }
  | { readonly type: 'upsert'; readonly job: JobSummary }
  | { readonly type: 'remove'; readonly job: JobRef }
  | { readonly type: 'clusters'; readonly clusters: readonly ClusterAnswer[] };

/** An earlier run that had the job's name. */
export interface EarlierRun {
  readonly uid: string;
  readonly state: JobSummary['state'];
  readonly createdAt: string;
  readonly endedAt?: string;
}

/** All that is known of one job, beside its events. */
export interface JobDetail {
  readonly summary: JobSummary;
  readonly pods: readonly JobPod[];
  readonly attempts: readonly JobAttempt[];
  readonly conditions: readonly JobCondition[];
  readonly gitops?: JobGitOps;
  readonly earlierRuns?: readonly EarlierRun[];
  readonly logSources: readonly LogSource[];
  /** What is wrong with how the job was written. */
  readonly warnings?: readonly string[];
  /** True while the RayJob is on its cluster. */
  readonly live: boolean;
  readonly dashboards?: readonly DashboardLink[];
}
