import { Agent, get } from 'node:http';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sleep } from '@ml-platform/kube';
import { clusterSite, type ClusterSiteOptions } from './clusterSite';
import { ask, startHelper } from './helper';
import {
  countLines,
  exists,
  firstByte,
  wholeTime,
  type LogReader,
} from './logReader';
import { logText } from './logObjects';
import { memorySite, type LogSite } from './logSite';
import { median, ms, printTable } from './measure';
import { openJob } from './openJob';
import { TOKEN } from './portalOrder';

const ROUNDS = 24;
const VIEWERS = 200;

/** Logs through the whole HTTP route against `kubectl logs -f`, and what a viewer costs. */
export async function logs(options: {
  /** Measures on a real node as well. */
  readonly cluster?: ClusterSiteOptions;
}): Promise<void> {
  const sites = [() => memorySite()];
  const { cluster } = options;
  if (cluster) {
    sites.push(() => clusterSite(cluster));
  }
  for (const open of sites) {
    const site = await open();
    const portal = startHelper('logPortal.ts');
    try {
      await measureSite(site, portal);
    } finally {
      portal.kill();
      await site.close();
    }
  }
}

async function measureSite(site: LogSite, portal: ChildProcess): Promise<void> {
  const page = await openJob(portal, site);
  const address = (pod: string) =>
    `${page}/logs?follow=true&source=pod/${pod}/${site.container}`;
  await compare(site, address(site.finished));
  await costOfViewers(portal, site, address(site.live));
}

async function compare(site: LogSite, url: string): Promise<void> {
  const curl = (name: string, accept: string, mark: string): LogReader => ({
    name,
    mark,
    command: 'curl',
    args: ['-sSfN', '-H', `authorization: Bearer ${TOKEN}`, '-H', accept, url],
  });
  const { kubeconfig, context, namespace, finished, container } = site;
  const readers = [
    curl('plugin, text/plain', 'accept: text/plain', '\n'),
    curl('plugin, server-sent events', 'accept: text/event-stream', '"text":'),
  ];
  if (await exists('kubectl')) {
    const place = [
      '--kubeconfig',
      kubeconfig,
      ...(context === undefined ? [] : ['--context', context]),
    ];
    const log = ['-n', namespace, 'logs', '-f', finished, '-c', container];
    readers.push({
      name: 'kubectl logs -f',
      mark: '\n',
      command: 'kubectl',
      args: [...place, ...log],
    });
  }
  for (const reader of readers) {
    await check(reader, site.lines);
    await wholeTime(reader);
  }
  const whole = new Map(readers.map(reader => [reader, [] as number[]]));
  const first = new Map(readers.map(reader => [reader, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    // Another one begins each time, so that the portal's collections of garbage
    // don't always fall to the same reader.
    const begin = round % readers.length;
    for (const reader of [
      ...readers.slice(begin),
      ...readers.slice(0, begin),
    ]) {
      whole.get(reader)?.push(await wholeTime(reader));
      first.get(reader)?.push(await firstByte(reader));
    }
  }
  const time = (reader: LogReader) => median(whole.get(reader) ?? []);
  const peer = readers.find(({ command }) => command === 'kubectl');
  const bytes = site.lines * (logText(site.lines / 2).length + 1);
  printTable(
    `A log of ${site.lines} lines, ${Math.round(bytes / 1e6)} MB, from ${site.title}`,
    [
      ['reader', 'whole log', 'throughput', 'of kubectl', 'first byte'],
      ...readers.map(reader => [
        reader.name,
        ms(time(reader)),
        `${(bytes / 1_000 / time(reader)).toFixed(1)} MB/s`,
        peer ? (time(peer) / time(reader)).toFixed(2) : '-',
        ms(median(first.get(reader) ?? [])),
      ]),
    ],
  );
}

async function check(reader: LogReader, expected: number): Promise<void> {
  const lines = await countLines(reader);
  if (lines !== expected) {
    throw new Error(`${reader.name} printed ${lines} of ${expected} lines`);
  }
}

/** Heap of the portal for each of many viewers, over connections of their own. */
async function costOfViewers(
  portal: ChildProcess,
  site: LogSite,
  url: string,
): Promise<void> {
  const heap = async () =>
    (await ask<{ bytes: number }>(portal, { type: 'heap' })).bytes;
  const rows = [['viewers', 'format', 'heap per viewer']];
  for (const accept of ['text/plain', 'text/event-stream']) {
    // The upstream and its buffer are there whoever watches.
    const first = await view(url, accept, site.liveLines);
    const before = await heap();
    const viewers = await Promise.all(
      Array.from({ length: VIEWERS }, () => view(url, accept, site.liveLines)),
    );
    const perViewer = ((await heap()) - before) / VIEWERS;
    rows.push([`${VIEWERS}`, accept, `${(perViewer / 1_000).toFixed(1)} kB`]);
    [first, ...viewers].forEach(close => close());
    await sleep(500);
  }
  printTable(`Viewers of one live log from ${site.title}`, rows);
}

/** Opens a log and resolves when its lines have come; the answer closes it. */
async function view(
  url: string,
  accept: string,
  lines: number,
): Promise<() => void> {
  const headers = { accept, authorization: `Bearer ${TOKEN}` };
  const request = get(url, { agent: new Agent(), headers });
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response.setEncoding('utf8').iterator({
    destroyOnReturn: false,
  })) {
    text += chunk;
    if (text.includes(logText(lines - 1))) {
      break;
    }
  }
  response.resume();
  return () => request.destroy();
}
