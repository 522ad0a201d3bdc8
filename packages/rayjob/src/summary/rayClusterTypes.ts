import type { JobResources, JobWorkers } from './types';

/** One worker group: how many pods it has and may have. */
export interface RayClusterGroup {
  readonly name: string;
  readonly replicas: number;
  readonly min: number;
  readonly max: number;
}

/** One Ray cluster of the list. */
export interface RayClusterSummary {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  /** As KubeRay says: `ready`, `suspended`, `failed`, or nothing yet. */
  readonly state?: string;
  readonly reason?: string;
  readonly rayVersion?: string;
  /** Name of the RayJob that made it, and that will remove it. */
  readonly job?: string;
  readonly autoscaling: boolean;
  readonly groups: readonly RayClusterGroup[];
  readonly workers: JobWorkers;
  readonly resources: JobResources;
}
