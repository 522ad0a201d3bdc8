import { execFile, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { encodeLogCursor, followPodLog, KubeClient } from '@ml-platform/sdk';
import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';
import type { LogEndReason } from '@ml-platform/backstage-plugin-ray-common';
import { LogHub } from '../src/logs/LogHub';
import type { LogOpener } from '../src/logs/LogTopic';
import { ask, startHelper } from './helper';
import { heapUsed, median, ms, printTable, timed } from './measure';

const LINES = 400_000;
const VIEWERS = 200;
const run = promisify(execFile);

function opener(client: KubeClient, pod: string): LogOpener {
  return async function* open({
    follow,
    signal,
  }): AsyncGenerator<RayLogEvent, LogEndReason> {
    const stream = followPodLog({
      client,
      namespace: 'n',
      pod,
      container: 'c',
      follow,
      signal,
    });
    for await (const event of stream) {
      yield event.type === 'lines'
        ? { ...event, cursor: encodeLogCursor(event.cursor) }
        : event;
    }
    return 'completed';
  };
}

async function drain(hub: LogHub, open: LogOpener): Promise<number> {
  const { signal } = new AbortController();
  const stream = hub.follow({ key: 'log', open, start: {}, signal });
  let lines = 0;
  let next = await stream.next();
  for (; !next.done; next = await stream.next()) {
    lines += next.value.type === 'lines' ? next.value.lines.length : 0;
  }
  if (lines !== LINES) {
    const { reason, message = '' } = next.value;
    throw new Error(`${lines} of ${LINES} lines came: ${reason} ${message}`);
  }
  return lines;
}

/** A long log through the hub against kubectl, and what a viewer costs. */
export async function logs(): Promise<void> {
  const node = startHelper('logNode.ts');
  try {
    await measureLogs(node);
  } finally {
    node.kill();
  }
}

async function measureLogs(node: ChildProcess): Promise<void> {
  const { url, bytes } = await ask<{ url: string; bytes: number }>(node, {
    lines: LINES,
  });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'c', server: url, skipTLSVerify: true }],
    users: [{ name: 'u', token: 'secret' }],
    contexts: [{ name: 'c', cluster: 'c', user: 'u' }],
    currentContext: 'c',
  });
  const client = new KubeClient({ kubeConfig });
  const newHub = () => new LogHub({ maxBytes: 4 * 1024 * 1024, lingerMs: 0 });

  const ours = median(
    await timed(5, async () => {
      const hub = newHub();
      await drain(hub, opener(client, 'long'));
      hub.close();
    }),
  );
  const rows = [
    ['reader', 'median', 'throughput', 'of kubectl'],
    ['log hub, one viewer', ms(ours), speed(bytes, ours), '-'],
  ];
  const peer = await kubectl(url);
  if (peer) {
    rows[1][3] = (peer / ours).toFixed(2);
    rows.push(['kubectl get --raw', ms(peer), speed(bytes, peer), '1']);
  }
  printTable(`A log of ${LINES} lines, ${Math.round(bytes / 1e6)} MB`, rows);

  const hub = newHub();
  const stop = new AbortController();
  const open = opener(client, 'live');
  const view = () =>
    hub.follow({ key: 'live', open, start: {}, signal: stop.signal });
  const first = view();
  await first.next();
  const before = heapUsed();
  const viewers = Array.from({ length: VIEWERS }, view);
  await Promise.all(viewers.map(viewer => viewer.next()));
  viewers.forEach(viewer => viewer.next());
  const heap = (heapUsed() - before) / VIEWERS;
  printTable('Viewers of one log', [
    ['viewers', 'upstreams', 'heap per viewer'],
    [
      String(hub.viewers),
      String(hub.upstreams),
      `${(heap / 1_000).toFixed(1)} kB`,
    ],
  ]);
  stop.abort();
  hub.close();
  client.close();
}

function speed(bytes: number, time: number): string {
  return `${(bytes / 1_000 / time).toFixed(0)} MB/s`;
}

/** Milliseconds of kubectl for the same bytes; `undefined` where there is none. */
async function kubectl(url: string): Promise<number | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'kubeconfig');
    await writeFile(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'c', cluster: { server: url } }],
        users: [{ name: 'u', user: {} }],
        contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'c',
      }),
    );
    const path = '/api/v1/namespaces/n/pods/long/log?timestamps=true';
    const args = ['--kubeconfig', file, 'get', '--raw', path];
    const options = { maxBuffer: 1e9 };
    const times = await timed(5, () => run('kubectl', args, options));
    return median(times);
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}
