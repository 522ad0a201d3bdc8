import { expect, test } from '@playwright/test';
import {
  fillForm,
  findInCatalog,
  openForm,
  picture,
  signIn,
  state,
  submitForm,
  taskLinks,
} from '../support/pages';

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
      await findInCatalog(page, kind, entity);
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

  await test.step("the form has the workload's own parameters, and refuses wrong ones", async () => {
    await page.getByLabel('Version').fill('1.0.0');
    await page.getByRole('button', { name: 'Next' }).click();
    const steps = page.getByRole('textbox', { name: 'Steps', exact: true });
    await expect(steps).toHaveValue('10');
    await steps.fill('0');
    await expect(
      page.getByText(/steps takes a whole number from 1 to 1000/).first(),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(steps).toBeVisible();
    await picture(page, 'form-parameters');
    await page.getByRole('button', { name: 'Back' }).click();
  });

  await test.step('the form shows the job as it will be created', async () => {
    await fillForm(page, { Steps: '12' }, step => picture(page, step));
    await expect(page.getByRole('region', { name: 'Manifest' })).toContainText(
      'python train.py --steps=12',
    );
    await expect(page.getByText('no prices configured')).toBeVisible();
    await picture(page, 'form-check');
  });

  await test.step('the task builds the image and opens a pull request', async () => {
    await submitForm(page);
    await page.getByRole('button', { name: 'Show Logs' }).click();
    await expect(
      page.getByText(/Opened pull request #\d+/).first(),
    ).toBeVisible({
      timeout: 180_000,
    });
    await picture(page, 'task');
  });

  const { jobUrl, pullRequestUrl } = await taskLinks(page);

  await test.step('the job awaits its merge', async () => {
    await page.goto(jobUrl);
    await expect(state(page, 'Awaiting merge')).toBeVisible();
    await expect(page.getByText('It can be merged.')).toBeVisible();
    await picture(page, 'job-awaiting-merge');
  });

  await test.step('its page tells of a review, without a reload', async () => {
    const git = await page.context().newPage();
    await git.goto(pullRequestUrl);
    await git.getByRole('button', { name: 'Ask for changes' }).click();
    await expect(
      page.getByText('although developer asks for changes'),
    ).toBeVisible({ timeout: 10_000 });
    await picture(page, 'job-changes-asked-for');
    await git.getByRole('button', { name: 'Approve' }).click();
    await expect(page.getByText('developer approved')).toBeVisible({
      timeout: 10_000,
    });
    await picture(page, 'job-approved');
    await git.close();
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
    await expect(log.getByText(/step 2\/12/)).toBeVisible({ timeout: 90_000 });
    await expect(log.getByText(/step 12\/12/)).toBeHidden();
    await expect(log.getByText(/step 5\/12/)).toBeVisible({ timeout: 30_000 });
    await picture(page, 'job');
    await expect(log.getByText(/step 12\/12/)).toBeVisible({ timeout: 60_000 });
    await expect(state(page, 'Succeeded')).toBeVisible({ timeout: 120_000 });
    await picture(page, 'job-log-ended');
  });

  await test.step('a notification tells of its end, and the settings switch that off', async () => {
    await page.goto('/notifications');
    // While the page is open, it may come as a message at the edge too.
    await expect(
      page.getByRole('link', { name: /^hello-ray-\d{8}-\d{6} succeeded/ }),
    ).toBeVisible();
    await picture(page, 'notifications');
    await page.goto('/settings/notifications');
    const ours = page.getByRole('row', { name: /Training jobs/ });
    await ours.getByRole('button', { name: 'expand row' }).click();
    const ended = page.getByRole('row', { name: /A job ended/ });
    await expect(ended.getByRole('switch')).toBeChecked();
    await ended.locator('label').click();
    await expect(ended.getByRole('switch')).not.toBeChecked();
    await picture(page, 'notification-settings');
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
