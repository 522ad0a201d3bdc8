import type { Page } from '@playwright/test';

/** A part of Backstage that breaks a rule, and that this portal can't mend. */
interface Exception {
  /** Id of the rule in axe. */
  readonly rule: string;
  /** The part: everything within it is excused from this one rule. */
  readonly within: string;
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    rule: 'label-content-name-mismatch',
    within: 'a[href="/notifications"]',
    reason:
      'SidebarItem of core-components names the link after its title alone, while the number of unread notifications is in it too.',
  },
];

/** True for an element of Backstage's own that is known to break a rule. */
export async function isExcused(
  page: Page,
  rule: string,
  target: readonly string[],
): Promise<boolean> {
  const parts = EXCEPTIONS.filter(each => each.rule === rule);
  if (parts.length === 0) {
    return false;
  }
  return page
    .locator(target.join(' >> '))
    .first()
    .evaluate(
      (element, selectors) =>
        selectors.some(selector => element.closest(selector) !== null),
      parts.map(({ within }) => within),
    );
}
