import type { Page } from '@playwright/test';

export interface ListFigures {
  readonly seconds: number;
  /** Milliseconds between each frame and the one before. */
  readonly frames: readonly number[];
  /** Number of tasks that took more than 50 ms. */
  readonly longTasks: number;
  /** Changes of a version that could be seen in a row. */
  readonly changes: number;
  /** Rows whose content changed, each counted once in a frame. */
  readonly rows: number;
}

/** What a page with the list does in some seconds. */
export function measureList(page: Page, seconds: number): Promise<ListFigures> {
  return page.evaluate(async duration => {
    const frames: number[] = [];
    let longTasks = 0;
    let changes = 0;
    let rows = 0;
    let changed = new Set<Element>();
    const tasks = new PerformanceObserver(list => {
      longTasks += list.getEntries().length;
    });
    tasks.observe({ entryTypes: ['longtask'] });
    const content = new MutationObserver(records => {
      for (const { target } of records) {
        const element =
          target instanceof Element ? target : target.parentElement;
        const row = element?.closest('tr[data-job]');
        if (row) {
          changed.add(row);
          changes += target.textContent?.includes(' at-') ? 1 : 0;
        }
      }
    });
    const body = document.querySelector('tbody');
    if (body) {
      content.observe(body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    }
    const begin = performance.now();
    let last = begin;
    while (last - begin < duration * 1_000) {
      const now = await new Promise<number>(requestAnimationFrame);
      frames.push(now - last);
      last = now;
      rows += changed.size;
      changed = new Set();
    }
    tasks.disconnect();
    content.disconnect();
    return {
      seconds: (last - begin) / 1_000,
      frames,
      longTasks,
      changes,
      rows,
    };
  }, seconds);
}
