import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type {
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { parseJobOrder } from '@ml-platform/rayjob';
import express from 'express';
import Knex from 'knex';
import { Clusters } from '../src/clusters/Clusters';
import { HistoryStore } from '../src/history/HistoryStore';
import { JobHistory } from '../src/history/JobHistory';
import { JobStream } from '../src/http/jobStream';
import { JobIndex } from '../src/jobs/JobIndex';
import { Jobs } from '../src/jobs/Jobs';
import { Authorizer } from '../src/permissions/Authorizer';
import { ask, startHelper } from './helper';
import { heapUsed, ms, percentile, printTable } from './measure';

const JOBS = [100, 1_000, 10_000];
const VIEWERS = 200;
const CHANGES_PER_SECOND = 50;
const SECONDS = 10;

const silent: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => silent,
};

/** Lets everybody see everything, without the services that ask. */
function openAuthorizer(): Authorizer {
  const allow = async (requests: readonly unknown[]) =>
    requests.map(() => ({ result: AuthorizeResult.ALLOW }));
  return new Authorizer({
    permissions: {
      authorize: allow,
      authorizeConditional: allow,
    } as PermissionsService,
    // Not reached where a decision has no conditions.
    httpAuth: {} as HttpAuthService,
    permissionsRegistry: {} as PermissionsRegistryService,
  });
}

/**
 * From a change on the cluster to its arrival at each of many viewers, over real
 * connections. Cluster and viewers are a process of their own.
 */
export async function freshness(): Promise<void> {
  const rows = [
    [
      'jobs',
      'arrivals',
      'expected',
      'p50',
      'p95',
      'p99',
      'max',
      'heap per viewer',
      'CPU',
    ],
  ];
  for (const jobs of JOBS) {
    const world = startHelper('freshnessWorld.ts');
    try {
      rows.push(await measureFreshness(world, jobs));
    } finally {
      world.kill();
    }
  }
  printTable(
    `Freshness: ${CHANGES_PER_SECOND} changes a second, ${VIEWERS} viewers, ${SECONDS} s`,
    rows,
  );
}

/** The row of the table for one number of jobs. */
async function measureFreshness(
  world: ChildProcess,
  count: number,
): Promise<string[]> {
  const { url } = await ask<{ url: string }>(world, {
    type: 'cluster',
    jobs: count,
  });
  const index = new JobIndex();
  const clock = () => new Date();
  const knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const history = new JobHistory({
    store: await HistoryStore.create({ getClient: async () => knex }),
    index,
    config: { retentionMs: 1e9, maxJobs: 1e5 },
    logger: silent,
    clock,
  });
  const clusters = new Clusters({
    entries: [
      {
        name: 'c',
        title: 'c',
        holdsJobs: true,
        access: {
          ok: true,
          config: {
            name: 'c',
            url: url,
            auth: { type: 'token', token: 'secret' },
          },
        },
      },
    ],
    index,
    logger: silent,
    observers: [history],
  });
  const authorizer = openAuthorizer();
  const jobs = new Jobs({ index, clusters, history, authorizer, clock });
  const stop = new AbortController();
  await history.load(clusters);
  const done = [clusters.run(stop.signal), history.run(clusters, stop.signal)];
  const stream = new JobStream({
    index,
    jobs,
    clusters,
    authorizer,
    closing: stop.signal,
    epoch: 'bench',
  });
  const app = express();
  app.get('/stream', (request, response) => {
    const query = { filter: {}, order: parseJobOrder(undefined), limit: 50 };
    const credentials = {
      $$type: '@backstage/BackstageCredentials',
      principal: { type: 'none' },
    } as const;
    stream
      .serve(request, response, credentials, { query, counts: true })
      .catch(() => response.destroy());
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  while (!clusters.isSynced('c')) {
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
  }
  // Lets the history write what it saw.
  await new Promise(resolve => {
    setTimeout(resolve, 3_000);
  });
  const before = heapUsed();
  const { port } = server.address() as AddressInfo;
  await ask(world, {
    type: 'viewers',
    url: `http://127.0.0.1:${port}/stream`,
    count: VIEWERS,
  });
  const perViewer = (heapUsed() - before) / VIEWERS;
  const cpu = process.cpuUsage();
  const { delays } = await ask<{ delays: number[] }>(world, {
    type: 'run',
    perSecond: CHANGES_PER_SECOND,
    seconds: SECONDS,
  });
  const { user, system } = process.cpuUsage(cpu);
  stop.abort();
  server.closeAllConnections();
  server.close();
  await Promise.all(done);
  await knex.destroy();
  return [
    String(count),
    String(delays.length),
    String(CHANGES_PER_SECOND * SECONDS * VIEWERS),
    ...[0.5, 0.95, 0.99, 1].map(share => ms(percentile(delays, share))),
    `${Math.round(perViewer / 1_000)} kB`,
    `${Math.round((user + system) / 1e4 / SECONDS)} %`,
  ];
}
