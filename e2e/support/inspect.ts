import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { isExcused } from './accessibilityExceptions';
import { SCREENSHOTS } from './pages';

type Rules = (axe: AxeBuilder) => AxeBuilder;

/** What WCAG 2.2 asks for at the level AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PHONE = { width: 390, height: 844 };

/**
 * What breaks a rule for accessibility, one line each.
 * @param rules - those of one level, or one alone
 */
async function violations(page: Page, rules: Rules): Promise<string[]> {
  const { violations: found } = await rules(new AxeBuilder({ page })).analyze();
  const lines: string[] = [];
  for (const { id, help, nodes } of found) {
    for (const { target, html, failureSummary } of nodes) {
      if (!(await isExcused(page, id, target.flat()))) {
        lines.push(`${id} (${help}): ${target} ${html} ${failureSummary}`);
      }
    }
  }
  return lines;
}

/** Elements that reach beyond the right edge of the window and make the page wider. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    const cut = [...document.querySelectorAll('body, main, article')].filter(
      element => element.scrollWidth > element.clientWidth,
    );
    return document.documentElement.scrollWidth > clientWidth
      ? ['the page', ...cut.map(element => element.tagName)]
      : [];
  });
}

/**
 * Keeps a picture of the page as it is now, in light, in dark and on a phone.
 *
 * @param check - called with the page in each theme, and with what to look for in it
 */
async function pictures(
  page: Page,
  name: string,
  check: (name: string, rules: Rules) => Promise<void> = async () => {},
  onPhone: (name: string) => Promise<void> = async () => {},
): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  // Half of a change of colors would have too little contrast.
  await page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important }',
  });
  const keep = (as: string) =>
    page.screenshot({ path: join(SCREENSHOTS, `${name}-${as}.png`) });
  // A theme changes colors only: the other rules see the same in both.
  for (const [colorScheme, rules] of [
    ['dark', axe => axe.withRules('color-contrast')],
    ['light', axe => axe.withTags(TAGS)],
  ] as const satisfies [string, Rules][]) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('body')).toHaveAttribute(
      'data-theme-mode',
      colorScheme,
    );
    await keep(colorScheme);
    await check(`${name}, ${colorScheme}`, rules);
  }
  await page.setViewportSize(PHONE);
  await keep('phone');
  await onPhone(`${name} on a phone`);
  await page.setViewportSize(size);
}

/**
 * Keeps pictures of a page of ours, and fails the test at its end where the page breaks a
 * rule for accessibility or scrolls sideways.
 */
export function inspect(page: Page, name: string): Promise<void> {
  return pictures(
    page,
    name,
    async (title, rules) =>
      expect.soft(await violations(page, rules), title).toEqual([]),
    async title => expect.soft(await tooWide(page), title).toEqual([]),
  );
}

/** The same for our part of a page of Backstage, whose width is Backstage's. */
export function inspectPart(
  page: Page,
  name: string,
  selector: string,
): Promise<void> {
  return pictures(page, name, async (title, rules) =>
    expect
      .soft(await violations(page, axe => rules(axe.include(selector))), title)
      .toEqual([]),
  );
}
