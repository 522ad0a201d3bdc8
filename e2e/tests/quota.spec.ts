import { expect, test, type Page } from '@playwright/test';
import { goToCheck, openForm, picture, signIn } from '../support/pages';

/** A large job is more than what startPlatform.ts lets the namespace hold. */
const REFUSED =
  /In training on workload-cluster, this job asks for 33 CPU, and 30 CPU is the most for all jobs together; ask for less/;

const LARGE = {
  workload: 'component:default/hello-ray',
  version: '9.0.0',
  image: 'build',
  parameters: {},
  cluster: 'workload-cluster',
  namespace: 'training',
  size: 'large',
  environment: [],
  ttl: 300,
  deadline: 3_600,
};

async function chooseSize(page: Page, title: RegExp) {
  await page.getByRole('button', { name: /^Size \w/ }).click();
  await page.getByRole('option', { name: title }).click();
}

test("the form refuses a job beyond its namespace's quota", async ({
  page,
}) => {
  await signIn(page);
  await openForm(page, 'hello-ray');
  await page.getByLabel('Version').fill(LARGE.version);
  await goToCheck(page, {}, async step => {
    if (step === 'form-place') await chooseSize(page, /^Large/);
  });
  await expect(page.getByText(REFUSED)).toBeVisible();
  const review = page.getByRole('button', { name: 'Review' });
  await review.click();
  await expect(review).toBeEnabled();
  await expect(page.getByRole('button', { name: 'Create' })).toBeHidden();
  await expect(
    page.getByText("can't be created like this").first(),
  ).toBeVisible();
  // The reason is told once, whatever else says that the job can't go on.
  await expect(page.getByText(REFUSED)).toHaveCount(1);
  await picture(page, 'form-over-quota');

  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('group', { name: 'Environment' }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await chooseSize(page, /^Small/);
  const next = page.getByRole('button', { name: 'Next' });
  await next.click();
  await page.getByRole('group', { name: 'Environment' }).waitFor();
  await next.click();
  await expect(page.getByRole('region', { name: 'Manifest' })).toBeVisible();
  await expect(page.getByText(REFUSED)).toBeHidden();
});

test('so does a task that comes without the form, before it proposes anything', async ({
  request,
}) => {
  const answer = await request.post('/api/auth/guest/refresh');
  const { backstageIdentity } = await answer.json();
  const headers = { authorization: `Bearer ${backstageIdentity.token}` };
  const started = await request.post('/api/scaffolder/v2/tasks', {
    headers,
    data: {
      templateRef: 'template:default/create-training-job',
      values: LARGE,
    },
  });
  expect(started.status(), await started.text()).toBe(201);
  const task = `/api/scaffolder/v2/tasks/${(await started.json()).id}`;
  const read = async (path = '') =>
    (await request.get(task + path, { headers })).json();
  await expect
    .poll(async () => (await read()).status, { timeout: 180_000 })
    .toBe('failed');
  const said = JSON.stringify(await read('/events'));
  expect(said).toMatch(REFUSED);
  expect(said).not.toContain('Opened pull request');
});
