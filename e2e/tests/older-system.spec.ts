import { expect, test } from '@playwright/test';
import { olderAppUrl, startOlderApp } from '../support/olderApp';
import { picture, signIn, state } from '../support/pages';
import { terminalInProject } from '../support/project';
import type { Terminal } from '../support/Terminal';

const VERSION = '3.0.0';
const JOB = 'on-older-system';
const COUNT =
  'python -c "import time; [print(\'count\', i, flush=True) or time.sleep(.2) for i in range(3000)]"';

test.use({
  baseURL: ({ baseURL }, use) => use(olderAppUrl(baseURL ?? '')),
});

let terminal: Terminal;
let stop: (() => Promise<void>) | undefined;
test.beforeAll(async () => {
  test.setTimeout(6 * 60_000);
  terminal = await terminalInProject();
  stop = await startOlderApp(test.info().project.use.baseURL ?? '');
});
test.afterAll(async () => {
  await stop?.();
  await terminal.run('delete', JOB, '--yes');
});

test('an app on the older frontend system shows a running job and its log', async ({
  page,
}) => {
  await test.step('a job runs', async () => {
    for (const command of [
      ['build', 'hello-ray', VERSION],
      ['submit', `hello-ray:${VERSION}`, '--name', JOB, '--entrypoint', COUNT],
    ]) {
      const { code, stderr } = await terminal.run(...command);
      expect(code, stderr).toBe(0);
    }
  });

  await test.step('the list and the page of the job show it live', async () => {
    await signIn(page);
    await page.goto('/ray');
    await page.getByRole('link', { name: JOB }).click();
    await expect(page).toHaveURL(`/ray/jobs/workload-cluster/training/${JOB}`);
    await expect(state(page, 'Running')).toBeVisible({ timeout: 180_000 });
    await picture(page, 'older-system-job');
  });

  await test.step('its log streams', async () => {
    await page.getByRole('tab', { name: 'Logs' }).click();
    const last = page
      .getByRole('log')
      .getByText(/^count \d+$/)
      .last();
    const line = await last.innerText();
    await expect(last).not.toHaveText(line);
    await picture(page, 'older-system-log');
  });

  await test.step('the catalog page of the workload has the card and the tab', async () => {
    await page.goto('/catalog/default/component/hello-ray');
    await expect(page.getByText('Latest training jobs')).toBeVisible();
    await expect(page.getByRole('link', { name: JOB })).toBeVisible();
    await picture(page, 'older-system-workload');
    await page.getByRole('tab', { name: 'Training jobs' }).click();
    await expect(page.getByRole('link', { name: JOB })).toBeVisible();
  });

  await test.step('its form has the fields of the plugin', async () => {
    await page.getByRole('button', { name: 'Create training job' }).click();
    await expect(page.getByRole('textbox', { name: 'Workload' })).toHaveValue(
      'Hello Ray',
    );
    await picture(page, 'older-system-form');
  });
});
