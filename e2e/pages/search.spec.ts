import { expect, test } from '@playwright/test';
import { inspectPart } from '../support/inspect';
import { picture, signIn } from '../support/pages';
import { stateFolder } from '../support/project';
import { WaitingJobs } from '../support/WaitingJobs';

/** Our part of a result, within the item of Backstage's list. */
const RESULT = 'li > div:has(a[href*="/ray/jobs/"])';

let waiting: WaitingJobs;

test.beforeAll(async () => {
  waiting = new WaitingJobs(stateFolder());
  await waiting.removeAll();
  await waiting.make(3);
});
test.afterAll(() => waiting.removeAll());

test("Backstage's search finds jobs and leads to their pages", async ({
  page,
}) => {
  await signIn(page);
  const job = { name: 'waiting-0000', exact: true };

  await test.step('by their message, on the page of the search', async () => {
    const found = page.getByRole('link', job);
    // What changed is found some seconds later.
    await expect(async () => {
      await page.goto('/search?query=starts&types[]=ray-job');
      await expect(found).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 120_000 });
    const item = page.locator(RESULT).filter({ has: found });
    await expect(item.getByText('Suspended', { exact: true })).toBeVisible();
    await expect(item.getByText(/comet-search 1\.0\.0 · ada-0/)).toBeVisible();
    await expect(item.locator('mark')).toHaveText('starts');
    await inspectPart(page, 'search', RESULT);
  });

  await test.step('by their workload, from the menu of every page', async () => {
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('comet-search');
    const result = dialog.getByRole('link', job);
    await expect(result).toBeVisible();
    await expect(
      dialog.getByText('Suspended', { exact: true }).first(),
    ).toBeVisible();
    // On a phone, the menu leads to the page of the search instead.
    await picture(page, 'search-modal');
    await result.click();
    await expect(page.getByRole('heading', { name: job.name })).toBeVisible();
    await expect(dialog).toBeHidden();
  });
});
