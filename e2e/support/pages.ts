import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';

export const SCREENSHOTS = join(__dirname, '../.results/screenshots');

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

/** Opens the catalog, and waits until it knows the entity. */
export async function findInCatalog(
  page: Page,
  kind: string,
  name: string,
): Promise<void> {
  await page.goto(`/catalog?filters[kind]=${kind}&filters[user]=all`);
  await page
    .locator(`a[href="/catalog/default/${kind}/${name}"]`)
    .first()
    .waitFor();
}

/** Opens the form for a training job and chooses the workload. */
export async function openForm(page: Page, workload: string): Promise<void> {
  await page.goto('/create/templates/default/create-training-job');
  const field = page.getByRole('textbox', { name: 'Workload' });
  await field.click();
  await field.fill(workload);
  await page.getByRole('option', { name: new RegExp(workload, 'i') }).click();
}

/**
 * Goes on from the first page of the form to the last, which shows the job or why there
 * can't be one.
 *
 * @param look - called with a name for each page between them, when it is there
 */
export async function goToCheck(
  page: Page,
  parameters: Readonly<Record<string, string>> = {},
  look: (step: string) => Promise<void> = async () => {},
): Promise<void> {
  const next = page.getByRole('button', { name: 'Next' });
  await next.click();
  await page.getByRole('group', { name: 'Parameters' }).waitFor();
  for (const [title, value] of Object.entries(parameters)) {
    await page.getByRole('textbox', { name: title, exact: true }).fill(value);
  }
  await next.click();
  // Until the choices are there, the fields have no value, and the page won't go on.
  for (const field of [/^Cluster \w/, /^Size \w/]) {
    await page.getByRole('button', { name: field }).waitFor();
  }
  await look('form-place');
  await next.click();
  await page.getByRole('group', { name: 'Environment' }).waitFor();
  await look('form-environment');
  await next.click();
}

/** Goes on to the page that shows the job, and waits until it does. */
export async function fillForm(
  ...args: Parameters<typeof goToCheck>
): Promise<void> {
  await goToCheck(...args);
  await args[0].getByRole('region', { name: 'Manifest' }).waitFor();
}

/** Starts the task from the page that shows the job. */
export async function submitForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}

/** Where the page of a task that has ended leads to. */
export async function taskLinks(page: Page) {
  const href = (link: Locator) => link.first().getAttribute('href');
  const jobUrl = await href(page.locator('a[href*="/ray/jobs/"]'));
  const pullRequestUrl = await href(page.locator('a[href*="/pull/"]'));
  if (jobUrl === null || pullRequestUrl === null) {
    throw new Error('The task shows no link to the job or the pull request');
  }
  return { jobUrl, pullRequestUrl };
}

/** The state that a job's page tells, as `Running`. */
export function state(page: Page, text: string): Locator {
  return page.getByRole('status').filter({ hasText: text }).first();
}
