import type { ClusterStatus } from './clusterTypes';
import type {
  DashboardLink,
  RayClusterSummary,
  JobAttempt,
  JobCondition,
  JobGitOps,
  JobPod,
  JobRef,
  JobSummary,
  LogSource,
} from '@ml-platform/rayjob';

/** Answer of `GET /jobs/:cluster/:namespace/:name`. */
export interface JobDetail {
  readonly summary: JobSummary;
  readonly pods: readonly JobPod[];
  readonly attempts: readonly JobAttempt[];
  readonly conditions: readonly JobCondition[];
  readonly gitops?: JobGitOps;
  /** What can be read with `logs?source=`. */
  readonly logSources: readonly LogSource[];
  /** What is wrong with how the job was written, one sentence each. */
  readonly warnings?: readonly string[];
  /** True while the RayJob is on its cluster. */
  readonly live: boolean;
  /** Pages about it outside of the portal; none where absent. */
  readonly dashboards?: readonly DashboardLink[];
}

/** Answer of `GET /jobs`. */
export interface JobList {
  readonly items: readonly JobSummary[];
  /** Number that the filter and the caller's permissions allow. */
  readonly total: number;
  readonly nextCursor?: string;
  readonly clusters: readonly ClusterStatus[];
}

/** Data of the server-sent events of `GET /jobs/stream`, by event name. */
export type JobStreamEvent =
  | { readonly event: 'snapshot'; readonly data: JobList }
  | { readonly event: 'upsert'; readonly data: JobSummary }
  | {
      readonly event: 'remove';
      readonly data: JobRef & { readonly uid: string };
    }
  | { readonly event: 'clusters'; readonly data: readonly ClusterStatus[] };

/** One line of a log, without its line end. */
export interface LogLine {
  /** RFC 3339 with nanoseconds, where the source has it. */
  readonly time?: string;
  readonly text: string;
  /** `<pod>/<container>`, when several are merged. */
  readonly source?: string;
}

/** Why a log stream came to its end. */
export type LogEndReason =
  'completed' | 'not-found' | 'not-started' | 'deleted' | 'error';

/**
 * Data of the server-sent events of `…/logs` by event name. The `id:` of a
 * `lines` event is the cursor to resume from.
 */
export type LogStreamEvent =
  | {
      readonly event: 'lines';
      readonly data: { readonly lines: readonly LogLine[] };
    }
  | { readonly event: 'waiting'; readonly data: { readonly message: string } }
  | { readonly event: 'gap'; readonly data: { readonly reason: string } }
  | {
      readonly event: 'end';
      readonly data: {
        readonly reason: LogEndReason;
        readonly message?: string;
      };
    };

/** Answer of `GET /rayclusters`. */
export interface RayClusterList {
  readonly items: readonly RayClusterSummary[];
  readonly clusters: readonly ClusterStatus[];
}
