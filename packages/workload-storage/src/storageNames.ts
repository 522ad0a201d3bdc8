import { createHash } from 'node:crypto';
import type { StorageRef } from './WorkloadStorage';

/** What the parts of a storage are called in Google Cloud. */
export interface StorageNames {
  readonly bucket: string;
  /** `gs://` and the bucket. */
  readonly address: string;
  /** Id of the Google service account. */
  readonly accountId: string;
  readonly email: string;
}

/** Google's limits for names of buckets and ids of accounts. */
const LONGEST_BUCKET = 63;
const LONGEST_ACCOUNT = 30;
const HASH_LENGTH = 8;
/** Marks what is a workload's: the rights of Crossplane's account end there. */
const PREFIX = 'ws-';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const PROJECT = /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/;

/**
 * What is wrong with the place of a storage, and what to do about it; `undefined` for
 * a good one. Google refuses buckets with "google" in their names.
 */
export function storageProblem({
  namespace,
  name,
}: StorageRef): string | undefined {
  if (!LABEL.test(name) || name.length > 63) {
    return `'${name}' can't name a storage; use at most 63 lowercase letters, digits and hyphens, start with a letter, and end with a letter or digit`;
  }
  if (name === 'default') {
    return "A storage can't be called 'default': every pod of the namespace would act as its account; use another name";
  }
  if (/g[o0][o0]g[l1]e/.test(name) || name.startsWith('goog')) {
    return `'${name}' can't name a bucket: Google refuses names with "google" in them; use another name`;
  }
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace) &&
    namespace.length <= 63
    ? undefined
    : `'${namespace}' can't name a namespace; use at most 63 lowercase letters, digits and hyphens`;
}

/** What is wrong with the id of a Google Cloud project; `undefined` for a good one. */
export function projectProblem(project: string): string | undefined {
  return PROJECT.test(project)
    ? undefined
    : `'${project}' isn't the id of a Google Cloud project; use its 6 to 30 lowercase letters, digits and hyphens, not its name or number`;
}

/** As much of a name as fits, without a hyphen at its end. */
const shorten = (name: string, length: number) =>
  name.slice(0, length).replace(/-+$/, '');

/**
 * The names of a storage's parts. They follow from project, namespace and name alone,
 * so that whoever knows these knows the bucket before it exists. The hash of the place
 * tells apart what is the same once it is shortened or joined; the project, which is
 * unique in all of Google Cloud, does so for buckets of others.
 *
 * Source: Google Cloud, "Bucket names" and "Create service accounts".
 */
export function storageNames(
  project: string,
  { namespace, name }: StorageRef,
): StorageNames {
  const hash = createHash('sha256')
    .update(`${namespace}/${name}`)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const roomInBucket =
    LONGEST_BUCKET - project.length - PREFIX.length - HASH_LENGTH - 2;
  const bucket = `${project}-${PREFIX}${shorten(name, roomInBucket)}-${hash}`;
  const roomInAccount = LONGEST_ACCOUNT - PREFIX.length - HASH_LENGTH - 1;
  const accountId = `${PREFIX}${shorten(name, roomInAccount)}-${hash}`;
  return {
    bucket,
    address: `gs://${bucket}`,
    accountId,
    email: `${accountId}@${project}.iam.gserviceaccount.com`,
  };
}
