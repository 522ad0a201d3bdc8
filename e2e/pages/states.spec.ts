import { expect, test, type Page } from '@playwright/test';
import { goldenStates, type GoldenState } from '../support/goldenStates';
import { inspect } from '../support/inspect';
import { signIn } from '../support/pages';
import { stateFolder } from '../support/project';
import { StagedJobs, type StagedJob } from '../support/StagedJobs';

/** State, reason, and at least so many pods. */
const SHOWN = [
  ['failed', 'OOMKilled', 2],
  ['failed', 'DeadlineExceeded', 2],
  ['pending', 'ErrImagePull', 2],
  ['pending', 'Unschedulable', 17],
  ['pending', 'QuotaExceeded', 0],
  ['pending', 'PolicyRefused', 0],
  ['running', 'SpotNodeReclaimed', 2],
  ['running', 'Stopping', 0],
  ['queued', 'Queued', 0],
  ['suspended', 'Suspended', 0],
  ['retrying', 'Retrying', 0],
  ['stopped', 'Stopped', 0],
  ['unknown', 'Dreaming', 0],
] as const;

const MINUTE = 60_000;
const ago = (minutes: number) =>
  new Date(Date.now() - minutes * MINUTE).toISOString().replace(/\.\d+/, '');

/** A job that waited for its node, then for its image, and has run since. */
const slowStart: StagedJob = {
  job: {
    status: {
      jobDeploymentStatus: 'Running',
      jobStatus: 'RUNNING',
      startTime: ago(12),
      rayJobInfo: { startTime: ago(4) },
    },
  },
  pods: [
    {
      metadata: {
        name: 'slow-start-head',
        labels: { 'ray.io/node-type': 'head' },
      },
      spec: {
        nodeName: 'gke-gpu-1a2b',
        containers: [
          { name: 'ray-head', image: 'registry.example.com/star-maps:1.4.0' },
        ],
      },
      status: {
        phase: 'Running',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'True',
            lastTransitionTime: ago(10),
          },
        ],
        containerStatuses: [
          {
            name: 'ray-head',
            image: 'registry.example.com/star-maps:1.4.0',
            ready: true,
            restartCount: 0,
            state: { running: { startedAt: ago(5) } },
          },
        ],
      },
    },
  ],
};

let staged: StagedJobs;
let golden: readonly GoldenState[];

test.beforeAll(async () => {
  staged = new StagedJobs(stateFolder());
  golden = await goldenStates();
});

/** Makes a job, keeps pictures of its page once it shows these texts, and removes it. */
async function show(
  page: Page,
  name: string,
  job: StagedJob,
  texts: readonly (string | RegExp)[],
) {
  await staged.make(name, job);
  try {
    await page.goto(`/ray/jobs/workload-cluster/training/${name}`);
    for (const { metadata } of job.pods.slice(-1)) {
      await expect(page.getByText(metadata.name).first()).toBeVisible();
    }
    await staged.settle(name, job);
    for (const text of texts) {
      await expect(page.getByText(text).first()).toBeVisible();
    }
    await inspect(page, `state-${name}`);
  } finally {
    await staged.remove(name);
  }
}

test('the page of a job that waits, fails or was stopped says why', async ({
  page,
}) => {
  test.setTimeout(5 * MINUTE);
  await signIn(page);
  for (const [state, reason, fewest] of SHOWN) {
    await test.step(`${state}: ${reason}`, async () => {
      const found = golden.find(
        ({ is, pods }) =>
          is.state === state && is.reason === reason && pods.length >= fewest,
      );
      if (!found) {
        throw new Error(`No golden state is ${state} with ${reason}`);
      }
      // Each sentence stands for itself on the page.
      const texts = (found.is.message ?? reason).split('. ');
      await show(page, `${state}-${reason.toLowerCase()}`, found, texts);
    });
  }
});

test('the bar of a job shows how long its node and its image took', async ({
  page,
}) => {
  await signIn(page);
  await show(page, 'slow-start', slowStart, [
    'Waiting for a node 2m',
    'Image pull 5m',
    'Cluster start 1m',
    /^Run 4m/,
  ]);
});
