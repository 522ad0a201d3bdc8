import { expect, test } from '@playwright/test';
import { inspect } from '../support/inspect';
import { picture, signIn } from '../support/pages';
import { useRun } from '../support/useRun';

const JOB = 'varied-log';
/**
 * JSON, a line that comes again and again, one that does between others, and one error. Words of
 * levels are in pieces, because the log begins with the program.
 */
const PROGRAM = [
  'import json',
  "[print(f'step {i} of a training') for i in range(200)]",
  "[print('WARN' 'ING: slow disk' if i % 2 else f'read part {i}') for i in range(40)]",
  "[print(f'2026-11-23 21:06:{i % 60:02},123 WARN' 'ING clock skew') for i in range(1203)]",
  "[print(json.dumps({'ts': 1795467981.5 + i, 'level': 'info', 'msg': f'saved step {i}', 'path': f's3://bucket/step-{i}', 'metrics': {'loss': 0.5}})) for i in range(12)]",
  "print('ERR' 'OR: CUDA out of memory')",
  "print('the last line')",
].join('; ');

useRun({ job: JOB, version: 'v4.1.0', program: PROGRAM });

test('a log is readable: JSON, equal lines, levels and a short window', async ({
  page,
}) => {
  await signIn(page);
  await page.goto(`/ray/jobs/workload-cluster/training/${JOB}/logs`);
  const log = page.getByRole('log');
  await expect(page.getByText('Ended', { exact: true })).toBeVisible();

  await test.step('JSON, and lines that are equal', async () => {
    await expect(log).toContainText('INFO saved step 11');
    await expect(log.getByRole('button', { name: '▸ × 1,203' })).toBeVisible();
    await log
      .getByRole('button', { name: /^\+2: all fields/ })
      .last()
      .click();
    await expect(log).toContainText('"path": "s3://bucket/step-11"');
    await expect(log).toContainText('the last line');
    await page.getByRole('button', { name: /^Times of the lines/ }).click();
    await page.getByRole('menuitemradio', { name: 'Since the first' }).click();
    await expect(log).toContainText(/\+0:\d\d:\d\d\.\d{3}/);
    await inspect(page, 'log-json');
  });

  await test.step('a search finds what a fold hides', async () => {
    const field = page.getByRole('textbox', { name: 'Find in log' });
    await field.fill('step-7');
    await field.press('Enter');
    await expect(log.locator('mark[data-current]')).toHaveText('step-7');
    await field.fill('');
  });

  await test.step('warnings and errors only', async () => {
    await page.getByRole('button', { name: /^Level/ }).click();
    await page.getByRole('option', { name: 'Warnings and errors' }).click();
    await page.getByRole('button', { name: /^Show only lines/ }).click();
    await expect(page.getByText(/^1,22\d of [\d,]+ lines shown/)).toBeVisible();
    await page.getByRole('button', { name: /^Follow the end/ }).click();
    await expect(log).toContainText('ERROR: CUDA out of memory');
    await expect(log).not.toContainText('step 1 ');
    // Equal lines, also where others are hidden between them.
    await expect(log.getByRole('button', { name: '▸ × 1,203' })).toBeVisible();
    const slow = log.getByRole('button', { name: '▸ × 20' });
    await slow.press('Enter');
    await expect(log.getByText('WARNING: slow disk')).toHaveCount(20);
    await picture(page, 'log-only-errors-open');
    await log.getByRole('button', { name: '▾ × 20' }).press('Enter');
    await expect(log.getByText('WARNING: slow disk')).toHaveCount(1);
    await inspect(page, 'log-only-errors');
    await page.getByRole('button', { name: /^Show only lines/ }).click();
    await page.getByRole('button', { name: /^Follow the end/ }).click();
  });

  await test.step('the logs of all containers, each in its color', async () => {
    await page.goto(
      `/ray/jobs/workload-cluster/training/${JOB}/logs?source=all`,
    );
    await expect(log).toContainText(/ray-(head|job-submitter)/);
    await inspect(page, 'log-merged');
    await page.goto(`/ray/jobs/workload-cluster/training/${JOB}/logs`);
  });

  await test.step('wrapping keeps the place', async () => {
    const wrap = page.getByRole('button', { name: 'Wrap long lines' });
    const field = page.getByRole('textbox', { name: 'Go to line or time' });
    await field.fill('100');
    await field.press('Enter');
    const line = log.getByRole('button', { name: 'Line 100', exact: true });
    await expect(line).toBeVisible();
    const place = async () => (await line.boundingBox())?.y ?? 0;
    const before = await place();
    for (const pressed of ['true', 'false']) {
      // The program before the first line is long enough to wrap.
      await wrap.click();
      await expect(wrap).toHaveAttribute('aria-pressed', pressed);
      await expect
        .poll(async () => Math.abs((await place()) - before))
        .toBeLessThan(10);
    }
    // Chosen no longer: the page follows the log again when it is loaded.
    await line.click();
  });

  await test.step('the full screen keeps the focus in', async () => {
    const viewer = page.getByRole('region', { name: 'Log viewer' });
    const inside = () =>
      viewer.evaluate(element => element.contains(document.activeElement));
    await page.getByRole('button', { name: 'Full screen' }).click();
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let i = 0; i < 30; i += 1) {
        await page.keyboard.press(key);
        await expect.poll(inside).toBe(true);
      }
    }
    await page.getByRole('button', { name: /^Exit full screen/ }).click();
    await expect(
      page.getByRole('button', { name: 'Full screen', exact: true }),
    ).toBeVisible();
  });

  await test.step('the last line at a zoom of 200 %', async () => {
    await page.setViewportSize({ width: 640, height: 360 });
    await page.reload();
    await expect(page.getByText('Ended', { exact: true })).toBeVisible();
    await picture(page, 'log-zoomed');
    await expect(page.getByRole('textbox', { name: 'Source' })).toBeVisible();
    const last = log.getByText('the last line', { exact: true });
    const box = await last.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(360);
    const { height = 0 } = (await log.boundingBox()) ?? {};
    expect(height).toBeGreaterThan(95);
  });
});
