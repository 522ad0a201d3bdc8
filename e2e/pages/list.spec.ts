import { expect, test, type Page } from '@playwright/test';
import { inspect } from '../support/inspect';
import { signIn } from '../support/pages';
import { stateFolder } from '../support/project';
import { WaitingJobs } from '../support/WaitingJobs';

const JOBS = 320;

let waiting: WaitingJobs;

test.beforeAll(async () => {
  waiting = new WaitingJobs(stateFolder());
  await waiting.removeAll();
  await waiting.make(JOBS);
});
test.afterAll(() => waiting.removeAll());

const rows = (page: Page) => page.locator('tr[data-job]');
const row = (page: Page, name: string) =>
  page.locator(`tr[data-job="${name}"]`);

/** Chooses values of a filter, and closes its menu. */
async function choose(page: Page, filter: string, values: readonly string[]) {
  const field = page.getByRole('textbox', { name: filter, exact: true });
  await field.click();
  for (const value of values) {
    await page.getByRole('option', { name: new RegExp(`^${value}`) }).click();
  }
  await field.press('Escape');
}

/** Where a row is, in pixels below the top of the window. */
const topOf = (page: Page, name: string) =>
  row(page, name).evaluate(element => element.getBoundingClientRect().top);

test('a long list is read, filtered, kept as a view, and returned to', async ({
  page,
}) => {
  await signIn(page);

  await test.step('rows come as one scrolls', async () => {
    await page.goto('/ray?q=waiting-&sort=name');
    await expect(row(page, 'waiting-0000')).toBeVisible();
    await expect(page.getByText(`of ${JOBS} jobs`)).toBeVisible();
    await inspect(page, 'jobs-many');
    const last = row(page, `waiting-0${JOBS - 1}`);
    await expect(async () => {
      await page.mouse.move(640, 700);
      await page.mouse.wheel(0, 4_000);
      await expect(last).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 60_000 });
    await expect(page.getByText(`${JOBS} of ${JOBS} jobs`)).toBeVisible();
    // Few of the rows are in the page.
    expect(await rows(page).count()).toBeLessThan(60);
  });

  await test.step('the way back from a job leads to where one was', async () => {
    const seen = 'waiting-0200';
    await expect(async () => {
      await page.mouse.wheel(0, -600);
      await expect(row(page, seen)).toBeInViewport({ timeout: 300 });
    }).toPass({ timeout: 60_000 });
    const before = await topOf(page, seen);
    const returned = async () => {
      await expect(row(page, seen)).toBeInViewport();
      expect(Math.abs((await topOf(page, seen)) - before)).toBeLessThan(60);
      expect(page.url()).toContain('q=waiting-');
    };
    await page.getByRole('link', { name: seen }).click();
    await expect(page.getByRole('heading', { name: seen })).toBeInViewport();
    await page.goBack();
    await returned();

    await page.getByRole('link', { name: seen }).click();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await returned();
  });

  await test.step('a filter takes several values', async () => {
    await page.goto('/ray?q=waiting-');
    await choose(page, 'Workload', ['comet-search', 'star-maps']);
    const two = JOBS - Math.floor(JOBS / 3);
    await expect(page.getByText(`of ${two} jobs`)).toBeVisible();
    await choose(page, 'Owner', ['ada-1', 'ada-2']);
    await expect(page).toHaveURL(/owner=.*ada-1.*owner=.*ada-2/);
    await expect(page.getByText(`of ${two} jobs`)).toHaveCount(0);
    await expect(page.getByText('tide-model')).toHaveCount(0);
  });

  await test.step('a view keeps the filters, and shows them again', async () => {
    const count = await page.getByText(/^\d+ of \d+ jobs$/).innerText();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: /Save/ }).click();
    await page
      .getByRole('textbox', { name: 'Name', exact: true })
      .fill('Stars and comets');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(page.getByText(count, { exact: true })).toHaveCount(0);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Stars and comets' }).click();
    await expect(page.getByText(count, { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'View: Stars and comets' }).click();
    await page
      .getByRole('button', { name: 'Delete the view Stars and comets' })
      .click();
    await page.keyboard.press('Escape');
    await expect(
      page.getByRole('button', { name: 'Views', exact: true }),
    ).toBeVisible();
  });
});
