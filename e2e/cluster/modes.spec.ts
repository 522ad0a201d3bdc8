import { expect, test } from '@playwright/test';
import { RAYCLUSTERS } from '@ml-platform/rayjob';
import { Admin } from './support/Admin';
import { Portal } from './support/Portal';
import {
  counting,
  numbersOf,
  rayClusterSpec,
  rayJob,
  upTo,
} from './support/rayJob';
import { NAMESPACE, readTarget } from './support/target';

const LINES = 12;
let portal: Portal;

test.beforeAll(async () => {
  portal = await Portal.signIn();
});

/** Follows the log from before the job is there to its end. */
async function runToItsEnd(job: ReturnType<typeof rayJob>) {
  const { name } = job.metadata;
  await portal.submit(job);
  const log = await portal.readLog(name);
  const detail = await portal.untilState(name, 'succeeded', 'failed');
  return { log, detail };
}

for (const submissionMode of ['K8sJobMode', 'SidecarMode', 'HTTPMode']) {
  test(`a job in ${submissionMode} runs, and its log is followed to the end`, async () => {
    const { log, detail } = await runToItsEnd(
      rayJob({
        name: `mode-${submissionMode.toLowerCase()}`,
        code: counting(LINES, 0.5),
        spec: { submissionMode },
      }),
    );
    expect(detail.summary.state).toBe('succeeded');
    expect(numbersOf(log.lines)).toEqual(upTo(LINES));
    expect(log.end.reason).toBe('completed');
  });
}

test('a job runs on a Ray cluster that is there already', async () => {
  const admin = new Admin(readTarget());
  await admin.create(RAYCLUSTERS, {
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: { name: 'standing', namespace: NAMESPACE },
    spec: rayClusterSpec(readTarget().image),
  });
  const { log, detail } = await runToItsEnd(
    rayJob({
      name: 'on-standing-cluster',
      code: counting(LINES, 0.2),
      spec: { clusterSelector: { 'ray.io/cluster': 'standing' } },
    }),
  );
  expect(detail.summary.state).toBe('succeeded');
  expect(numbersOf(log.lines)).toEqual(upTo(LINES));
  await expect(
    admin.get(RAYCLUSTERS, NAMESPACE, 'standing'),
  ).resolves.toBeDefined();
});
