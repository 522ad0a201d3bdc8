import { InputError } from '@backstage/errors';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { addition, clustersFolder, type FileChange } from '@ml-platform/gitops';
import { writeYaml } from '@ml-platform/rayjob';
import {
  readStorageConfig,
  renderServiceAccount,
  renderWorkloadStorage,
  storagePaths,
  type StorageConfig,
  type StorageRef,
  type WorkloadStorageSpec,
} from '@ml-platform/workload-storage';

/**
 * The project and the clusters of storage.
 * @throws {InputError} when the portal offers none
 */
export function requireStorageConfig(config: RootConfigService): StorageConfig {
  const storage = readStorageConfig(config);
  if (!storage) {
    throw new InputError(
      'This portal offers no storage in Google Cloud; set ray.workloadStorage.projectId in its configuration',
    );
  }
  return storage;
}

/** Where the storage of a workload is; Kubernetes takes no underscores in names. */
export function storageRefOf(workload: string, namespace: string): StorageRef {
  return { namespace, name: workload.replaceAll('_', '-') };
}

/**
 * The two files of a storage: its resource for the management cluster, and its service
 * account for the workload cluster.
 *
 * @throws {InputError} that names what is wrong
 */
export function storageFiles(options: {
  readonly storage: StorageConfig;
  /** Folder of the GitOps tree in the repository. */
  readonly gitopsPath: string;
  readonly ref: StorageRef;
  readonly spec: WorkloadStorageSpec;
}): FileChange[] {
  const { storage, gitopsPath, ref, spec } = options;
  const folder = clustersFolder(gitopsPath).join('/');
  const paths = storagePaths(storage.clusters, ref);
  const request = { ref, spec };
  const account = renderServiceAccount(storage.projectId, request);
  return [
    addition(
      `${folder}/${paths.storage}`,
      writeYaml(renderWorkloadStorage(request)),
    ),
    addition(`${folder}/${paths.account}`, writeYaml(account)),
  ];
}
