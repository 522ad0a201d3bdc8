import type {
  StorageNames,
  StorageRef,
  WorkloadStorageSpec,
} from '@ml-platform/workload-storage';
import type { Facts } from './facts';

export type ManifestOf = Readonly<Record<string, unknown>>;

/** What all parts of one storage are made from. */
export interface PartsOptions {
  readonly ref: StorageRef;
  readonly spec: WorkloadStorageSpec;
  readonly facts: Facts;
  readonly names: StorageNames;
}

/** Days after which parts of uploads that nobody completed are removed. */
const ABORT_UPLOAD_DAYS = 7;
const KEEP_VERSIONS_DAYS = 30;

/** All but deleting: what the bucket holds survives its resource. */
const KEEP = ['Observe', 'Create', 'Update', 'LateInitialize'];

/** A label of Google Cloud: lowercase letters, digits, hyphens and underscores. */
const label = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .slice(0, 63);

function managed(
  options: PartsOptions,
  kind: { readonly apiVersion: string; readonly kind: string },
  part: {
    /** What Google calls it, where that is not made up. */
    readonly externalName?: string;
    readonly keep?: boolean;
    readonly forProvider: ManifestOf;
  },
): ManifestOf {
  const { ref, spec } = options;
  return {
    ...kind,
    metadata: {
      labels: { 'app.kubernetes.io/name': spec.workload ?? ref.name },
      ...(part.externalName
        ? { annotations: { 'crossplane.io/external-name': part.externalName } }
        : {}),
    },
    spec: {
      managementPolicies: part.keep ? KEEP : ['*'],
      providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' },
      forProvider: part.forProvider,
    },
  };
}

function lifecycleRules(spec: WorkloadStorageSpec) {
  const { deleteAfterDays, keepVersionsDays = KEEP_VERSIONS_DAYS } = spec;
  const remove = { type: 'Delete' };
  return [
    {
      action: { type: 'AbortIncompleteMultipartUpload' },
      condition: { age: ABORT_UPLOAD_DAYS },
    },
    ...(deleteAfterDays
      ? [
          {
            action: remove,
            condition: { age: deleteAfterDays, withState: 'LIVE' },
          },
        ]
      : []),
    // Also without versioning: some may be left from before it was switched off.
    {
      action: remove,
      condition: {
        daysSinceNoncurrentTime: keepVersionsDays,
        withState: 'ARCHIVED',
      },
    },
  ];
}

/** The bucket: private, in one region, with the rules that the resource asks for. */
export function bucket(options: PartsOptions): ManifestOf {
  const { spec, facts, names, ref } = options;
  const remove = spec.deletion === 'Delete';
  return managed(
    options,
    { apiVersion: 'storage.gcp.m.upbound.io/v1beta2', kind: 'Bucket' },
    {
      externalName: names.bucket,
      keep: !remove,
      forProvider: {
        project: facts.projectId,
        location: facts.region,
        storageClass: spec.storageClass ?? 'STANDARD',
        uniformBucketLevelAccess: true,
        publicAccessPrevention: 'enforced',
        versioning: { enabled: spec.versioning ?? true },
        lifecycleRule: lifecycleRules(spec),
        // Who asks for the deletion means the objects, too.
        forceDestroy: remove,
        labels: {
          workload: label(spec.workload ?? ref.name),
          namespace: label(ref.namespace),
          ...(spec.owner ? { owner: label(spec.owner) } : {}),
          'managed-by': 'ml-platform',
        },
      },
    },
  );
}

/** The Google service account that the workload's pods act as. */
export function account(options: PartsOptions): ManifestOf {
  const { facts, names, ref } = options;
  return managed(
    options,
    {
      apiVersion: 'cloudplatform.gcp.m.upbound.io/v1beta1',
      kind: 'ServiceAccount',
    },
    {
      externalName: names.accountId,
      forProvider: {
        project: facts.projectId,
        displayName: `${ref.namespace}/${ref.name}`.slice(0, 100),
        description: 'Training jobs of ml-platform act as this account',
      },
    },
  );
}

/** One role of the account on the bucket, and on nothing else. */
export function bucketMember(
  options: PartsOptions,
  email: string,
  role: string,
): ManifestOf {
  return managed(
    options,
    { apiVersion: 'storage.gcp.m.upbound.io/v1beta1', kind: 'BucketIAMMember' },
    {
      forProvider: {
        bucket: options.names.bucket,
        role,
        member: `serviceAccount:${email}`,
      },
    },
  );
}

/**
 * The right of the Kubernetes service account with the storage's namespace and name to
 * act as the Google one, on every cluster of the project.
 *
 * Source: Google Kubernetes Engine, "Workload Identity Federation for GKE".
 */
export function identityMember(
  options: PartsOptions,
  email: string,
): ManifestOf {
  const { facts, ref } = options;
  return managed(
    options,
    {
      apiVersion: 'cloudplatform.gcp.m.upbound.io/v1beta1',
      kind: 'ServiceAccountIAMMember',
    },
    {
      forProvider: {
        serviceAccountId: `projects/${facts.projectId}/serviceAccounts/${email}`,
        role: 'roles/iam.workloadIdentityUser',
        member: `serviceAccount:${facts.projectId}.svc.id.goog[${ref.namespace}/${ref.name}]`,
      },
    },
  );
}
