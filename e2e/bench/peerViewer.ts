import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { logText } from '../../plugins/ray-backend/bench/logObjects';
import { heap, until } from './measureLog';

/** Lines that are written at a time. */
const PIECE = 5_000;
const AT = '2026-11-23T21:06:21Z';
const TASK = {
  id: 'peer',
  status: 'completed',
  createdAt: AT,
  lastHeartbeatAt: AT,
  spec: {
    parameters: {},
    output: {},
    steps: [{ id: 'log', name: 'Log', action: 'debug:log' }],
  },
};

export interface PeerFigures {
  /** Milliseconds from the last byte of the log to the first lines that are shown. */
  readonly shown: number;
  /** Milliseconds until all matches are counted. */
  readonly found: number;
  /** Megabytes beyond those of a page without a log. */
  readonly held: number;
}

async function writeEvents(
  response: ServerResponse,
  lines: number,
  length: number,
): Promise<void> {
  const write = async (text: string) => {
    if (!response.write(text)) await once(response, 'drain');
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = { id: 1, taskId: TASK.id, createdAt: AT, type: 'log' };
  const body = { message: '', stepId: 'log', status: 'completed' };
  const [begin, end] = JSON.stringify({ ...event, body }).split('""');
  await write(`event: log\ndata: ${begin}"`);
  for (let i = 0; i < lines; i += PIECE) {
    const count = Math.min(PIECE, lines - i);
    const texts = Array.from({ length: count }, (_, k) =>
      logText(i + k, length),
    );
    const text = `${texts.join('\n')}\n`;
    await write(JSON.stringify(text).slice(1, -1));
  }
  await write(`"${end}\n\n`);
  const last = { ...event, id: 2, type: 'completion', body: { message: '' } };
  response.end(`event: completion\ndata: ${JSON.stringify(last)}\n\n`);
}

/** Notes when the viewer shows a line; it shows the last ones first. */
function noteLine(number: number): void {
  const look = () => {
    if (document.querySelector(`a[href="#line-${number}"]`)) {
      document.body.dataset.shownAt = `${Date.now()}`;
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

/**
 * Backstage's own viewer with a log, as its page of a scaffolder's task has it. It takes
 * the whole text at once; the time that this needs to come to the page isn't counted.
 *
 * @param page - a page of the portal, signed in
 */
export async function measurePeer(
  page: Page,
  baseUrl: string,
  log: { readonly lines: number; readonly length: number },
): Promise<PeerFigures> {
  let sentAt = 0;
  const server = createServer((request, response) => {
    if (request.url?.includes('eventstream')) {
      response.on('finish', () => {
        sentAt = Date.now();
      });
      writeEvents(response, log.lines, log.length).catch(() =>
        response.destroy(),
      );
    } else {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(TASK));
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await page.route(/\/api\/scaffolder\/v2\/tasks\/peer/, route => {
    const { pathname } = new URL(route.request().url());
    return route.continue({ url: `http://127.0.0.1:${port}${pathname}` });
  });
  try {
    const before = await heap(page);
    await page.goto(`${baseUrl}/create/tasks/${TASK.id}`);
    await page.evaluate(noteLine, log.lines);
    await page.locator('[data-shown-at]').waitFor({ timeout: 120_000 });
    const shownAt = await page.locator('body').getAttribute('data-shown-at');
    const search = page.getByPlaceholder('Search');
    const found = await until(
      page,
      async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('bench')));
        await search.fill(`epoch ${log.lines - 1}:`, { timeout: 120_000 });
      },
      () =>
        [...document.querySelectorAll('p')].some(({ textContent }) =>
          /^\d+\/\d+$/.test(textContent ?? ''),
        ),
    );
    const held = (await heap(page)) - before;
    return { shown: Number(shownAt) - sentAt, found, held };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
