import type { Page } from '@playwright/test';
import { ask, startHelper } from '../../plugins/ray-backend/bench/helper';
import {
  median,
  ms,
  percentile,
  printTable,
} from '../../plugins/ray-backend/bench/measure';
import { startListPortal } from './listPortal';
import { heap, jump, openSource, search, watch } from './measureLog';
import { measurePeer } from './peerViewer';

const LINES = 1_000_000;
/** Makes it 209 MB with the line ends. */
const LENGTH = 208;
const LIVE_LINES = 1_000;
const PER_SECOND = 20_000;
const SECONDS = 10;
const JUMPS = 40;

const NAMES = {
  namespace: 'bench',
  job: 'log-bench',
  finished: 'log-bench-finished',
  live: 'log-bench-live',
  container: 'main',
};

/** The viewer of logs with a long log, and with one that grows fast. */
export async function measureLogPage(
  newPage: (baseUrl: string) => Promise<Page>,
): Promise<void> {
  const world = startHelper('logWorld.ts');
  const { url } = await ask<{ url: string }>(world, {
    ...NAMES,
    ...{ lines: LINES, liveLines: LIVE_LINES, length: LENGTH },
  });
  const portal = await startListPortal(url);
  try {
    const page = await newPage(portal.baseUrl);
    const { namespace, job } = NAMES;
    await page.goto(
      `${portal.baseUrl}/ray/jobs/bench/${namespace}/${job}/logs`,
    );
    await page.getByRole('log').waitFor();
    const before = await heap(page);
    const first = await openSource(page, 'pod/log-bench-finished/main');
    // Until the backend has read it all.
    await page
      .getByText(`${LINES.toLocaleString('en')} lines`, { exact: true })
      .waitFor({ timeout: 180_000 });
    await page.getByText('Ended', { exact: true }).waitFor();
    const jumps = [];
    for (let i = 1; i <= JUMPS; i += 1) {
      jumps.push(await jump(page, (i * 0.618_034) % 1));
    }
    const rare = await search(page, `epoch ${LINES - 1}:`);
    const common = await search(page, 'worker');
    const held = (await heap(page)) - before;
    await page.getByRole('textbox', { name: 'Find in log' }).fill('');
    await openSource(page, 'pod/log-bench-live/main');
    const [{ longest, over }] = await Promise.all([
      watch(page, SECONDS),
      ask(world, { type: 'burst', perSecond: PER_SECOND, seconds: SECONDS }),
    ]);
    const end = (LIVE_LINES + PER_SECOND * SECONDS).toLocaleString('en');
    await page.getByText(`${end} lines`, { exact: true }).waitFor();
    const after = (await heap(page)) - before;
    await page.close();
    const peer = await measurePeer(
      await newPage(portal.baseUrl),
      portal.baseUrl,
      { lines: LINES, length: LENGTH },
    );
    const mega = (size: number) => `${size.toFixed(0)} MB`;
    printTable(`A log of ${LINES} lines in the viewer`, [
      ['what', 'measured', "Backstage's LogViewer"],
      [
        'first line of a log that nobody has asked for',
        ms(first),
        `${ms(peer.shown)} once the page has all of it`,
      ],
      ['any line by the bar, median', ms(median(jumps)), '-'],
      [
        'any line by the bar, 95th percentile',
        ms(percentile(jumps, 0.95)),
        '-',
      ],
      ['a text counted, one match', ms(rare), ms(peer.found)],
      ['a text counted, a million matches', ms(common), '-'],
      ['heap, beyond the empty page', mega(held), mega(peer.held)],
      [
        `tasks over 50 ms at ${PER_SECOND} lines/s, ${SECONDS} s`,
        `${over}`,
        '-',
      ],
      ['the longest of them', ms(longest), '-'],
      ['heap after that', mega(after), '-'],
    ]);
  } finally {
    await portal.stop();
    world.kill();
  }
}
