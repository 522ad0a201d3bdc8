import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { sleep } from '@ml-platform/kube';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { RAYJOBS } from '@ml-platform/rayjob';
import type { Knex } from 'knex';
import {
  startRealBackend,
  type RealBackend,
} from '../__testUtils__/realBackend';
import { ATTEMPTS, EARLIER_RUNS, JOBS } from './historyTables';

const MIGRATIONS = resolve(__dirname, '../../migrations');
const TABLES = [JOBS, ATTEMPTS, EARLIER_RUNS, 'ray_log_archives'];
/** Of the time before the first release, when nobody upgraded. */
const BEFORE_RELEASE = '20261128_earlier_runs.js';

/** What the version after this one may bring. */
const NEXT = `
exports.up = async knex => {
  await knex.schema.alterTable('${JOBS}', table => {
    table.string('priority', 64).nullable();
    table.index(['priority'], 'ray_job_history_priority_idx');
  });
  await knex.schema.createTable('ray_job_notes', table => {
    table.increments();
    table.text('note').notNullable();
  });
};
exports.down = async () => {};
`;

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_15'],
  // A database server is used where its address is in the environment.
  disableDocker: true,
});

async function columnsOf(knex: Knex) {
  const columns = new Map<string, Knex.ColumnInfo>();
  for (const table of TABLES) {
    const info = await knex(table).columnInfo();
    for (const [name, column] of Object.entries(info)) {
      columns.set(`${table}.${name}`, column);
    }
  }
  return columns;
}

describe.each(databases.eachSupportedId())('the migrations, on %s', id => {
  it('only add what the version before can do without', async () => {
    const knex = await databases.init(id);
    const names = (await readdir(MIGRATIONS)).sort();
    for (const name of names) {
      const before = await columnsOf(knex);
      await knex.migrate.up({ directory: MIGRATIONS });
      if (name <= BEFORE_RELEASE) {
        continue;
      }
      const after = await columnsOf(knex);
      expect([...after].filter(([column]) => before.has(column))).toEqual([
        ...before,
      ]);
      const known = new Set([...before.keys()].map(key => key.split('.')[0]));
      const required = [...after].filter(
        ([key, { nullable, defaultValue }]) =>
          !before.has(key) &&
          known.has(key.split('.')[0]) &&
          !nullable &&
          defaultValue === null,
      );
      expect(required).toEqual([]);
    }
    expect(await knex.migrate.list({ directory: MIGRATIONS })).toEqual([
      expect.anything(),
      [],
    ]);
  });

  it('let backends of two versions work on one database', async () => {
    const knex = await databases.init(id);
    const api = await FakeKubeApi.start();
    const backends: RealBackend[] = [];
    const start = async () => {
      const backend = await startRealBackend({
        clusters: [{ name: 'c', url: api.url }],
        database: mockServices.database.factory({ knex }),
      });
      await backend.started;
      backends.push(backend);
      return backend;
    };
    const put = (name: string, version: string, jobStatus: string) =>
      api.put(RAYJOBS, {
        metadata: {
          name,
          namespace: 'training',
          uid: `uid-${name}`,
          resourceVersion: version,
        },
        ...{ spec: {}, status: { jobDeploymentStatus: 'Running', jobStatus } },
      });
    /** What a backend knows of a job that is gone. */
    const lastOf = async ({ baseUrl, headers }: RealBackend, name: string) => {
      const url = `${baseUrl}/api/ray/jobs/c/training/${name}`;
      const answer = await fetch(url, { headers });
      const { live, summary } = await answer.json();
      return [live, summary?.state];
    };
    /** Deletes a job once the database has it, and waits until that says so. */
    const deleted = async (name: string) => {
      const row = () =>
        knex(JOBS)
          .where({ id: `c/training/${name}` })
          .first();
      while (!(await row())) {
        await sleep(20);
      }
      api.collection(RAYJOBS).delete(`training/${name}`);
      while (!(await row())?.gone_at) {
        await sleep(20);
      }
    };

    const older = await start();
    put('first', '1', 'RUNNING');
    await deleted('first');

    const directory = await mkdtemp(join(tmpdir(), 'migrations-'));
    await cp(MIGRATIONS, directory, { recursive: true });
    await writeFile(join(directory, '29991231_next.js'), NEXT);
    await knex.migrate.latest({ directory });
    await rm(directory, { recursive: true });

    // The older one goes on, and one of its version may start again.
    put('second', '2', 'RUNNING');
    await deleted('second');
    const again = await start();
    put('third', '3', 'RUNNING');
    await deleted('third');
    for (const backend of [older, again]) {
      expect(await lastOf(backend, 'second')).toEqual([false, 'stopped']);
      expect(await lastOf(backend, 'third')).toEqual([false, 'stopped']);
    }
    expect(await lastOf(again, 'first')).toEqual([false, 'stopped']);
    expect(await knex(JOBS).select('priority')).toHaveLength(3);

    await Promise.all(backends.map(backend => backend.stop()));
    await api.close();
  }, 60_000);
});
