import { expect, test } from '@playwright/test';
import { openForm, picture, signIn, state, submitForm } from '../support/pages';

test('a training job goes from the form to its log', async ({ page }) => {
  await test.step('the catalog knows the platform, the cluster and the workloads', async () => {
    await signIn(page);
    await picture(page, 'jobs-empty');
    for (const [kind, entity] of [
      ['system', 'ml-platform'],
      ['resource', 'workload-cluster'],
      ['component', 'stellar_optimization'],
      ['component', 'hello-ray'],
    ]) {
      await page.goto(`/catalog?filters[kind]=${kind}&filters[user]=all`);
      await expect(
        page.locator(`a[href="/catalog/default/${kind}/${entity}"]`).first(),
      ).toBeVisible();
    }
    await picture(page, 'catalog');
  });

  await test.step('the form refuses wrong input with the reason', async () => {
    await openForm(page, 'hello');
    await page.getByLabel('Version').fill('no spaces!');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(
      page.getByText(/Use letters, digits, dots, hyphens/).first(),
    ).toBeVisible();
    await picture(page, 'form-refused');
  });

  await test.step('the task builds the image and opens a pull request', async () => {
    await page.getByLabel('Version').fill('1.0.0');
    await submitForm(page);
    await page.getByRole('button', { name: 'Show Logs' }).click();
    await expect(
      page.getByText(/Opened pull request #\d+/).first(),
    ).toBeVisible({
      timeout: 180_000,
    });
    await picture(page, 'task');
  });

  const jobUrl = await page
    .getByRole('link', { name: 'Training job', exact: false })
    .and(page.locator('[href*="/ray/jobs/"]'))
    .first()
    .getAttribute('href');
  const pullRequestUrl = await page
    .locator('a[href*="/pull/"]')
    .first()
    .getAttribute('href');
  if (jobUrl === null || pullRequestUrl === null) {
    throw new Error('The task shows no link to the job or the pull request');
  }

  await test.step('the job awaits its merge', async () => {
    await page.goto(jobUrl);
    await expect(state(page, 'Awaiting merge')).toBeVisible();
    await picture(page, 'job-awaiting-merge');
  });

  await test.step('the merge starts it, without a reload of its page', async () => {
    const git = await page.context().newPage();
    await git.goto(pullRequestUrl);
    await picture(git, 'pull-request');
    await git.getByRole('button', { name: /^Merge/ }).click();
    await expect(git.getByText(/^Merged/).first()).toBeVisible();
    await git.close();
    await expect(state(page, 'Running')).toBeVisible({ timeout: 180_000 });
    await picture(page, 'job-running');
  });

  await test.step('its log streams and ends', async () => {
    await page.getByRole('tab', { name: 'Logs' }).click();
    const log = page.getByRole('log');
    await expect(log.getByText(/step 2\/10/)).toBeVisible({ timeout: 90_000 });
    await expect(log.getByText(/step 10\/10/)).toBeHidden();
    await expect(log.getByText(/step 5\/10/)).toBeVisible({ timeout: 30_000 });
    await picture(page, 'job');
    await expect(log.getByText(/step 10\/10/)).toBeVisible({ timeout: 60_000 });
    await expect(state(page, 'Succeeded')).toBeVisible({ timeout: 120_000 });
    await picture(page, 'job-log-ended');
  });

  await test.step('the list and the workload show the run', async () => {
    await page.goto('/ray');
    await expect(
      page.getByRole('link', { name: /^hello-ray-\d{8}-\d{6}/ }),
    ).toBeVisible();
    await picture(page, 'jobs');
    await page.goto('/catalog/default/component/hello-ray');
    await expect(page.getByText('Latest training jobs')).toBeVisible();
    await picture(page, 'workload-card');
    await page.locator('a[href$="/component/hello-ray/training-jobs"]').click();
    await page.getByRole('link', { name: /^hello-ray-\d{8}-\d{6}/ }).click();
    await expect(page).toHaveURL(/\/ray\/jobs\/workload-cluster\/training\//);
  });

  await test.step('the documentation reads in the portal', async () => {
    await page.goto('/docs/default/system/ml-platform');
    await expect(
      page.getByRole('link', { name: 'Quickstart' }).first(),
    ).toBeVisible({ timeout: 90_000 });
    await picture(page, 'docs');
  });
});
