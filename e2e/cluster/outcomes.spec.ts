import { expect, test } from '@playwright/test';
import { PODS } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { Admin } from './support/Admin';
import { Portal } from './support/Portal';
import { counting, numbersOf, rayJob, upTo } from './support/rayJob';
import { CLUSTER, NAMESPACE, readTarget } from './support/target';

const admin = new Admin(readTarget());
let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.signIn();
});

test('a failing entrypoint fails the job, and its last words are in the log', async () => {
  await portal.submit(
    rayJob({
      name: 'fails',
      code: 'print("about to fail", flush=True)\nraise SystemExit(3)',
    }),
  );
  const log = await portal.readLog('fails');
  const { summary } = await portal.untilState('fails', 'failed', 'succeeded');
  expect(summary).toMatchObject({ state: 'failed', reason: 'AppFailed' });
  expect(log.lines).toContain('about to fail');
});

test('a retried job shows both attempts, and the log of each', async () => {
  await portal.submit(
    rayJob({
      name: 'retried',
      code: 'print("this attempt fails", flush=True)\nraise SystemExit(3)',
      spec: { backoffLimit: 1 },
    }),
  );
  const log = await portal.readLog('retried');
  const detail = await portal.untilState('retried', 'failed', 'succeeded');
  expect(detail.summary).toMatchObject({ state: 'failed', attempt: 2 });
  expect(detail.attempts).toEqual([
    expect.objectContaining({
      attempt: 1,
      state: 'failed',
      reason: 'AppFailed',
      endedAt: expect.any(String),
    }),
    expect.objectContaining({ attempt: 2, state: 'failed' }),
  ]);
  const submitted = log.lines.filter(line =>
    /submitted successfully/.test(line),
  );
  expect(new Set(submitted).size).toBe(2);
  const first = await portal.readLog('retried', 'driver/1');
  expect(first.end.reason).toBe('completed');
  expect(first.lines.join('\n')).toContain(submitted[0]);
  expect(first.lines.join('\n')).not.toContain(submitted[1]);
});

test('a deadline ends the job, with the reason', async () => {
  await portal.submit(
    rayJob({
      name: 'too-slow',
      code: counting(600, 1),
      spec: { activeDeadlineSeconds: 40 },
    }),
  );
  const { summary } = await portal.untilState(
    'too-slow',
    'failed',
    'succeeded',
  );
  expect(summary).toMatchObject({
    state: 'failed',
    reason: 'DeadlineExceeded',
  });
});

test('a running job is stopped, and keeps its record and its log', async () => {
  await portal.submit(rayJob({ name: 'to-stop', code: counting(600, 0.5) }));
  await portal.untilState('to-stop', 'running');
  const log = portal.readLog('to-stop');
  await new Promise(resolve => setTimeout(resolve, 3_000));
  await portal.ray(`/jobs/${CLUSTER}/${NAMESPACE}/to-stop/stop`, {
    method: 'POST',
  });
  const { summary } = await portal.untilState('to-stop', 'stopped', 'failed');
  expect(summary.state).toBe('stopped');
  const numbers = numbersOf((await log).lines);
  expect(numbers.length).toBeGreaterThan(0);
  expect(numbers).toEqual(upTo(numbers.length));
});

test('an image that cannot be pulled is named as the reason', async () => {
  await portal.submit(
    rayJob({
      name: 'no-image',
      code: counting(1, 0),
      image: 'localhost:5000/no-such-image:1',
    }),
  );
  const { summary } = await portal.until(
    'no-image',
    ({ summary: { reason } }) =>
      reason === 'ImagePullBackOff' || reason === 'ErrImagePull',
  );
  expect(summary.state).toBe('pending');
  expect(summary.message).toContain('localhost:5000/no-such-image:1');
  await portal.ray(`/jobs/${CLUSTER}/${NAMESPACE}/no-image`, {
    method: 'DELETE',
  });
  await expect
    .poll(() => admin.get(RAYJOBS, NAMESPACE, 'no-image'))
    .toBeUndefined();
});

test('a lost worker is seen, and the job goes on with another', async () => {
  const code = `
import ray, time
ray.init()
@ray.remote(num_cpus=0.01, max_retries=-1)
def step(number):
    time.sleep(1)
    return number
for number in range(1, 41):
    print(f"line {ray.get(step.remote(number)):06d}", flush=True)
`;
  await portal.submit(rayJob({ name: 'loses-worker', code, workers: 1 }));
  const started = await portal.until(
    'loses-worker',
    ({ summary }) => summary.state === 'running' && summary.workers.ready === 1,
  );
  const worker = started.pods.find(({ role }) => role === 'worker');
  expect(worker).toBeDefined();
  await admin.deletePod(NAMESPACE, worker?.name ?? '');
  await portal.until('loses-worker', ({ pods }) =>
    pods.some(({ role, name }) => role === 'worker' && name !== worker?.name),
  );
  const { summary } = await portal.untilState(
    'loses-worker',
    'succeeded',
    'failed',
  );
  expect(summary.state).toBe('succeeded');
  const log = await portal.readLog('loses-worker');
  expect(numbersOf(log.lines)).toEqual(upTo(40));
});

test('a log stays readable when the job and its pods are gone', async () => {
  await portal.submit(rayJob({ name: 'to-delete', code: counting(5, 0.2) }));
  await portal.untilState('to-delete', 'succeeded', 'failed');
  const before = await portal.readLog('to-delete');
  await portal.ray(`/jobs/${CLUSTER}/${NAMESPACE}/to-delete`, {
    method: 'DELETE',
  });
  const detail = await portal.until('to-delete', ({ live }) => !live);
  expect(detail.summary.state).toBe('succeeded');
  await expect
    .poll(
      async () =>
        (
          await admin.pods(
            NAMESPACE,
            'ray.io/originated-from-cr-name=to-delete',
          )
        ).length,
      { timeout: 60_000 },
    )
    .toBe(0);
  const after = await portal.readLog('to-delete');
  expect(numbersOf(before.lines)).toEqual(upTo(5));
  expect(after.lines).toEqual(before.lines);
  await expect(
    admin.get(PODS, NAMESPACE, 'to-delete'),
  ).resolves.toBeUndefined();
});
