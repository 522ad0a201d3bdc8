import type { KnownCluster } from './KnownCluster';

/** What was found in one look. */
export interface LocatedClusters {
  readonly clusters: readonly KnownCluster[];
  /** Why some may be missing; absent when these are all. */
  readonly incomplete?: string;
}

/** Finds clusters that the configuration does not list itself. */
export interface ClusterLocator {
  /** Names it among the statuses of clusters, as `gke:my-project`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /**
   * Looks for clusters.
   * @throws {Error} with the cause, and what to do, when it can't
   */
  locate(signal: AbortSignal): Promise<LocatedClusters>;
}
