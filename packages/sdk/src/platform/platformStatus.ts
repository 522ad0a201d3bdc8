import type { JobState, NodesStatus } from '@ml-platform/rayjob';

export type { NodeResource, NodesStatus } from '@ml-platform/rayjob';

/** An answer, or why there is none. */
export type Probe<Answer> =
  | ({ readonly ok: true } & Answer)
  | {
      readonly ok: false;
      readonly error: string;
      /** True when the caller has no right to know, which is no fault. */
      readonly refused?: boolean;
    };

export interface QueueStatus {
  readonly namespace: string;
  readonly name: string;
  readonly clusterQueue: string;
  readonly pending: number;
  readonly admitted: number;
}

export interface ClusterStatus {
  readonly name: string;
  /** Kubernetes version, for example `v1.34.4`. */
  readonly server: Probe<{ readonly version: string }>;
  /** KubeRay's operator; `version` where its image tells. */
  readonly kuberay?: Probe<{ readonly version?: string }>;
  readonly nodes?: Probe<NodesStatus>;
  /** `namespace` where the caller may list those of one namespace only. */
  readonly rayClusters?: Probe<{
    readonly total: number;
    readonly namespace?: string;
  }>;
  readonly jobs?: Probe<{
    readonly namespace?: string;
    readonly byState: Readonly<Partial<Record<JobState, number>>>;
  }>;
  /** Absent without Kueue. */
  readonly queues?: Probe<{ readonly items: readonly QueueStatus[] }>;
}

/** An application of Argo CD. */
export interface ApplicationStatus {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  readonly message?: string;
}

export interface PlatformStatus {
  readonly clusters: readonly ClusterStatus[];
  /** Absent where no management cluster is known. */
  readonly argocd?: Probe<{ readonly items: readonly ApplicationStatus[] }>;
  /** Absent where no portal is known. */
  readonly portal?: Probe<{ readonly url: string }>;
}
