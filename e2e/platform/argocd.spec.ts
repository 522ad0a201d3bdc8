import { expect, test } from '@playwright/test';
import { stringify } from 'yaml';
import { ArgoCd, type Application } from './support/ArgoCd';
import { useFakeStore } from './support/fakeStore';
import { Fork } from './support/Fork';
import { readGoldens } from './support/goldens';
import { rayJob } from './support/jobs';
import { Kubectl } from './support/Kubectl';
import { undecided } from './support/kueueWorkloads';
import { Packages } from './support/Packages';
import { FACTS, readTarget } from './support/target';

test.describe.configure({ mode: 'serial' });

const target = readTarget();
const management = new Kubectl(target.kubectl, target.management);
const workload = new Kubectl(target.kubectl, target.workload);
const argocd = new ArgoCd(management);
const crossplane = new Packages(management);
let fork: Fork;

const JOBS = 'gitops/clusters/workload-cluster/jobs';
const NAMESPACES = 'gitops/clusters/workload-cluster/namespaces';
const GATE = 'gitops/gate';

/** A queue that is active once its flavor is there: a wave that begins and waits. */
async function addGate(): Promise<void> {
  await fork.editApps('workload-cluster', ({ apps }) => {
    apps.gate = {
      ...{ wave: 5, project: 'workload', namespace: 'default', path: 'gate' },
    };
  });
  await fork.write(`${GATE}/kustomization.yaml`, { resources: ['queue.yaml'] });
  await fork.write(`${GATE}/queue.yaml`, {
    apiVersion: 'kueue.x-k8s.io/v1beta2',
    kind: 'ClusterQueue',
    metadata: { name: 'gate' },
    spec: {
      resourceGroups: [
        {
          coveredResources: ['cpu'],
          flavors: [
            { name: 'late', resources: [{ name: 'cpu', nominalQuota: 1 }] },
          ],
        },
      ],
    },
  });
}

/** A second namespace, as docs/gitops.md says. */
async function addNamespace(name: string): Promise<void> {
  const file = `${NAMESPACES}/training`;
  await fork.copy(
    `${file}.yaml`,
    `${NAMESPACES}/${name}.yaml`,
    'training',
    name,
  );
  await fork.copy(
    `${file}/kustomization.yaml`,
    `${NAMESPACES}/${name}/kustomization.yaml`,
    'training',
    name,
  );
  const project = (namespace: string) =>
    `gitops/argocd/apps/projects/workload-cluster-jobs-${namespace}.yaml`;
  await fork.copy(project('training'), project(name), 'training', name);
  for (const shared of ['namespaces', 'workload-storage']) {
    await fork.addDestination(
      `gitops/argocd/apps/projects/${shared}.yaml`,
      name,
    );
  }
  await fork.write(`${JOBS}/${name}/README.md`, `Jobs in ${name}\n`);
}

test.beforeAll(async () => {
  fork = await Fork.create(target.git);
  await useFakeStore(fork);
  await addGate();
  await fork.push('The platform');
  await argocd.configure();
  await argocd.describeClusters();
  await management.run([
    ...['apply', '--server-side', '-f', fork.path('gitops/argocd/root.yaml')],
  ]);
});

test.afterAll(() => fork.close());

test('the root brings everything that comes before the wave that waits', async () => {
  await argocd.synced('root');
  await argocd.synced('workload-cluster-jobs-training');
  for (const name of ['security', 'secret-store', 'monitoring']) {
    await argocd.synced(`management-${name}`);
  }
  await argocd.synced('management-grafana-settings');
  for (const name of ['security', 'admission', 'portal']) {
    await argocd.synced(`workload-${name}`);
  }
  await argocd.until(
    'workload-gate',
    ({ health }) => health?.status === 'Degraded',
  );
});

test('a wave waits for the health of the one before', async () => {
  const before = await argocd.application('workload-security');
  const gate = await argocd.application('workload-gate');
  expect(
    Date.parse(gate?.metadata.creationTimestamp ?? ''),
  ).toBeGreaterThanOrEqual(
    Date.parse(before?.status?.operationState?.finishedAt ?? '') - 1_000,
  );
  expect(await argocd.application('workload-queues')).toBeUndefined();
  expect(
    await argocd.application('workload-namespace-training'),
  ).toBeUndefined();

  await fork.write(`${GATE}/flavor.yaml`, {
    apiVersion: 'kueue.x-k8s.io/v1beta2',
    kind: 'ResourceFlavor',
    metadata: { name: 'late' },
  });
  await fork.write(`${GATE}/kustomization.yaml`, {
    resources: ['queue.yaml', 'flavor.yaml'],
  });
  await fork.push('Let the queue become active');
  await argocd.refresh('workload-gate', 'workload-cluster');
  const opened = await argocd.synced('workload-gate');
  const queues = await argocd.synced('workload-queues');
  expect(Date.parse(queues.metadata.creationTimestamp)).toBeGreaterThan(
    Date.parse(opened.metadata.creationTimestamp),
  );
  await argocd.synced('workload-namespace-training');
  // The last wave has a Service that gets its load balancer from a cloud alone.
  await argocd.applied('workload-monitoring');
  await argocd.applied('workload-cluster');
});

test('the portal and the storage of workloads come when Crossplane has its packages', async () => {
  await crossplane.beReady('providers.pkg.crossplane.io', 3);
  await crossplane.beReady('functions.pkg.crossplane.io', 1);
  for (const name of [
    'backstage',
    'crossplane-providers',
    'workload-storage',
  ]) {
    await argocd.applied(`management-${name}`);
  }
  await argocd.synced('management-crossplane-providers');
  expect(
    await management.get('clusterproviderconfig.gcp.m.upbound.io', 'default'),
  ).toMatchObject({ spec: { projectID: FACTS['project-id'] } });
  const account = await management.get<{
    metadata: { annotations: Readonly<Record<string, string>> };
  }>('serviceaccount', '-n', 'backstage', 'backstage');
  expect(account?.metadata.annotations['iam.gke.io/gcp-service-account']).toBe(
    FACTS['portal-account'],
  );
});

test('the clusters have what git says', async () => {
  const account = 'portal@demo-project.iam.gserviceaccount.com';
  expect(
    await workload.get('configmap', '-n', 'ml-platform', 'job-rules'),
  ).toMatchObject({
    data: { registries: 'registry.example.com/demo-project/images/' },
  });
  expect(
    await workload.get(
      'rolebinding',
      '-n',
      'training',
      'ml-platform-portal-act',
    ),
  ).toMatchObject({ subjects: [{ kind: 'User', name: account }] });
  expect(
    await workload.get('localqueue', '-n', 'training', 'default'),
  ).toMatchObject({ spec: { clusterQueue: 'jobs' } });
  expect(await management.get('namespace', 'backstage')).toMatchObject({
    metadata: {
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    },
  });
});

test('a secret reaches namespaces of the platform, and no others', async () => {
  const wanted = (namespace: string) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'session', namespace },
    spec: {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'secret-manager' },
      data: [{ secretKey: 'key', remoteRef: { key: 'ml-platform-session' } }],
    },
  });
  await management.apply(wanted('backstage'));
  await management.apply(wanted('cert-manager'));
  const secret = (namespace: string) =>
    management.get<{ data: object }>('secret', '-n', namespace, 'session');
  await expect
    .poll(() => secret('backstage'), { timeout: 30_000 })
    .toMatchObject({
      data: { key: Buffer.from('open sesame').toString('base64') },
    });
  expect(await secret('cert-manager')).toBeUndefined();
  for (const namespace of ['backstage', 'cert-manager']) {
    await management.run([
      'delete',
      'externalsecret',
      '-n',
      namespace,
      'session',
    ]);
  }
});

test('a job that is refused says why, and holds up no other namespace', async () => {
  const research = { name: 'good', namespace: 'research' };
  await addNamespace('research');
  await fork.push('A second namespace');
  await argocd.refresh(
    'root',
    'workload-cluster-namespaces',
    'workload-cluster',
  );
  await argocd.synced('workload-namespace-research');
  await argocd.refreshSet('workload-cluster-jobs');
  await argocd.synced('workload-cluster-jobs-research');

  await fork.write(
    `${JOBS}/training/bad.yaml`,
    rayJob({ activeDeadlineSeconds: undefined }, { name: 'bad' }),
  );
  await fork.write(`${JOBS}/research/good.yaml`, rayJob({}, research));
  await fork.push('Two jobs');
  const names = ['training', 'research'].map(
    name => `workload-cluster-jobs-${name}`,
  );
  await argocd.refresh(...names);
  await argocd.until(
    'workload-cluster-jobs-training',
    ({ operationState }) =>
      operationState?.message?.includes('Set spec.activeDeadlineSeconds') ??
      false,
  );
  await expect
    .poll(() => workload.get('rayjob', '-n', 'research', 'good'), {
      timeout: 60_000,
    })
    .toBeDefined();

  await fork.remove(`${JOBS}/training/bad.yaml`);
  await fork.remove(`${JOBS}/research/good.yaml`);
  await fork.push('No jobs');
  await argocd.refresh(...names);
  await argocd.synced('workload-cluster-jobs-training');
  await expect
    .poll(() => workload.get('rayjob', '-n', 'research', 'good'), {
      timeout: 60_000,
    })
    .toBeUndefined();
});

test('a failed training degrades its Application, never runs again, and goes with its file', async () => {
  const app = 'workload-cluster-jobs-training';
  const where = ['rayjob', '-n', 'training', 'failing'];
  const uid = async () =>
    (await workload.get<{ metadata: { uid: string } }>(...where))?.metadata.uid;
  await fork.write(
    `${JOBS}/training/failing.yaml`,
    rayJob({}, { name: 'failing' }),
  );
  await fork.push('A job');
  await argocd.refresh(app);
  await expect.poll(uid, { timeout: 60_000 }).toBeDefined();
  const first = await uid();
  // As KubeRay's operator would.
  const status = {
    jobDeploymentStatus: 'Failed',
    jobStatus: 'FAILED',
    message: 'Job entrypoint command failed with exit code 1',
  };
  await workload.run([
    ...['patch', ...where, '--subresource', 'status', '--type', 'merge'],
    ...['-p', JSON.stringify({ status })],
  ]);
  await argocd.refresh(app);
  const isDegraded = (now: NonNullable<Application['status']>) =>
    now.health?.status === 'Degraded' && now.sync?.status === 'Synced';
  await argocd.until(app, isDegraded);
  await argocd.refresh(app);
  await argocd.until(app, isDegraded);
  expect(await uid()).toBe(first);

  await fork.remove(`${JOBS}/training/failing.yaml`);
  await fork.push('Stop the job');
  await argocd.refresh(app);
  await expect.poll(uid, { timeout: 60_000 }).toBeUndefined();
  await argocd.synced(app);
  expect(await uid()).toBeUndefined();
});

test('every golden manifest that the rules admit is in sync, and stays', async () => {
  const app = 'workload-cluster-jobs-training';
  const goldens = await readGoldens();
  const admitted = await Promise.all(
    goldens.map(async golden => ({
      golden,
      ...(await workload.dryRun(golden.job)),
    })),
  );
  // The others ask for more than the rules of this cluster let a job have.
  const jobs = admitted.flatMap(({ golden, ok }) => (ok ? [golden] : []));
  for (const { ok, text, golden } of admitted) {
    expect(ok || /denied the request/.test(text), golden.name + text).toBe(
      true,
    );
  }
  expect(jobs.length).toBeGreaterThan(12);
  for (const { name, text } of jobs) {
    await fork.write(`${JOBS}/training/${name}`, text);
  }
  await fork.push('Every kind of job');
  await argocd.refresh(app);
  const inSync = (status: NonNullable<Application['status']>) =>
    status.sync?.status === 'Synced' &&
    status.resources?.filter(({ kind }) => kind === 'RayJob').length ===
      jobs.length;
  await argocd.until(app, inSync);
  // Kueue starts a job by a change to it; what comes after that is Argo CD's.
  const waiting = () => undecided(workload);
  await expect.poll(waiting, { timeout: 120_000 }).toEqual([]);
  const generations = () =>
    Promise.all(
      jobs.map(async ({ job }) => {
        const found = await workload.get<{ metadata: { generation: number } }>(
          ...['rayjob', '-n', 'training', `${job.metadata.name}`],
        );
        return [job.metadata.name, found?.metadata.generation];
      }),
    );
  const before = await generations();
  await argocd.refresh(app);
  await argocd.until(app, inSync);
  expect(await generations()).toEqual(before);

  for (const { name } of jobs) {
    await fork.remove(`${JOBS}/training/${name}`);
  }
  await fork.push('No jobs again');
  await argocd.refresh(app);
  await argocd.synced(app);
});

for (const [what, file, manifest, answer] of [
  [
    'a job for another namespace',
    'elsewhere.yaml',
    rayJob({}, { name: 'elsewhere', namespace: 'ml-platform' }),
    'namespace ml-platform is not permitted in project',
  ],
  [
    'what is no job',
    'settings.yaml',
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'training' },
    },
    'resource :ConfigMap is not permitted in project',
  ],
  [
    'rights on the whole cluster',
    'admin.yaml',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'everything' },
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    },
    'resource rbac.authorization.k8s.io:ClusterRole is not permitted in project',
  ],
] as const) {
  test(`a folder of jobs can't bring ${what}`, async () => {
    const app = 'workload-cluster-jobs-training';
    await fork.write(`${JOBS}/training/${file}`, manifest);
    await fork.push(`Try ${file}`);
    await argocd.refresh(app);
    await argocd.until(app, status =>
      stringify(status).replace(/\s+/g, ' ').includes(answer),
    );
    await fork.remove(`${JOBS}/training/${file}`);
    await fork.push(`Remove ${file}`);
    await argocd.refresh(app);
    await argocd.synced(app);
  });
}

const application = (name: string, spec: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'argocd' },
  spec: {
    source: {
      repoURL: target.git,
      targetRevision: 'main',
      path: 'gitops/clusters/workload-cluster/namespaces',
    },
    destination: { name: 'workload-cluster', namespace: 'training' },
    ...spec,
  },
});

for (const [what, spec, answer] of [
  [
    'in the default project',
    { project: 'default' },
    'is not permitted in project',
  ],
  [
    'that reads another repository',
    {
      project: 'namespaces',
      source: {
        repoURL: 'https://github.com/someone/else',
        targetRevision: 'main',
        path: '.',
      },
    },
    'application repo https://github.com/someone/else is not permitted in project',
  ],
  [
    'that goes to a namespace of the platform',
    {
      project: 'namespaces',
      destination: { name: 'workload-cluster', namespace: 'kube-system' },
    },
    'do not match any of the allowed destinations in project',
  ],
  [
    'that goes to the other cluster',
    {
      project: 'workload',
      destination: { name: 'management-cluster', namespace: 'argocd' },
    },
    'do not match any of the allowed destinations in project',
  ],
] as const) {
  test(`refuses an Application ${what}`, async () => {
    const name = 'outside';
    await management.apply(application(name, spec));
    await argocd.until(name, ({ conditions = [] }) =>
      conditions.some(
        ({ type, message }) =>
          type === 'InvalidSpecError' && message.includes(answer),
      ),
    );
    await management.run(['delete', 'application', '-n', 'argocd', name]);
  });
}
