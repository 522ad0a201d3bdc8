import { expect, test, type Page } from '@playwright/test';
import { picture, signIn } from '../support/pages';
import { useRun } from '../support/useRun';

const JOB = 'long-log';
const LINES = 300_000;
/**
 * An error in every 70,000th line, and a word that only one line has. The words are in
 * pieces, because the log begins with the program.
 */
const PROGRAM = [
  `for i in range(1, ${LINES} + 1): print(`,
  "(f'ERR' f'OR loss is nan in step {i}' if i % 70000 == 0 else",
  " f'step {i} nee' 'dle' if i == 123456 else f'step {i} of a' ' long training'))",
].join('');

const line = (page: Page, number: number) =>
  page.locator(`[role=log] [data-line="${number}"]`);

const deleteRun = useRun({ job: JOB, version: 'v4.0.0', program: PROGRAM });

test('every line of a long log is reached, found and linked', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page);
  await page.goto(`/ray/jobs/workload-cluster/training/${JOB}/logs`);
  const count = page.getByText(/^300,\d{3} lines$/);
  await test.step('the end, with true numbers', async () => {
    await expect(page.getByText('Ended', { exact: true })).toBeVisible();
    await expect(count).toBeVisible();
    await expect(page.getByRole('log')).toContainText(
      `step ${LINES} of a long training`,
    );
    await picture(page, 'log-end');
  });

  const field = page.getByRole('textbox', { name: 'Find in log' });
  await test.step('a search of all lines', async () => {
    await field.fill('needle');
    await field.press('Enter');
    await expect(page.getByText('1 of 1 line', { exact: true })).toBeVisible();
    const found = page.locator('[role=log] mark[data-current]');
    await expect(found).toBeInViewport();
    await picture(page, 'log-search');
    await field.fill('of a long');
    await expect(page.getByText(/^299,995 lines$/)).toBeVisible();
    await field.fill('');
  });

  await test.step('errors, one after the other', async () => {
    await page.getByRole('button', { name: /^First error/ }).click();
    await expect(page.getByText('1 of 4 lines', { exact: true })).toBeVisible();
    await expect(page.getByText('in step 70000')).toBeInViewport();
    await page.getByRole('log').click({ position: { x: 400, y: 40 } });
    await page.keyboard.press('e');
    await expect(page.getByText('in step 140000')).toBeInViewport();
    await picture(page, 'log-error');
  });

  await test.step('a line in the middle, and a link to it after a reload', async () => {
    await page
      .getByRole('textbox', { name: 'Go to line or time' })
      .fill('150000');
    await page.keyboard.press('Enter');
    await expect(line(page, 150_000)).toBeInViewport();
    await expect(line(page, 150_000)).toContainText('of a long training');
    const text = await line(page, 150_000).innerText();
    await page
      .getByRole('button', { name: 'Copy a link to the selected lines' })
      .click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto('/');
    await page.goto(link);
    await expect(line(page, 150_000)).toBeInViewport();
    await expect(line(page, 150_000)).toHaveText(text, { useInnerText: true });
    await picture(page, 'log-link');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'log-link-dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  await test.step('the bar', async () => {
    await page
      .getByRole('log')
      .evaluate(log => log.scrollTo({ top: log.scrollHeight / 3 }));
    await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
    await expect(page.getByRole('log')).toContainText(/step 100\d{3} of/);
  });

  await test.step('after the job is deleted, and on a phone', async () => {
    await deleteRun();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page
      .getByRole('textbox', { name: 'Go to line or time' })
      .fill('200,000');
    await page.keyboard.press('Enter');
    await expect(line(page, 200_000)).toBeInViewport();
    await expect(line(page, 200_000)).toContainText('of a long training');
    await picture(page, 'log-phone');
  });
});
