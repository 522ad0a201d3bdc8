// The list of jobs and the viewer of logs in Chromium, against the real backend.
import { cpus, loadavg } from 'node:os';
import { chromium, type Page } from '@playwright/test';
import { ask, startHelper } from '../../plugins/ray-backend/bench/helper';
import {
  ms,
  percentile,
  printTable,
} from '../../plugins/ray-backend/bench/measure';
import { sampleJob } from '../../plugins/ray-backend/bench/sampleJobs';
import { chromiumOptions } from '../support/chromium';
import { startListPortal } from './listPortal';
import { measureLogPage } from './logPage';
import { measureList, type ListFigures } from './measureList';

const JOBS = 10_000;
/** Rows that are loaded, and change. */
const ROWS = 500;
const PER_SECOND = 50;
const SECONDS = 10;

/** Numbers of the newest jobs. */
function newest(count: number): readonly number[] {
  const created = (i: number) => sampleJob(i).metadata.creationTimestamp ?? '';
  return Array.from({ length: JOBS }, (_, i) => ({ i, at: created(i) }))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, count)
    .map(({ i }) => i);
}

async function signIn(page: Page, baseUrl: string): Promise<void> {
  await page.goto(baseUrl);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('link', { name: 'Training jobs' }).first().waitFor();
}

/** Opens the list. @returns milliseconds until its first row is there */
async function openList(page: Page, baseUrl: string): Promise<number> {
  await page.goto(`${baseUrl}/ray`);
  await page.locator('tr[data-job]').first().waitFor();
  return page.evaluate(() => performance.now());
}

/** Scrolls down as somebody does until so many rows are loaded, and back up. */
async function loadRows(page: Page, count: number): Promise<void> {
  const table = page.getByRole('table', { name: 'Training jobs' });
  const loaded = () =>
    table.evaluate(element => element.getBoundingClientRect().height / 56);
  while ((await loaded()) < count) {
    await page.mouse.wheel(0, 2_000);
    await page.waitForTimeout(20);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
}

function row(title: string, figures: ListFigures): readonly string[] {
  const { frames, seconds, longTasks, changes, rows } = figures;
  return [
    title,
    (frames.length / seconds).toFixed(1),
    ms(percentile(frames, 0.99)),
    `${longTasks}`,
    `${changes}`,
    (rows / Math.max(1, changes)).toFixed(2),
  ];
}

type NewPage = (baseUrl: string) => Promise<Page>;

async function measureListPage(newPage: NewPage): Promise<void> {
  const world = startHelper('freshnessWorld.ts');
  const { url } = await ask<{ url: string }>(world, {
    type: 'cluster',
    jobs: JOBS,
  });
  const portal = await startListPortal(url);
  try {
    const page = await newPage(portal.baseUrl);
    const first = await openList(page, portal.baseUrl);
    await loadRows(page, ROWS);
    const rows = [
      [
        'list',
        'frames a second',
        '99th percentile of a frame',
        'tasks over 50 ms',
        'changes in view',
        'rows drawn for each',
      ],
      row('nothing changes', await measureList(page, SECONDS)),
    ];
    const inView = await page.locator('tr[data-job]').count();
    for (const [title, of] of [
      [`${ROWS} rows change`, newest(ROWS)],
      [`${inView} rows in view change`, newest(inView)],
    ] as const) {
      const [figures] = await Promise.all([
        measureList(page, SECONDS),
        ask(world, {
          type: 'run',
          perSecond: PER_SECOND,
          seconds: SECONDS,
          of,
        }),
      ]);
      rows.push([...row(title, figures)]);
    }
    printTable(
      `The list of ${JOBS} jobs, ${ROWS} loaded, ${PER_SECOND} changes a second; first row after ${ms(first)}`,
      rows,
    );
  } finally {
    await portal.stop();
    world.kill();
  }
}

async function main(): Promise<void> {
  const load = loadavg()[0].toFixed(1);
  process.stdout.write(
    `Node ${process.version}, ${cpus().length} cores, load ${load}\n`,
  );
  const browser = await chromium.launch(chromiumOptions());
  const newPage = async (baseUrl: string) => {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
    });
    await signIn(page, baseUrl);
    return page;
  };
  try {
    await measureListPage(newPage);
    await measureLogPage(newPage);
  } finally {
    await browser.close();
  }
}

main().then(
  // Plugins without an end of their own keep the process.
  () => process.exit(),
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
