import { InputError } from '@backstage/errors';
import {
  REASON_FAILED,
  REASON_READY,
  REASON_WAITING,
  storageNames,
  storageProblem,
  type WorkloadStorage,
} from '@ml-platform/workload-storage';
import { readFacts } from './facts';
import { failureOf, isReady, type Managed } from './managed';
import {
  account,
  bucket,
  bucketMember,
  identityMember,
  type ManifestOf,
} from './parts';

/** The parts of a storage, by what people call them. */
const PARTS = {
  bucket: 'the bucket',
  account: 'the Google service account',
  objects: "the account's rights on the bucket",
  reader: "the account's rights on the bucket",
  identity: "the pods' right to act as the account",
} as const;

export type PartName = keyof typeof PARTS;

const PART_NAMES = Object.keys(PARTS) as PartName[];

export interface ComposeInput {
  readonly storage: WorkloadStorage;
  /** Those that exist. */
  readonly observed: Readonly<Partial<Record<PartName, Managed>>>;
  /** Data of the ConfigMap with the platform's facts. */
  readonly facts: Readonly<Record<string, string>> | undefined;
}

/** What there should be, and what is said of it. */
export interface Composed {
  readonly parts: Readonly<Partial<Record<PartName, ManifestOf>>>;
  /** The parts that are as they should be. */
  readonly ready: ReadonlySet<PartName>;
  readonly status: { readonly bucket?: string; readonly account?: string };
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
}

const listed = (parts: readonly PartName[]) =>
  new Intl.ListFormat('en').format(new Set(parts.map(part => PARTS[part])));

function judge(
  observed: ComposeInput['observed'],
  ready: ReadonlySet<PartName>,
): Pick<Composed, 'reason' | 'message'> {
  const failures = PART_NAMES.flatMap(part => {
    const failure = failureOf(observed[part]);
    return failure
      ? [`Google Cloud or its provider refuses ${PARTS[part]}: ${failure}`]
      : [];
  });
  if (failures.length > 0) {
    return { reason: REASON_FAILED, message: failures.join('. ') };
  }
  const missing = PART_NAMES.filter(part => !ready.has(part));
  return missing.length > 0
    ? { reason: REASON_WAITING, message: `Waiting for ${listed(missing)}.` }
    : { reason: REASON_READY, message: 'Jobs can use the bucket.' };
}

/**
 * The parts that one storage consists of. The rights come once Google has told the
 * account's e-mail address; whatever exists stays.
 *
 * @throws {InputError} when there is nothing that could be made, with the reason
 */
export function composeStorage({
  storage,
  observed,
  facts: data,
}: ComposeInput): Composed {
  const { namespace = '', name = '' } = storage.metadata;
  const ref = { namespace, name };
  const problem = storageProblem(ref);
  if (problem) {
    throw new InputError(problem);
  }
  const facts = readFacts(data);
  const names = storageNames(facts.projectId, ref);
  // A bucket can't move: it stays where it is when the platform's region changes.
  const region = observed.bucket?.spec?.forProvider?.location ?? facts.region;
  const options = {
    ref,
    spec: storage.spec ?? {},
    facts: { ...facts, region },
    names,
  };
  const email = observed.account?.status?.atProvider?.email;
  const ready = new Set(PART_NAMES.filter(part => isReady(observed[part])));
  return {
    parts: {
      bucket: bucket(options),
      account: account(options),
      ...(email
        ? {
            objects: bucketMember(options, email, 'roles/storage.objectUser'),
            // Libraries ask whether the bucket exists before they write to it.
            reader: bucketMember(
              options,
              email,
              'roles/storage.legacyBucketReader',
            ),
            identity: identityMember(options, email),
          }
        : {}),
    },
    ready,
    status: {
      bucket: ready.has('bucket') ? names.bucket : storage.status?.bucket,
      account: email,
    },
    ...judge(observed, ready),
  };
}
