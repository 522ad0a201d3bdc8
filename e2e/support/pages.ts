import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';

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

/** Opens the form for a training job and chooses the workload. */
export async function openForm(page: Page, workload: string): Promise<void> {
  await page.goto('/create/templates/default/create-training-job');
  const field = page.getByRole('textbox', { name: 'Workload' });
  await field.click();
  await field.fill(workload);
  await page.getByRole('option', { name: new RegExp(workload, 'i') }).click();
}

/** Goes on from the first page of the form and starts its task. */
export async function submitForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Workers').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Namespace').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}

/** The state that a job's page tells, as `Running`. */
export function state(page: Page, text: string): Locator {
  return page.getByRole('status').filter({ hasText: text }).first();
}
