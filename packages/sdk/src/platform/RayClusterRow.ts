import type { RayClusterSummary } from '@ml-platform/rayjob';

/** A Ray cluster, and who else decides about it. */
export interface RayClusterRow extends RayClusterSummary {
  /** Name of Argo CD's Application that it says it belongs to. */
  readonly application?: string;
}
