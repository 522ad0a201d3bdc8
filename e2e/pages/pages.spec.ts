import { expect, test } from '@playwright/test';
import { inspect, inspectPart } from '../support/inspect';
import { fillForm, openForm, picture, signIn, state } from '../support/pages';
import { terminalInProject } from '../support/project';
import type { Terminal } from '../support/Terminal';

const VERSION = '5.0.0';
const COUNT =
  'python -c "import time; [print(\'count\', i, flush=True) or time.sleep(.2) for i in range(3000)]"';
const FAIL = 'python -c "raise ValueError(42)"';
const RUNNING = 'looked-at';
const FAILED = 'looked-at-failed';

let terminal: Terminal;

async function must(...command: string[]) {
  const { code, stderr } = await terminal.run(...command);
  expect(code, stderr).toBe(0);
}

test.beforeAll(async () => {
  test.setTimeout(6 * 60_000);
  terminal = await terminalInProject();
  await must('build', 'hello-ray', VERSION);
  const image = `hello-ray:${VERSION}`;
  await must('submit', image, '--name', RUNNING, '--entrypoint', COUNT);
  await must(
    ...['submit', image, '--name', FAILED, '--workers', '0'],
    ...['--entrypoint', FAIL],
  );
});
test.afterAll(async () => {
  for (const name of [RUNNING, FAILED]) {
    await terminal.run('delete', name, '--yes');
  }
});

test('the list in its states', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter' }).waitFor();
  await inspect(page, 'sign-in');
  await signIn(page);
  await expect(
    page.getByRole('link', { name: RUNNING, exact: true }),
  ).toBeVisible();
  await inspect(page, 'jobs');

  await page.goto('/ray?q=no-such-job');
  await expect(page.getByText('No job matches these filters')).toBeVisible();
  await inspect(page, 'jobs-none-match');

  await page.route('**/api/ray/jobs/stream*', route => route.abort());
  await page.goto('/ray');
  await expect(page.getByText(/Reconnecting…/)).toBeVisible();
  await expect(page.getByText(/Failed to fetch/)).toHaveCount(0);
  await inspect(page, 'jobs-unreachable');
});

test('the home page', async ({ page }) => {
  await signIn(page);
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await expect(
    page.getByRole('link', { name: RUNNING, exact: true }),
  ).toBeVisible();
  await inspect(page, 'home');
});

test("a job's page in its states", async ({ page }) => {
  await signIn(page);
  const open = (name: string, tab = '') =>
    page.goto(`/ray/jobs/workload-cluster/training/${name}${tab}`);
  await open('no-such-job');
  await expect(page.getByText('There is no such training job')).toBeVisible();
  await inspect(page, 'job-missing');
  await open(RUNNING, '/manifest');
  await expect(page.getByText('kind: RayJob').first()).toBeVisible();
  await inspect(page, 'job-manifest');
  await open(RUNNING, '/events');
  await expect(page.getByRole('table', { name: 'Events' })).toBeVisible();
  await inspect(page, 'job-events');

  await open(RUNNING);
  await expect(state(page, 'Running')).toBeVisible({ timeout: 180_000 });
  await inspect(page, 'job-running');
  await open(RUNNING, '/logs');
  const line = page
    .getByRole('log')
    .getByText(/^count \d+$/)
    .last();
  await expect(line).toBeInViewport();
  await inspect(page, 'job-logs');
  // A zoom of 200 % leaves half of the window's pixels.
  await page.setViewportSize({ width: 640, height: 450 });
  await picture(page, 'job-logs-zoomed');
  await page.setViewportSize({ width: 1280, height: 900 });

  await open(FAILED);
  await expect(state(page, 'Failed')).toBeVisible({ timeout: 180_000 });
  await inspect(page, 'job-failed');
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await inspect(page, 'job-delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog).toBeHidden();
  await open(FAILED);
  await expect(page.getByRole('heading', { name: FAILED })).toBeVisible();
  await inspect(page, 'job-from-history');
});

test('the form for a training job', async ({ page }) => {
  await signIn(page);
  await openForm(page, 'hello-ray');
  await inspectPart(page, 'form-workload', 'form');
  await fillForm(page, {}, step => inspectPart(page, step, 'form'));
  await expect(page.getByText('no prices configured')).toBeVisible();
  await inspectPart(page, 'form-check', 'form');
});

test('the pages of the catalog', async ({ page }) => {
  await signIn(page);
  const runs = page.getByRole('link', { name: RUNNING, exact: true });
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await page.goto('/catalog/default/component/hello-ray');
  await expect(runs).toBeVisible();
  await expect(tab('Training jobs')).toBeVisible();
  await expect(tab('Kubernetes')).toBeVisible();
  await inspect(page, 'workload');
  await page.goto('/catalog/default/component/hello-ray/training-jobs');
  await expect(runs).toBeVisible();
  await inspect(page, 'workload-jobs');
  await page.goto('/catalog/default/component/hello-ray/kubernetes');
  await page.getByRole('button', { name: /^Workload cluster/ }).click();
  await page
    .getByRole('button', { name: `${RUNNING} RayJob` })
    .first()
    .press('Enter');
  await expect(
    page.getByRole('row', {
      name: /^Job Deployment Status (Running|Complete)$/,
    }),
  ).toBeVisible();
  // Its cluster has its name with some letters more.
  await page
    .getByRole('button', {
      name: new RegExp(`^${RUNNING}-(?!failed)\\S+ RayCluster`),
    })
    .first()
    .press('Enter');
  await expect(page.getByRole('row', { name: /^State ready$/ })).toBeVisible();
  // It is Backstage's own, with buttons in buttons.
  await picture(page, 'workload-kubernetes');
  await page.goto('/catalog/default/resource/workload-cluster');
  await expect(page.getByText('Reachable since')).toBeVisible();
  // The other tabs are for workloads.
  await expect(page.getByRole('tab')).toHaveText(['Overview']);
  await inspect(page, 'cluster');
});
