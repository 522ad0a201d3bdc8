import type { LoggerService } from '@backstage/backend-plugin-api';
import { resourcePath, type KubeObject } from '@ml-platform/kube';
import {
  summarizeStorage,
  WORKLOAD_STORAGE_KIND,
  WORKLOAD_STORAGES,
  type StorageRef,
  type StorageSummary,
  type WorkloadStorage,
} from '@ml-platform/workload-storage';
import type { ManagementCluster } from '../management/ManagementCluster';
import { WatchedKind } from '../management/WatchedKind';

export interface StoragesOptions {
  /** The cluster with the resources. */
  readonly management: ManagementCluster;
  readonly logger: LoggerService;
}

/** The storages of the management cluster. */
export class Storages {
  readonly #management: ManagementCluster;
  readonly #storages: WatchedKind<WorkloadStorage & KubeObject, StorageSummary>;

  constructor({ management, logger }: StoragesOptions) {
    this.#management = management;
    this.#storages = new WatchedKind({
      management,
      path: resourcePath({ ...WORKLOAD_STORAGES, kind: WORKLOAD_STORAGE_KIND }),
      title: 'storages',
      setting: 'ray.workloadStorage.managementCluster',
      keep: summarizeStorage,
      logger,
    });
  }

  /** A storage as it is now. */
  get(ref: StorageRef): StorageSummary {
    const { problem } = this.#storages;
    const known = this.#storages.get(`${ref.namespace}/${ref.name}`);
    if (known && problem === undefined) {
      return known;
    }
    return problem === undefined
      ? {
          ...ref,
          state: 'missing',
          message: `There is no such storage on ${this.#management.name}. It comes once the pull request that adds it is merged and Argo CD has applied it.`,
        }
      : { ...known, ...ref, state: 'unknown', message: problem };
  }

  /** Resolves at the next change, after the milliseconds, or when the signal aborts. */
  waitFor(ms: number, signal: AbortSignal): Promise<void> {
    return this.#storages.waitFor(ms, signal);
  }
}
