import { ask, startHelper } from './helper';
import { exists, wholeTime } from './logReader';
import { memorySite, type LogSite } from './logSite';
import { median, ms, percentile, printTable, timed } from './measure';
import { openJob } from './openJob';
import { TOKEN } from './portalOrder';

const LINES = 1_000_000;
/** Makes it 209 MB with the line ends, and 240 MB with the times. */
const LENGTH = 208;
const PAGE = 200;
const JUMPS = 200;
const SEARCHES = 5;

/** Searches with the number of lines that match. */
const QUERIES: readonly (readonly [string, number])[] = [
  ['q=epoch+999999:&matchCase=true', 1],
  ['q=EPOCH+999999:', 1],
  ['q=worker', LINES],
  ['q=epoch+%5Cd*999:&regex=true', LINES / 1_000],
  ['q=(nan|inf|overflow)&regex=true', 0],
  ['level=error', 0],
];

/** Any line of a long log by its number, and all that match, in a whole backend. */
export async function logLines(): Promise<void> {
  const site = await memorySite({ lines: LINES, length: LENGTH });
  const portal = startHelper('logPortal.ts');
  try {
    const page = await openJob(portal, site);
    await measure(site, `${page}/logs`, async () => {
      const { bytes } = await ask<{ bytes: number }>(portal, { type: 'heap' });
      return bytes;
    });
  } finally {
    portal.kill();
    await site.close();
  }
}

async function measure(
  { finished, container, kubeconfig, namespace }: LogSite,
  logs: string,
  heap: () => Promise<number>,
): Promise<void> {
  const source = `source=pod/${finished}/${container}`;
  const get = async (path: string) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(`${logs}/${path}&${source}`, { headers });
    if (!answer.ok) {
      throw new Error(`${path}: ${await answer.text()}`);
    }
    return answer.text();
  };
  const page = async (from: number) => {
    const { lines } = JSON.parse(await get(`lines?from=${from}&count=${PAGE}`));
    if (lines[0]?.number !== from) {
      throw new Error(`Line ${from} is not there`);
    }
  };
  const before = await heap();
  const [first] = await timed(1, () => page(1), 0);
  const [last] = await timed(1, () => page(LINES), 0);
  let at = 0;
  const jumps = await timed(JUMPS, () => {
    at = (at + 618_034) % LINES;
    return page(at + 1);
  });
  const rows = [
    ['what', 'median', '95th percentile'],
    ['first lines of a log that nobody has asked for', ms(first), '-'],
    ['last lines, after all were read', ms(last), '-'],
    [`any ${PAGE} lines`, ms(median(jumps)), ms(percentile(jumps, 0.95))],
  ];
  for (const [query, matches] of QUERIES) {
    const times = await timed(
      SEARCHES,
      async () => {
        const found = await get(`search?${query}`);
        if (!found.includes(`"completed","matches":${matches},`)) {
          throw new Error(`${query} doesn't find ${matches} lines`);
        }
      },
      1,
    );
    const text = decodeURIComponent(query.replaceAll('+', ' '));
    rows.push([text, ms(median(times)), ms(percentile(times, 0.95))]);
  }
  if (await exists('kubectl')) {
    const shell = `kubectl --kubeconfig ${kubeconfig} -n ${namespace} logs ${finished} -c ${container} | grep -c 'epoch 999999:'`;
    const peer = { name: 'grep', mark: '', command: 'sh', args: ['-c', shell] };
    const times = await timed(SEARCHES, () => wholeTime(peer), 1);
    const name = 'kubectl logs, and grep -c of the first text';
    rows.push([name, ms(median(times)), ms(percentile(times, 0.95))]);
  }
  const held = ((await heap()) - before) / 1e6;
  printTable(
    `A log of ${LINES} lines, ${Math.round((LINES * (LENGTH + 1)) / 1e6)} MB, by number; heap ${held.toFixed(0)} MB`,
    rows,
  );
}
