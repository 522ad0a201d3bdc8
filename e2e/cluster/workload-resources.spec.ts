import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { resourcePath } from '@ml-platform/kube';
import {
  renderWorkloadStorage,
  storageNames,
  summarizeStorage,
  WORKLOAD_STORAGES,
  type WorkloadStorageSpec,
} from '@ml-platform/workload-storage';
import { ROOT } from '../support/runPlatform';
import { ManagementCluster, type AnyObject } from './support/ManagementCluster';

const NAMESPACE = 'ml-platform-test';
/** Of the ConfigMap in gitops/infrastructure/crossplane/workload-storage. */
const PROJECT = 'my-project';

const BUCKET = {
  apiVersion: 'storage.gcp.m.upbound.io/v1beta2',
  kind: 'Bucket',
};
const BUCKET_MEMBER = {
  apiVersion: 'storage.gcp.m.upbound.io/v1beta1',
  kind: 'BucketIAMMember',
};
const ACCOUNT = {
  apiVersion: 'cloudplatform.gcp.m.upbound.io/v1beta1',
  kind: 'ServiceAccount',
};
const ACCOUNT_MEMBER = { ...ACCOUNT, kind: 'ServiceAccountIAMMember' };
const KINDS = [BUCKET, BUCKET_MEMBER, ACCOUNT, ACCOUNT_MEMBER];

const READY = { type: 'Ready', status: 'True' };

let cluster: ManagementCluster;
let runner: ChildProcess | undefined;

test.beforeAll(async () => {
  cluster = new ManagementCluster();
  const command = process.env.TEST_MANAGEMENT_RUN_FUNCTION;
  if (command) {
    runner = spawn('sh', ['-c', command], {
      // A process group of its own, so that all of it can be ended.
      detached: true,
      stdio: 'inherit',
      env: {
        ...process.env,
        FUNCTION: join(
          ROOT,
          'packages/function-workload-storage/dist/image/function.cjs',
        ),
      },
    });
  }
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
  await cluster.applyFolder(
    'gitops/infrastructure/crossplane/workload-storage',
  );
  await cluster.applyFolder('kubernetes/rbac/management');
  // A kind whose definition is new can't be listed yet.
  const nothing = storage('none');
  await expect(() =>
    Promise.all(KINDS.map(kind => cluster.partsOf(kind, nothing))),
  ).toPass({ timeout: 60_000 });
});

test.afterAll(() => {
  if (runner?.pid) process.kill(-runner.pid);
});

function storage(name: string, spec: WorkloadStorageSpec = {}): AnyObject {
  return renderWorkloadStorage({ ref: { namespace: NAMESPACE, name }, spec });
}

/** Applies a storage as soon as its kind is served. */
async function create(object: AnyObject): Promise<void> {
  await expect(() => cluster.apply(object)).toPass({ timeout: 30_000 });
}

async function summaryOf(object: AnyObject) {
  return summarizeStorage((await cluster.get(object)) ?? object);
}

/** The parts of a kind, once there are so many. */
async function parts(
  kind: typeof BUCKET,
  of: AnyObject,
  count = 1,
): Promise<AnyObject[]> {
  let found: AnyObject[] = [];
  await expect
    .poll(
      async () => {
        found = await cluster.partsOf(kind, of);
        return found.length;
      },
      { timeout: 30_000, message: `${kind.kind} of ${of.metadata.name}` },
    )
    .toBe(count);
  return found;
}

async function deleteAndWait(object: AnyObject): Promise<void> {
  await cluster.delete(object);
  await expect
    .poll(
      async () => {
        const left = await Promise.all(
          KINDS.map(kind => cluster.partsOf(kind, object)),
        );
        return [await cluster.get(object), ...left.flat()].filter(Boolean);
      },
      { timeout: 60_000 },
    )
    .toEqual([]);
}

test('a resource becomes a bucket, an account, and rights on that bucket alone', async () => {
  const galaxies = storage('galaxies', {
    workload: 'galaxies',
    deleteAfterDays: 90,
  });
  const names = storageNames(PROJECT, {
    namespace: NAMESPACE,
    name: 'galaxies',
  });
  await create(galaxies);
  const [bucket] = await parts(BUCKET, galaxies);
  const [account] = await parts(ACCOUNT, galaxies);
  expect(bucket.metadata.annotations).toMatchObject({
    'crossplane.io/external-name': names.bucket,
  });
  expect(account.metadata.annotations).toMatchObject({
    'crossplane.io/external-name': names.accountId,
  });
  expect(await cluster.partsOf(BUCKET_MEMBER, galaxies)).toEqual([]);
  await expect
    .poll(() => summaryOf(galaxies))
    .toMatchObject({
      state: 'waiting',
      message: expect.stringContaining('Waiting for the bucket'),
    });

  await cluster.report(account, READY, { email: names.email });
  const members = await parts(BUCKET_MEMBER, galaxies, 2);
  const [identity] = await parts(ACCOUNT_MEMBER, galaxies);
  for (const { spec } of members) {
    expect(spec?.forProvider).toMatchObject({
      bucket: names.bucket,
      member: `serviceAccount:${names.email}`,
    });
  }
  expect(identity.spec?.forProvider).toMatchObject({
    member: `serviceAccount:${PROJECT}.svc.id.goog[${NAMESPACE}/galaxies]`,
  });
  expect((await summaryOf(galaxies)).state).toBe('waiting');

  for (const part of [bucket, identity, ...members]) {
    await cluster.report(part, READY);
  }
  await expect
    .poll(() => summaryOf(galaxies), { timeout: 30_000 })
    .toMatchObject({
      state: 'ready',
      bucket: names.bucket,
      account: names.email,
    });

  // It is kept: without the policy Delete, its provider leaves what Google has.
  expect(bucket.spec?.managementPolicies).not.toContain('Delete');
  expect(bucket.spec?.managementPolicies).not.toContain('*');
  await deleteAndWait(galaxies);
});

test('what Google refuses is told in its words', async () => {
  const refused = storage('refused');
  await create(refused);
  const [bucket] = await parts(BUCKET, refused);
  await cluster.report(bucket, {
    type: 'Synced',
    status: 'False',
    message: 'quota exceeded',
  });
  await expect
    .poll(() => summaryOf(refused), { timeout: 30_000 })
    .toMatchObject({
      state: 'failed',
      message: expect.stringContaining('the bucket: quota exceeded'),
    });
  await deleteAndWait(refused);
});

test('the bucket goes with its objects only when that is asked for', async () => {
  const scratch = storage('scratch');
  await create(scratch);
  const [kept] = await parts(BUCKET, scratch);
  expect(kept.spec?.forProvider).toMatchObject({ forceDestroy: false });
  await cluster.apply(storage('scratch', { deletion: 'Delete' }));
  await expect
    .poll(async () => (await cluster.partsOf(BUCKET, scratch))[0]?.spec, {
      timeout: 30_000,
    })
    .toMatchObject({
      managementPolicies: ['*'],
      forProvider: { forceDestroy: true },
    });
  await deleteAndWait(scratch);
});

test('what can’t be made is refused, with a reason', async () => {
  const wrong = { ...storage('wrong'), spec: { deleteAfterDays: 0 } };
  await expect(cluster.apply(wrong)).rejects.toThrow('deleteAfterDays');

  const shared = {
    ...storage('ok'),
    metadata: { namespace: NAMESPACE, name: 'default' },
  };
  await create(shared);
  await expect
    .poll(() => summaryOf(shared), { timeout: 30_000 })
    .toMatchObject({
      state: 'failed',
      message: expect.stringContaining("can't be called 'default'"),
    });
  expect(await cluster.partsOf(ACCOUNT, shared)).toEqual([]);
  await deleteAndWait(shared);
});

test('the portal may follow the resources, and nothing else', async () => {
  const portal = await cluster.as('ml-platform', 'ml-platform-portal');
  const path = resourcePath({ ...WORKLOAD_STORAGES, kind: '' });
  await expect(portal.json({ path })).resolves.toHaveProperty('items');
  await expect(
    portal.json({
      method: 'DELETE',
      path: resourcePath({ ...WORKLOAD_STORAGES, kind: '' }, NAMESPACE, 'x'),
    }),
  ).rejects.toThrow(/forbidden|cannot delete/);
  await expect(portal.json({ path: '/api/v1/secrets' })).rejects.toThrow(
    /forbidden|cannot list/,
  );
});
