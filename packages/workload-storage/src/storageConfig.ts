import { InputError } from '@backstage/errors';
import type { StorageClusters } from './paths';
import { projectProblem } from './storageNames';

/** What a portal has to know to offer storage. */
export interface StorageConfig {
  /** Google Cloud project of buckets and accounts. */
  readonly projectId: string;
  readonly clusters: StorageClusters;
}

/** The configuration of a backend, as far as it is read here. */
interface Section {
  getOptionalConfig(key: string):
    | {
        getString(key: string): string;
        getOptionalString(key: string): string | undefined;
      }
    | undefined;
}

/**
 * Reads the section `ray.workloadStorage`.
 * @returns `undefined` where storage is not offered
 * @throws {InputError} when a value is wrong
 */
export function readStorageConfig(root: Section): StorageConfig | undefined {
  const section = root.getOptionalConfig('ray.workloadStorage');
  if (!section) {
    return undefined;
  }
  const projectId = section.getString('projectId');
  const problem = projectProblem(projectId);
  if (problem) {
    throw new InputError(`ray.workloadStorage.projectId: ${problem}`);
  }
  return {
    projectId,
    clusters: {
      management:
        section.getOptionalString('managementCluster') ?? 'management-cluster',
      workload:
        section.getOptionalString('workloadCluster') ?? 'workload-cluster',
    },
  };
}
