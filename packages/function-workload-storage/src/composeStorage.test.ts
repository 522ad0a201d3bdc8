import type { WorkloadStorageSpec } from '@ml-platform/workload-storage';
import { composeStorage, type ComposeInput } from './composeStorage';
import type { Managed } from './managed';

const metadata = { namespace: 'training', name: 'galaxies' };
const EMAIL = 'ws-galaxies-2908b2b9@my-project.iam.gserviceaccount.com';
const BUCKET = 'my-project-ws-galaxies-2908b2b9';
const facts = { PROJECT_ID: 'my-project', REGION: 'europe-west3' };

const READY: Managed = {
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};
const ACCOUNT: Managed = {
  status: { ...READY.status, atProvider: { email: EMAIL } },
};
const ALL = {
  bucket: READY,
  account: ACCOUNT,
  objects: READY,
  reader: READY,
  identity: READY,
};

const compose = (
  spec: WorkloadStorageSpec = {},
  observed: ComposeInput['observed'] = {},
  status = {},
) => composeStorage({ storage: { metadata, spec, status }, observed, facts });

describe('composeStorage', () => {
  it('begins with a private bucket and an account', () => {
    const { parts, ready, status, reason, message } = compose();
    expect(Object.keys(parts)).toEqual(['bucket', 'account']);
    expect(parts.bucket).toMatchObject({
      kind: 'Bucket',
      metadata: { annotations: { 'crossplane.io/external-name': BUCKET } },
      spec: {
        providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' },
        forProvider: {
          project: 'my-project',
          location: 'europe-west3',
          storageClass: 'STANDARD',
          uniformBucketLevelAccess: true,
          publicAccessPrevention: 'enforced',
          versioning: { enabled: true },
        },
      },
    });
    expect(parts.account).toMatchObject({
      kind: 'ServiceAccount',
      metadata: {
        annotations: { 'crossplane.io/external-name': 'ws-galaxies-2908b2b9' },
      },
      spec: { forProvider: { displayName: 'training/galaxies' } },
    });
    expect(ready.size).toBe(0);
    expect(status).toEqual({ bucket: undefined, account: undefined });
    expect(reason).toBe('Waiting');
    expect(message).toBe(
      "Waiting for the bucket, the Google service account, the account's rights on the bucket, and the pods' right to act as the account.",
    );
  });

  it("grants rights on the bucket alone, once the account's address is known", () => {
    const { parts, status } = compose({}, { account: ACCOUNT });
    const member = `serviceAccount:${EMAIL}`;
    expect(parts.objects).toMatchObject({
      kind: 'BucketIAMMember',
      spec: {
        forProvider: {
          bucket: BUCKET,
          role: 'roles/storage.objectUser',
          member,
        },
      },
    });
    expect(parts.reader).toMatchObject({
      kind: 'BucketIAMMember',
      spec: {
        forProvider: {
          bucket: BUCKET,
          role: 'roles/storage.legacyBucketReader',
          member,
        },
      },
    });
    expect(parts.identity).toMatchObject({
      kind: 'ServiceAccountIAMMember',
      spec: {
        forProvider: {
          serviceAccountId: `projects/my-project/serviceAccounts/${EMAIL}`,
          role: 'roles/iam.workloadIdentityUser',
          member: 'serviceAccount:my-project.svc.id.goog[training/galaxies]',
        },
      },
    });
    expect(status.account).toBe(EMAIL);
  });

  it('is ready when each part is', () => {
    const { ready, status, reason } = compose({}, ALL);
    expect([...ready]).toEqual(Object.keys(ALL));
    expect(status).toEqual({ bucket: BUCKET, account: EMAIL });
    expect(reason).toBe('Ready');
    for (const part of Object.keys(ALL)) {
      const without = { ...ALL, [part]: {} };
      expect(compose({}, without).reason).toBe('Waiting');
    }
  });

  it.each(['Synced', 'LastAsyncOperation'])(
    'tells why a part is refused (%s)',
    type => {
      const refused = {
        status: {
          conditions: [{ type, status: 'False', message: 'quota exceeded' }],
        },
      };
      expect(compose({}, { ...ALL, bucket: refused })).toMatchObject({
        reason: 'Failed',
        message:
          'Google Cloud or its provider refuses the bucket: quota exceeded',
      });
    },
  );

  it('keeps telling of a bucket that is not ready for a moment', () => {
    expect(compose({}, {}, { bucket: BUCKET }).status.bucket).toBe(BUCKET);
  });

  it.each([
    ['keeps the bucket when the resource goes', undefined, false],
    ['keeps the bucket when it is asked to', 'Keep', false],
    ['deletes the bucket with its objects only when asked', 'Delete', true],
  ] as const)('%s', (_, deletion, deletes) => {
    const { parts } = compose({ deletion });
    const { managementPolicies, forProvider } = parts.bucket?.spec as {
      managementPolicies: string[];
      forProvider: { forceDestroy: boolean };
    };
    expect(managementPolicies.some(it => it === '*' || it === 'Delete')).toBe(
      deletes,
    );
    expect(forProvider.forceDestroy).toBe(deletes);
    expect(parts.account).toMatchObject({
      spec: { managementPolicies: ['*'] },
    });
  });

  const ruleFor = (spec: WorkloadStorageSpec) =>
    (
      compose(spec).parts.bucket?.spec as {
        forProvider: { lifecycleRule: object[] };
      }
    ).forProvider.lifecycleRule;
  const ABORT = {
    action: { type: 'AbortIncompleteMultipartUpload' },
    condition: { age: 7 },
  };
  const oldVersions = (days: number) => ({
    action: { type: 'Delete' },
    condition: { daysSinceNoncurrentTime: days, withState: 'ARCHIVED' },
  });

  it('deletes old versions after 30 days, and objects never', () => {
    expect(ruleFor({})).toEqual([ABORT, oldVersions(30)]);
  });

  it('deletes objects and old versions after the days that are asked for', () => {
    const spec = { deleteAfterDays: 90, keepVersionsDays: 3 };
    expect(ruleFor(spec)).toEqual([
      ABORT,
      { action: { type: 'Delete' }, condition: { age: 90, withState: 'LIVE' } },
      oldVersions(3),
    ]);
  });

  it('labels the bucket with workload and owner', () => {
    const spec = {
      workload: 'galaxy_classifier',
      owner: 'group:default/ml-engineers',
    };
    expect(compose(spec).parts.bucket).toMatchObject({
      spec: {
        forProvider: {
          labels: {
            workload: 'galaxy_classifier',
            namespace: 'training',
            owner: 'group-default-ml-engineers',
            'managed-by': 'ml-platform',
          },
        },
      },
    });
  });

  it('leaves a bucket where it is when the region of the platform changes', () => {
    const bucket = { spec: { forProvider: { location: 'EUROPE-WEST1' } } };
    expect(compose({}, { bucket }).parts.bucket).toMatchObject({
      spec: { forProvider: { location: 'EUROPE-WEST1' } },
    });
  });

  it.each<[string, Record<string, string> | undefined, string]>([
    ['no facts', undefined, "'' isn't the id of a Google Cloud project"],
    ['a wrong project', { ...facts, PROJECT_ID: '42' }, "'42' isn't the id"],
    ['no region', { ...facts, REGION: '' }, 'REGION is empty'],
  ])('refuses %s', (_, wrong, message) => {
    expect(() =>
      composeStorage({ storage: { metadata }, observed: {}, facts: wrong }),
    ).toThrow(message);
  });

  it('refuses a name that would give every pod the rights', () => {
    const storage = { metadata: { ...metadata, name: 'default' } };
    expect(() => composeStorage({ storage, observed: {}, facts })).toThrow(
      "can't be called 'default'",
    );
  });
});
