import type { StorageRef } from './WorkloadStorage';

/** The clusters that a storage has a manifest for. */
export interface StorageClusters {
  /** Runs Crossplane. */
  readonly management: string;
  /** Runs the jobs. */
  readonly workload: string;
}

/**
 * Where the manifests of a storage are, below the folder of all clusters: its resource
 * for the management cluster, and its service account for the workload cluster.
 */
export function storagePaths(
  clusters: StorageClusters,
  { namespace, name }: StorageRef,
): { readonly storage: string; readonly account: string } {
  return {
    storage: `${clusters.management}/workloads/${namespace}/${name}.yaml`,
    account: `${clusters.workload}/accounts/${namespace}/${name}.yaml`,
  };
}
