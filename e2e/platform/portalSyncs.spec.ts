import { expect, test } from '@playwright/test';
import { resourcePath, type KubeClient } from '@ml-platform/kube';
import {
  APPLICATIONS,
  type Application,
} from '../../plugins/ray-backend/src/argocd/application';
import { applicationFacts } from '../../plugins/ray-backend/src/argocd/applicationFacts';
import { jobSync } from '../../plugins/ray-backend/src/argocd/jobSync';
import { requestSync } from '../../plugins/ray-backend/src/argocd/requestSync';
import { ArgoCd } from './support/ArgoCd';
import { Fork } from './support/Fork';
import { rayJob } from './support/jobs';
import { Kubectl } from './support/Kubectl';
import { portalAccount } from './support/PortalAccount';
import { readTarget } from './support/target';

// What the portal reads of Argo CD and asks of it, by its own code and with its own rights.
test.describe.configure({ mode: 'serial' });

const target = readTarget();
const management = new Kubectl(target.kubectl, target.management);
const workload = new Kubectl(target.kubectl, target.workload);
const argocd = new ArgoCd(management);
let fork: Fork;
let portal: KubeClient;

const APP = 'workload-cluster-jobs-training';
const APPLICATION = { namespace: 'argocd', name: APP };
const PATH = resourcePath(APPLICATIONS, 'argocd', APP);
const FOLDER = 'gitops/clusters/workload-cluster/jobs/training';
const REFUSAL = 'Set spec.activeDeadlineSeconds';

const ref = (name: string) => ({
  cluster: 'workload-cluster',
  namespace: 'training',
  name,
});

/** What the page of a job would show to an admin. */
async function syncOf(name: string) {
  const application = await portal.json<Application>({ path: PATH });
  return jobSync(ref(name), applicationFacts(application), {
    all: true,
    covers: () => true,
    fileOf: job => ({ path: `${FOLDER}/${job.name}.yaml` }),
  });
}

const isOnCluster = async (name: string) =>
  (await workload.get('rayjob', '-n', 'training', name)) !== undefined;

const ask = (name: string) =>
  requestSync({
    client: portal,
    application: APPLICATION,
    job: ref(name),
    requester: 'user:default/ada',
  });

const change = (body: object) =>
  portal.text({
    method: 'PATCH',
    path: PATH,
    contentType: 'application/merge-patch+json',
    body,
  });

/** Waits until Argo CD has ended, also with the retries that the Application allows. */
const untilIdle = () =>
  expect
    .poll(async () => (await syncOf('waiting')).running, { timeout: 120_000 })
    .toBe(false);

test.beforeAll(async () => {
  portal = await portalAccount(management);
  fork = await Fork.clone(target.git);
  await fork.write(
    `${FOLDER}/refused.yaml`,
    rayJob({ activeDeadlineSeconds: undefined }, { name: 'refused' }),
  );
  await fork.write(`${FOLDER}/waiting.yaml`, rayJob({}, { name: 'waiting' }));
  await fork.write(`${FOLDER}/settings.yaml`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'training' },
  });
  await fork.push('Two jobs, and what the project refuses');
  await argocd.refresh(APP);
});

test.afterAll(async () => {
  portal.close();
  for (const name of ['refused', 'waiting', 'settings']) {
    await fork.remove(`${FOLDER}/${name}.yaml`);
  }
  await fork.push('No jobs');
  await argocd.refresh(APP);
  await argocd.synced(APP);
  await fork.close();
});

test('a page says which file holds up a job', async () => {
  await expect
    .poll(() => syncOf('waiting'), { timeout: 60_000 })
    .toMatchObject({
      state: 'blocked',
      automated: true,
      application: APPLICATION,
      blockedBy: [
        {
          kind: 'ConfigMap',
          name: 'settings',
          message: expect.stringContaining('not permitted in project'),
        },
      ],
    });
  expect(await isOnCluster('waiting')).toBe(false);
});

test('a sync is refused while Argo CD still tries, and says so', async () => {
  // A new commit is tried from the start, with all the retries.
  await fork.push('The same again');
  await argocd.refresh(APP);
  await expect
    .poll(async () => (await syncOf('waiting')).running, {
      timeout: 60_000,
      intervals: [100],
    })
    .toBe(true);
  await expect(ask('waiting')).rejects.toThrow(/wait until that has ended/);
});

test('a sync of one job brings it, whatever is refused beside it', async () => {
  await untilIdle();
  await ask('waiting');
  await expect
    .poll(() => isOnCluster('waiting'), { timeout: 60_000 })
    .toBe(true);
  await expect
    .poll(() => syncOf('waiting'), { timeout: 60_000 })
    .toMatchObject({ state: 'synced' });
  expect(await isOnCluster('refused')).toBe(false);
});

test('a sync of a job that the cluster refuses says why', async () => {
  await untilIdle();
  await ask('refused');
  await expect
    .poll(() => syncOf('refused'), { timeout: 60_000 })
    .toMatchObject({
      state: 'failed',
      error: expect.stringContaining(REFUSAL),
    });
});

test("the portal's account can ask for nothing else", async () => {
  await untilIdle();
  await expect(change({ spec: { project: 'default' } })).rejects.toThrow(
    /change nothing of an Application but the field operation/,
  );
  const annotations = { 'argocd.argoproj.io/refresh': 'hard' };
  await expect(change({ metadata: { annotations } })).rejects.toThrow(
    /change nothing of an Application but the field operation/,
  );
  await expect(change({ operation: { sync: {} } })).rejects.toThrow(
    /sync of RayJobs only/,
  );
  const resources = [
    { group: 'ray.io', kind: 'RayJob', namespace: 'training', name: 'waiting' },
  ];
  await expect(
    change({ operation: { sync: { resources, manifests: ['kind: RayJob'] } } }),
  ).rejects.toThrow(/only what git has/);
  await expect(
    portal.json({
      path: resourcePath(APPLICATIONS, 'backstage'),
    }),
  ).rejects.toThrow(/forbidden/);
});
