import { InputError } from '@backstage/errors';
import {
  ENTITY_ANNOTATION_BUCKET,
  ENTITY_ANNOTATION_STORAGE,
} from '../objects/annotations';
import { validateBucket, validateServiceAccount } from './validation';

/** The storage that a workload's catalog entity names. */
export interface EntityStorage {
  readonly namespace: string;
  /** Also the name of the service account that may use the bucket. */
  readonly name: string;
  /** Address of the bucket. */
  readonly bucket: string;
}

/**
 * The storage of a workload, from the values of its annotations; `undefined` where both
 * are empty.
 *
 * @throws {InputError} that says how to write them
 */
export function readStorage(
  place: unknown,
  bucket: unknown,
): EntityStorage | undefined {
  if (!place && !bucket) {
    return undefined;
  }
  const [namespace = '', name = '', ...more] = String(place ?? '').split('/');
  if (
    validateServiceAccount(namespace) ||
    validateServiceAccount(name) ||
    more.length > 0
  ) {
    throw new InputError(
      `The annotation ${ENTITY_ANNOTATION_STORAGE} of the workload is '${place ?? ''}'; write the storage as namespace/name`,
    );
  }
  const problem = validateBucket(String(bucket ?? ''));
  if (problem) {
    throw new InputError(
      `The annotation ${ENTITY_ANNOTATION_BUCKET} of the workload: ${problem}`,
    );
  }
  return { namespace, name, bucket: String(bucket) };
}

/** {@link readStorage} for the annotations of an entity. */
export function readStorageAnnotations(
  annotations: Readonly<Record<string, unknown>>,
): EntityStorage | undefined {
  return readStorage(
    annotations[ENTITY_ANNOTATION_STORAGE],
    annotations[ENTITY_ANNOTATION_BUCKET],
  );
}

/**
 * What a run in this namespace gets of its workload's storage.
 *
 * @param account - service account that the run names itself; it comes before the storage's
 * @throws {InputError} where the storage's account isn't in the namespace
 */
export function storageOfRun(
  storage: EntityStorage | undefined,
  namespace: string,
  account?: string,
): { readonly serviceAccount?: string; readonly bucket?: string } {
  if (!storage) {
    return { serviceAccount: account };
  }
  if (storage.namespace !== namespace) {
    throw new InputError(
      `The workload's storage and its account are in the namespace ${storage.namespace}, and the job is to run in ${namespace}; choose the namespace ${storage.namespace}`,
    );
  }
  return { serviceAccount: account ?? storage.name, bucket: storage.bucket };
}
