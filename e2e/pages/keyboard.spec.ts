import { expect, test, type Locator, type Page } from '@playwright/test';
import { state } from '../support/pages';
import { terminalInProject } from '../support/project';

const VERSION = '4.0.0';
const JOB = 'by-keyboard';
const COUNT =
  'python -c "import time; [print(\'count\', i, flush=True) or time.sleep(.2) for i in range(3000)]"';
/** Keys to press at most on the way to something. */
const FAR = 60;

test.beforeAll(async () => {
  const terminal = await terminalInProject();
  for (const command of [
    ['build', 'hello-ray', VERSION],
    ['submit', `hello-ray:${VERSION}`, '--name', JOB, '--entrypoint', COUNT],
  ]) {
    const { code, stderr } = await terminal.run(...command);
    expect(code, stderr).toBe(0);
  }
});
test.afterAll(async () => {
  await (await terminalInProject()).run('delete', JOB, '--yes');
});

/** What shows that an element has the focus: a ring, or the frame of its field. */
const isSeen = (focused: Locator) =>
  focused.evaluate(element => {
    const field = element.closest('.MuiInputBase-root');
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return (
      (outlineStyle !== 'none' && outlineWidth !== '0px') ||
      field?.classList.contains('Mui-focused') === true
    );
  });

/** Presses a key until an element has the focus, and looks whether each stop is seen. */
async function goTo(page: Page, goal: Locator, key = 'Tab'): Promise<void> {
  await goal.waitFor({ state: 'attached' });
  const focused = page.locator(':focus');
  for (let i = 0; i < FAR; i += 1) {
    await page.keyboard.press(key);
    if ((await focused.count()) > 0) {
      const html = await focused.evaluate(({ outerHTML }) => outerHTML);
      expect(await isSeen(focused), `the focus is seen on ${html}`).toBe(true);
    }
    if (await goal.evaluate(element => element === document.activeElement)) {
      return;
    }
  }
  throw new Error(`${key} doesn't reach ${goal}`);
}

test('a keyboard alone leads from the sign-in to a log that is followed', async ({
  page,
}) => {
  await test.step('sign in', async () => {
    await page.goto('/');
    await goTo(page, page.getByRole('button', { name: 'Enter' }));
    await page.keyboard.press('Enter');
  });

  await test.step('skip the sidebar, and open the job', async () => {
    const job = page.getByRole('link', { name: JOB });
    await job.waitFor();
    await goTo(page, page.getByRole('button', { name: 'Skip to content' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    await goTo(page, job);
    await page.keyboard.press('Enter');
    await expect(state(page, 'Running')).toBeVisible({ timeout: 180_000 });
  });

  await test.step('open the log, which is followed', async () => {
    await goTo(page, page.getByRole('tab', { name: 'Overview' }));
    await goTo(page, page.getByRole('tab', { name: 'Logs' }), 'ArrowRight');
    await page.keyboard.press('Enter');
    const last = page
      .getByRole('log')
      .getByText(/^count \d+$/)
      .last();
    const line = await last.innerText();
    await expect(last).not.toHaveText(line);
  });

  await test.step('go back to the list', async () => {
    const list = page.getByRole('link', { name: 'Back to the list' });
    await goTo(page, list, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: JOB })).toBeVisible();
  });
});
