import { InputError } from '@backstage/errors';
import { projectProblem, storageNames, storageProblem } from './storageNames';
import {
  STORAGE_CLASSES,
  WORKLOAD_STORAGE_KIND,
  WORKLOAD_STORAGES,
  type StorageRef,
  type WorkloadStorageSpec,
} from './WorkloadStorage';

/** GKE lets pods with this annotation on their account act as the Google account. */
export const ANNOTATION_GOOGLE_ACCOUNT = 'iam.gke.io/gcp-service-account';

/** A storage as someone asks for it. */
export interface StorageRequest {
  readonly ref: StorageRef;
  readonly spec: WorkloadStorageSpec;
}

/** Days that a lifecycle rule may wait. */
export const MOST_DAYS = 3650;

function daysProblem(days: number | undefined): string | undefined {
  return days === undefined ||
    (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS)
    ? undefined
    : `${days} is not a whole number of days from 1 to ${MOST_DAYS}`;
}

/** Each field that is wrong, with what to do about it. */
function* problems({ ref, spec }: StorageRequest): Generator<string> {
  const { storageClass = 'STANDARD' } = spec;
  const place = storageProblem(ref);
  if (place) {
    yield place;
  }
  if (!STORAGE_CLASSES.includes(storageClass)) {
    yield `storageClass: '${storageClass}' is none; use ${STORAGE_CLASSES.join(', ')}`;
  }
  for (const field of ['deleteAfterDays', 'keepVersionsDays'] as const) {
    const problem = daysProblem(spec[field]);
    if (problem) {
      yield `${field}: ${problem}`;
    }
  }
}

const labelsOf = ({ ref, spec }: StorageRequest) => ({
  'app.kubernetes.io/name': spec.workload ?? ref.name,
  'app.kubernetes.io/managed-by': 'ml-platform',
});

/**
 * The resource that Crossplane makes the storage of.
 * @throws {InputError} that names what is wrong
 */
export function renderWorkloadStorage(request: StorageRequest) {
  const found = [...problems(request)];
  if (found.length > 0) {
    throw new InputError(`Can't create the storage: ${found.join('; ')}`);
  }
  return {
    apiVersion: `${WORKLOAD_STORAGES.group}/${WORKLOAD_STORAGES.version}`,
    kind: WORKLOAD_STORAGE_KIND,
    metadata: { ...request.ref, labels: labelsOf(request) },
    spec: { ...request.spec },
  };
}

/**
 * The service account on the workload cluster that acts as the storage's Google
 * account. It gets no token of Kubernetes: GKE's metadata server gives one of Google.
 *
 * @throws {InputError} when the project isn't one
 */
export function renderServiceAccount(project: string, request: StorageRequest) {
  const problem = projectProblem(project);
  if (problem) {
    throw new InputError(problem);
  }
  const { email } = storageNames(project, request.ref);
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      ...request.ref,
      labels: labelsOf(request),
      annotations: { [ANNOTATION_GOOGLE_ACCOUNT]: email },
    },
    automountServiceAccountToken: false,
  };
}
