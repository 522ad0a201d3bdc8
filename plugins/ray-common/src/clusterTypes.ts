/** A page outside of the portal: an http or https address. */
export interface DashboardLink {
  readonly title: string;
  readonly url: string;
}

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
