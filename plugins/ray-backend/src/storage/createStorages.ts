import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { readStorageConfig } from '@ml-platform/workload-storage';
import type { ManagementClusters } from '../management/ManagementClusters';
import { Storages } from './Storages';

/**
 * The storages that `ray.workloadStorage` says where to find; none where it is absent.
 * @throws {InputError} when it is wrong
 */
export function createStorages(options: {
  readonly config: Config;
  readonly managements: ManagementClusters;
  readonly logger: LoggerService;
}): Storages | undefined {
  const { config, managements, logger } = options;
  const storage = readStorageConfig(config);
  return (
    storage &&
    new Storages({
      management: managements.get(storage.clusters.management),
      logger,
    })
  );
}
