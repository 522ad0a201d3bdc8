import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import {
  jobId,
  type JobAttempt,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { Knex } from 'knex';
import {
  settledAttempts,
  type HistoryDetail,
  type HistoryRecord,
} from './historyRecord';

const JOBS = 'ray_job_history';
const ATTEMPTS = 'ray_job_attempts';

/** Rows in one statement: databases limit its parameters. */
const CHUNK = 100;

export interface GoneJob {
  readonly summary: JobSummary;
  readonly goneAt: string;
}

function chunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / CHUNK);
  return Array.from({ length: count }, (_, i) =>
    items.slice(i * CHUNK, (i + 1) * CHUNK),
  );
}

/** The history in the database. Every write may be repeated. */
export class HistoryStore {
  private constructor(private readonly knex: Knex) {}

  /** Opens the plugin's database and brings its tables up to date. */
  static async create(database: DatabaseService): Promise<HistoryStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@ml-platform/backstage-plugin-ray-backend',
          'migrations',
        ),
      });
    }
    return new HistoryStore(knex);
  }

  /** The database, for what belongs to the same jobs. */
  get client(): Knex {
    return this.knex;
  }

  /** Writes jobs that are on their clusters. */
  async save(records: readonly HistoryRecord[]): Promise<void> {
    const { knex } = this;
    const excluded = (column: string) => knex.raw('excluded.??', [column]);
    for (const chunk of chunks(records)) {
      await knex.transaction(async trx => {
        await trx(JOBS)
          .insert(
            chunk.map(record => ({
              id: record.id,
              cluster: record.summary.cluster,
              uid: record.summary.uid,
              resource_version: record.resourceVersion,
              summary: JSON.stringify(record.summary),
              manifest: record.manifest,
              conditions: JSON.stringify(record.conditions),
              pods: record.pods ? JSON.stringify(record.pods) : null,
              gone_at: null,
            })),
          )
          .onConflict('id')
          .merge({
            uid: excluded('uid'),
            resource_version: excluded('resource_version'),
            summary: excluded('summary'),
            manifest: excluded('manifest'),
            conditions: excluded('conditions'),
            pods: knex.raw(
              'case when excluded.?? = ??.?? then coalesce(excluded.??, ??.??) else excluded.?? end',
              ['uid', JOBS, 'uid', 'pods', JOBS, 'pods', 'pods'],
            ),
            gone_at: null,
          });
        await trx(ATTEMPTS)
          .insert(
            chunk.flatMap(({ id, summary, attempts }) =>
              attempts.map(attempt => ({
                id,
                uid: summary.uid,
                attempt: attempt.attempt,
                summary: JSON.stringify(attempt),
              })),
            ),
          )
          .onConflict(['id', 'uid', 'attempt'])
          .merge(['summary']);
      });
    }
  }

  /** Notes that jobs are no longer on their clusters. */
  async saveGone(jobs: readonly GoneJob[]): Promise<void> {
    for (const { summary, goneAt } of jobs) {
      await this.knex(JOBS)
        .where({ id: jobId(summary), uid: summary.uid })
        .update({ summary: JSON.stringify(summary), gone_at: goneAt });
    }
  }

  /** A page of jobs that are gone, those last that went first. */
  async gone(page: {
    readonly limit: number;
    readonly offset: number;
  }): Promise<readonly JobSummary[]> {
    const rows = await this.knex(JOBS)
      .select('summary')
      .whereNotNull('gone_at')
      .orderBy([
        { column: 'gone_at', order: 'desc' },
        { column: 'id', order: 'asc' },
      ])
      .limit(page.limit)
      .offset(page.offset);
    return rows.map(({ summary }) => JSON.parse(summary));
  }

  /** Jobs that were on a cluster when they were last seen, by id. */
  async present(
    cluster: string,
  ): Promise<ReadonlyMap<string, { readonly resourceVersion: string }>> {
    const rows = await this.knex(JOBS)
      .select('id', 'resource_version')
      .where({ cluster })
      .whereNull('gone_at');
    return new Map(
      rows.map(row => [row.id, { resourceVersion: row.resource_version }]),
    );
  }

  /** Names of all clusters that the history knows. */
  async clusters(): Promise<readonly string[]> {
    const rows = await this.knex(JOBS).distinct('cluster');
    return rows.map(({ cluster }) => cluster);
  }

  async summary(id: string): Promise<JobSummary | undefined> {
    const row = await this.knex(JOBS).select('summary').where({ id }).first();
    return row && JSON.parse(row.summary);
  }

  async detail(ref: JobRef): Promise<HistoryDetail | undefined> {
    const id = jobId(ref);
    const row = await this.knex(JOBS).where({ id }).first();
    if (!row) {
      return undefined;
    }
    return {
      attempts: await this.attempts(id, row.uid),
      conditions: JSON.parse(row.conditions),
      pods: row.pods ? JSON.parse(row.pods) : [],
      manifest: JSON.parse(row.manifest),
    };
  }

  /** Attempts of one job, in order. */
  async attempts(id: string, uid: string): Promise<readonly JobAttempt[]> {
    const rows = await this.knex(ATTEMPTS)
      .select('summary')
      .where({ id, uid })
      .orderBy('attempt');
    return settledAttempts(rows.map(({ summary }) => JSON.parse(summary)));
  }

  /** Jobs that went before a time, or that are too many; at most 500. */
  async expired(limits: {
    readonly before: string;
    readonly maxJobs: number;
  }): Promise<readonly JobSummary[]> {
    const rows = await this.knex(JOBS)
      .select('summary')
      .where('gone_at', '<', limits.before)
      .limit(500);
    const surplus =
      rows.length > 0
        ? []
        : await this.gone({ limit: 500, offset: limits.maxJobs });
    return [...rows.map(({ summary }) => JSON.parse(summary)), ...surplus];
  }

  async delete(ref: JobRef): Promise<void> {
    const id = jobId(ref);
    await this.knex(ATTEMPTS).where({ id }).delete();
    await this.knex(JOBS).where({ id }).delete();
  }
}
