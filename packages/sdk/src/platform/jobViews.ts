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

/** Checks and reviews of the open pull request that a job waits for. */
export interface JobReview {
  readonly pullRequest: { readonly url: string; readonly number: number };
  /** For example `ready`, `waiting` or `blocked`. */
  readonly state: string;
  /** What it waits for, in a sentence. */
  readonly waitsFor: string;
  /** Absent where the portal may not read them. */
  readonly checks?: readonly {
    readonly name: string;
    /** `passed`, `failed` or `running`. */
    readonly state: string;
    /** Web page of the check. */
    readonly url?: string;
    /** How it ended, where that says more than the state. */
    readonly result?: string;
  }[];
  /** Names on GitHub, here and below. */
  readonly approvedBy: readonly string[];
  readonly changesRequestedBy: readonly string[];
  /** Users and teams whose review is still asked for. */
  readonly askedFor: readonly string[];
  /** Why nothing newer is known. */
  readonly problem?: string;
}

/** What Argo CD says of a job's file. */
export interface JobSync {
  /** For example `synced`, `out-of-sync`, `failed` or `blocked`. */
  readonly state: string;
  /** What it waits for, or what to do. */
  readonly message?: string;
  /** Argo CD's own words. */
  readonly error?: string;
  readonly application?: {
    readonly namespace: string;
    readonly name: string;
    /** Web page of the Application in Argo CD. */
    readonly url?: string;
  };
  /** True while a sync runs. */
  readonly running?: boolean;
  /** When the last sync ended, or the running one began. ISO 8601. */
  readonly lastTriedAt?: string;
  /** Files that were refused, and hold up this job. */
  readonly blockedBy?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly path?: string;
    readonly message: string;
  }[];
}

/** All that is known of one job, beside its events. */
export interface JobDetail {
  readonly summary: JobSummary;
  readonly pods: readonly JobPod[];
  readonly attempts: readonly JobAttempt[];
  readonly conditions: readonly JobCondition[];
  readonly gitops?: JobGitOps;
  /** Through the portal, for a job that waits for a pull request to be merged. */
  readonly review?: JobReview;
  /** Through the portal, for a job that Argo CD brings. */
  readonly sync?: JobSync;
  readonly earlierRuns?: readonly EarlierRun[];
  /** All of it, as it was typed. Absent where the job's manifest isn't known. */
  readonly entrypoint?: string;
  readonly logSources: readonly LogSource[];
  /** What is wrong with how the job was written. */
  readonly warnings?: readonly string[];
  /** True while the RayJob is on its cluster. */
  readonly live: boolean;
  readonly dashboards?: readonly DashboardLink[];
}
