import {
  CONDITION_STORAGE,
  type Condition,
  type WorkloadStorage,
} from './WorkloadStorage';

/** `missing`: there is no such resource. `unknown`: nobody can be asked. */
export type StorageState =
  'ready' | 'waiting' | 'failed' | 'deleting' | 'missing' | 'unknown';

/** What people are told of a storage. */
export interface StorageSummary {
  readonly namespace: string;
  readonly name: string;
  readonly state: StorageState;
  /** What it waits for, or what is wrong; absent when it is ready. */
  readonly message?: string;
  readonly bucket?: string;
  readonly account?: string;
  readonly storageClass?: string;
  readonly versioning?: boolean;
  readonly deleteAfterDays?: number;
  readonly deletion?: string;
}

/** Reason of {@link CONDITION_STORAGE} when a part of the storage can't be made. */
export const REASON_FAILED = 'Failed';
/** Reason of {@link CONDITION_STORAGE} while parts of the storage are made. */
export const REASON_WAITING = 'Waiting';
/** Reason of {@link CONDITION_STORAGE} when all of it is there. */
export const REASON_READY = 'Ready';

function stateOf({
  metadata,
  status,
}: WorkloadStorage): Pick<StorageSummary, 'state' | 'message'> {
  const condition = (type: string): Condition =>
    status?.conditions?.find(each => each.type === type) ?? {};
  if (metadata.deletionTimestamp) {
    return { state: 'deleting', message: 'Crossplane deletes it.' };
  }
  const storage = condition(CONDITION_STORAGE);
  const synced = condition('Synced');
  if (storage.reason === REASON_FAILED) {
    return { state: 'failed', message: storage.message };
  }
  if (synced.status === 'False') {
    return { state: 'failed', message: synced.message };
  }
  if (condition('Ready').status === 'True') {
    return { state: 'ready' };
  }
  return {
    state: 'waiting',
    message: storage.message ?? 'Crossplane has not looked at it yet.',
  };
}

/** The state of a storage, from its object on the management cluster. */
export function summarizeStorage(storage: WorkloadStorage): StorageSummary {
  const { metadata, spec, status } = storage;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    ...stateOf(storage),
    bucket: status?.bucket,
    account: status?.account,
    storageClass: spec?.storageClass,
    versioning: spec?.versioning,
    deleteAfterDays: spec?.deleteAfterDays,
    deletion: spec?.deletion,
  };
}
