import type { DashboardLink } from '@ml-platform/rayjob';

/** Answer of `GET /clusters`. */
export interface ClusterSummary {
  readonly name: string;
  readonly title: string;
  /** False, with the cause in `error`, until all its jobs are read, and while it is down. */
  readonly reachable: boolean;
  /** Kubernetes version, as `v1.34.4`. */
  readonly version?: string;
  /** Number of RayJobs on it. */
  readonly jobs: number;
  readonly lastEventAt?: string;
  readonly error?: string;
  /** Present while its jobs are read for the first time. */
  readonly progress?: ReadingProgress;
  /** Pages about the cluster outside of the portal; none where absent. */
  readonly dashboards?: readonly DashboardLink[];
}

/** How far the first reading of a cluster's jobs is. */
export interface ReadingProgress {
  /** Jobs so far. */
  readonly read: number;
  /** Jobs in all, where the cluster tells. */
  readonly total?: number;
}

export interface ClusterStatus {
  readonly name: string;
  /** False where the list may lack jobs of it, or shows them as they were. */
  readonly ok: boolean;
  readonly error?: string;
  /** Present while its jobs are read for the first time. */
  readonly progress?: ReadingProgress;
}
