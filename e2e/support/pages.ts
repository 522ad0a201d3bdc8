import { join } from 'node:path';
import type { Page } from '@playwright/test';

const SCREENSHOTS = join(__dirname, '../.results/screenshots');

/** Keeps a picture of the page for people, below `e2e/.results/screenshots`. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Opens the portal and signs in as guest. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('link', { name: 'Training jobs' }).first().waitFor();
}

/** Fills in the form for a run of the workload and starts its task. */
export async function createTrainingJob(
  page: Page,
  input: { readonly workload: string; readonly version: string },
): Promise<void> {
  await page.goto('/create/templates/default/create-training-job');
  const workload = page.getByLabel('Workload');
  await workload.click();
  await workload.fill(input.workload);
  await page.getByRole('option', { name: new RegExp(input.workload) }).click();
  await page.getByLabel('Version').fill(input.version);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Workers').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Namespace').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}
