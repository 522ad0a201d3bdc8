import { expect, test } from '@playwright/test';
import { container, rayJob, sized, template } from './support/jobs';
import { Kubectl } from './support/Kubectl';
import { workloadOf } from './support/kueueWorkloads';
import { readTarget } from './support/target';

const { kubectl, workload } = readTarget();
const admin = new Kubectl(kubectl, workload);
const training = ['--namespace', 'training'];

const gpus = (count: number, workers: number) => ({
  rayClusterSpec: {
    headGroupSpec: { rayStartParams: {}, template: template() },
    workerGroupSpecs: [
      {
        groupName: 'workers',
        replicas: workers,
        minReplicas: workers,
        maxReplicas: workers,
        rayStartParams: {},
        template: template({
          containers: [
            container('main', {
              resources: sized({ 'nvidia.com/gpu': String(count) }),
            }),
          ],
        }),
      },
    ],
  },
});

async function submit(name: string, spec: object, labels: object = {}) {
  await admin.apply(rayJob(spec, { name, labels }));
}

/** Waits until Kueue has let the job in, and tells the flavor of each of its pods. */
async function flavorsOf(name: string) {
  await expect
    .poll(async () => (await workloadOf(admin, name))?.status?.admission, {
      timeout: 30_000,
      message: `Kueue admits ${name}`,
    })
    .toBeDefined();
  const found = await workloadOf(admin, name);
  return Object.fromEntries(
    (found?.status?.admission?.podSetAssignments ?? []).map(set => [
      set.name,
      Object.values(set.flavors ?? {})[0],
    ]),
  );
}

test.afterEach(async () => {
  await admin.run(['delete', 'rayjobs', ...training, '--all', '--wait=false']);
  await expect
    .poll(
      async () =>
        (
          await admin.get<{ items: readonly object[] }>(
            ...training,
            'workloads.kueue.x-k8s.io',
          )
        )?.items ?? [],
      { timeout: 60_000 },
    )
    .toEqual([]);
});

test('a job that names no queue goes to the default one, on CPU nodes', async () => {
  await submit('cpu', { suspend: true });
  expect(await flavorsOf('cpu')).toMatchObject({ head: 'cpu', workers: 'cpu' });
  expect((await workloadOf(admin, 'cpu'))?.spec.queueName).toBe('default');
  const job = await admin.get<{ spec: { suspend?: boolean } }>(
    ...training,
    ...['rayjobs.ray.io', 'cpu'],
  );
  expect(job?.spec.suspend ?? false).toBe(false);
});

test('a job on GPUs goes to GPU nodes, and its head to CPU nodes', async () => {
  await submit('gpu', { suspend: true, ...gpus(1, 2) });
  expect(await flavorsOf('gpu')).toMatchObject({
    head: 'cpu',
    workers: 'gpu-l4',
  });
});

test('a job in the queue spot goes to spot nodes', async () => {
  await submit(
    'cheap',
    { suspend: true, ...gpus(1, 8) },
    { 'kueue.x-k8s.io/queue-name': 'spot' },
  );
  expect(await flavorsOf('cheap')).toMatchObject({ workers: 'l4-spot' });
});

test('a job waits while there are no GPUs left, and one of higher priority takes them', async () => {
  await submit('first', { suspend: true, ...gpus(1, 4) });
  await flavorsOf('first');
  await submit('second', { suspend: true, ...gpus(1, 1) });
  await expect
    .poll(
      async () =>
        (await workloadOf(admin, 'second'))?.status?.conditions?.find(
          ({ type }) => type === 'QuotaReserved',
        )?.message,
      { timeout: 30_000 },
    )
    .toContain('insufficient unused quota for nvidia.com/gpu in flavor gpu-l4');

  await submit(
    'urgent',
    { suspend: true, ...gpus(1, 4) },
    { 'kueue.x-k8s.io/priority-class': 'high' },
  );
  await flavorsOf('urgent');
  expect((await workloadOf(admin, 'first'))?.status?.conditions).toContainEqual(
    expect.objectContaining({ type: 'Preempted', status: 'True' }),
  );
});
