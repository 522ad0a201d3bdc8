/** The custom resource, as `gitops/infrastructure/crossplane` defines it. */
export const WORKLOAD_STORAGES = {
  group: 'ml-platform.dev',
  version: 'v1alpha1',
  plural: 'workloadstorages',
} as const;

export const WORKLOAD_STORAGE_KIND = 'WorkloadStorage';

/** Classes of Google Cloud Storage, from often read to hardly ever. */
export const STORAGE_CLASSES = [
  'STANDARD',
  'NEARLINE',
  'COLDLINE',
  'ARCHIVE',
] as const;

export type StorageClass = (typeof STORAGE_CLASSES)[number];

/** What is asked for. The definition on the cluster fills in the defaults. */
export interface WorkloadStorageSpec {
  /** Name of the workload, or of the team's workloads together. */
  readonly workload?: string;
  /** Entity reference of the owner. */
  readonly owner?: string;
  /** Default: STANDARD. */
  readonly storageClass?: StorageClass;
  /** Days after which an object is deleted. Default: never. */
  readonly deleteAfterDays?: number;
  /** Whether replaced and deleted objects are kept as old versions. Default: true. */
  readonly versioning?: boolean;
  /** Days for which an old version is kept. Default: 30. */
  readonly keepVersionsDays?: number;
  /** What becomes of the bucket when the resource is deleted. Default: Keep. */
  readonly deletion?: 'Keep' | 'Delete';
}

/** Where a storage is, on the management cluster; its account has the same place on the workload cluster. */
export interface StorageRef {
  readonly namespace: string;
  readonly name: string;
}

/** A condition of Kubernetes, of which all may be missing while it is new. */
export interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface WorkloadStorage {
  readonly metadata: Partial<StorageRef> & {
    readonly deletionTimestamp?: string;
  };
  readonly spec?: WorkloadStorageSpec;
  readonly status?: {
    readonly conditions?: readonly Condition[];
    /** Name of the bucket. */
    readonly bucket?: string;
    /** E-mail address of the Google service account. */
    readonly account?: string;
  };
}

/**
 * Condition that says in a sentence what the storage waits for. `Ready` and `Synced`
 * are Crossplane's own.
 */
export const CONDITION_STORAGE = 'StorageReady';
