import type { DashboardLink } from '@ml-platform/rayjob';

/** Answer of `GET /clusters`. */
export interface ClusterSummary {
  readonly name: string;
  readonly title: string;
  readonly reachable: boolean;
  /** Kubernetes version, as `v1.34.4`. */
  readonly version?: string;
  /** Number of RayJobs on it. */
  readonly jobs: number;
  readonly lastEventAt?: string;
  readonly error?: string;
  /** Pages about the cluster outside of the portal; none where absent. */
  readonly dashboards?: readonly DashboardLink[];
}

export interface ClusterStatus {
  readonly name: string;
  readonly ok: boolean;
  readonly error?: string;
}
