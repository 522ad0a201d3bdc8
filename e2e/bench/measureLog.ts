import type { Page } from '@playwright/test';

/** Does something in the page, and waits. @returns milliseconds until a condition holds */
export async function until(
  page: Page,
  act: () => Promise<unknown>,
  isDone: () => boolean,
): Promise<number> {
  const source = `(() => {
    window.benchDone = new Promise(resolve => {
      let begin;
      const look = () => {
        if (begin !== undefined && (${isDone})()) {
          resolve(performance.now() - begin);
        } else {
          requestAnimationFrame(look);
        }
      };
      const start = () => { begin ??= performance.now(); };
      window.addEventListener('bench', start, { once: true });
      look();
    });
  })()`;
  await page.evaluate(source);
  await act();
  return page.evaluate<number>('window.benchDone');
}

/** Opens a log of the job that is shown. @returns milliseconds until its first line */
export function openSource(page: Page, source: string): Promise<number> {
  return until(
    page,
    () =>
      page.evaluate(id => {
        window.dispatchEvent(new Event('bench'));
        const query = new URLSearchParams({ source: id });
        window.history.pushState({}, '', `?${query}`);
        window.dispatchEvent(new PopStateEvent('popstate'));
      }, source),
    () => document.querySelector('[role=log] [data-line]') !== null,
  );
}

/** Moves the bar to a share of the log. @returns milliseconds until all lines in view are there */
export async function jump(page: Page, share: number): Promise<number> {
  const log = page.getByRole('log');
  const first = await log
    .locator('[data-line]')
    .first()
    .getAttribute('data-line');
  return until(
    page,
    () =>
      log.evaluate(
        (element, [part, line]) => {
          window.dispatchEvent(new Event('bench'));
          element.setAttribute('data-before', `${line}`);
          const { scrollHeight, clientHeight } = element;
          element.scrollTop = (scrollHeight - clientHeight) * Number(part);
        },
        [share, first],
      ),
    () => {
      const element = document.querySelector('[role=log]');
      const line = element?.querySelector('[data-line]');
      const isLoading = element?.querySelector('[aria-label=Loading]');
      const before = element?.getAttribute('data-before');
      return !isLoading && before !== line?.getAttribute('data-line');
    },
  );
}

/** Searches for a text. @returns milliseconds until all matches are counted */
export async function search(page: Page, text: string): Promise<number> {
  const field = page.getByRole('textbox', { name: 'Find in log' });
  await field.fill('');
  return until(
    page,
    async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('bench')));
      await field.fill(text);
    },
    () => {
      const status = document.querySelector(
        '[role=toolbar] [role=status]',
      )?.textContent;
      return /\d lines?$|No matches/.test(status ?? '');
    },
  );
}

/** Megabytes of the page's heap after garbage collection. */
export async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

/** What the page does while a log grows. */
export function watch(
  page: Page,
  seconds: number,
): Promise<{ readonly longest: number; readonly over: number }> {
  return page.evaluate(async duration => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver(list =>
      list.getEntries().forEach(entry => tasks.push(entry.duration)),
    );
    observer.observe({ entryTypes: ['longtask'] });
    await new Promise(resolve => setTimeout(resolve, duration * 1_000));
    observer.disconnect();
    return { longest: Math.max(0, ...tasks), over: tasks.length };
  }, seconds);
}
