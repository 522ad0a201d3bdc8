import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import {
  attemptsOfRow,
  jobId,
  type JobAttempt,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { Knex } from 'knex';
import type { JobRunRef } from '../jobs/jobRun';
import { EarlierRuns } from './EarlierRuns';
import type { HistoryDetail, HistoryRecord } from './historyRecord';
import {
  ATTEMPTS,
  EARLIER_RUNS,
  EVENTS,
  FORGET_AT_ONCE,
  JOBS,
  type GoneLimits,
  type RunRow,
} from './historyTables';
import { RunEvents } from './RunEvents';
import { chunks, saveRecords } from './saveRecords';

export interface GoneJob {
  readonly summary: JobSummary;
  readonly goneAt: string;
}

/** The state of a job as the list showed it, with what its pods and git said. */
export type ShownState = Pick<
  JobSummary,
  'state' | 'reason' | 'message' | 'attempt' | 'gitops'
>;

/** A job that was on its cluster when it was last seen. */
export interface PresentJob {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly attempts: readonly JobAttempt[];
  readonly shown: ShownState;
}

function shownState({
  state,
  reason,
  message,
  attempt,
  gitops,
}: JobSummary): ShownState {
  return { state, reason, message, attempt, gitops };
}

/** The history in the database. Every write may be repeated. */
export class HistoryStore {
  /** Runs whose name another job has by now. */
  readonly earlierRuns: EarlierRuns;
  readonly events: RunEvents;
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.earlierRuns = new EarlierRuns(knex);
    this.events = new RunEvents(knex);
  }

  /** Opens the plugin's database and brings its tables up to date. */
  static async create(database: DatabaseService): Promise<HistoryStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@ml-platform/backstage-plugin-ray-backend',
          'migrations',
        ),
        // While an upgrade goes on, and after it is undone, the tables are ahead of
        // this version; what is in them stays usable to it.
        disableMigrationsListValidation: true,
      });
    }
    return new HistoryStore(knex);
  }

  /** The database, for what belongs to the same jobs. */
  get client(): Knex {
    return this.#knex;
  }

  /**
   * Writes jobs that are on their clusters. Others that had their names are kept
   * among the earlier runs.
   */
  async save(records: readonly HistoryRecord[], now: Date): Promise<void> {
    for (const chunk of chunks(records)) {
      await this.#knex.transaction(async trx => {
        const last = await this.earlierRuns.keepReplaced(trx, chunk, now);
        await saveRecords(trx, last);
      });
    }
  }

  /** Notes that jobs are no longer on their clusters. */
  async saveGone(jobs: readonly GoneJob[]): Promise<void> {
    for (const { summary, goneAt } of jobs) {
      const updated = await this.#knex(JOBS)
        .where({ id: jobId(summary), uid: summary.uid })
        .update({ summary: JSON.stringify(summary), gone_at: goneAt });
      if (updated === 0) {
        await this.earlierRuns.saveGone(summary, goneAt);
      }
    }
  }

  /** A page of jobs that are gone, those last that went first. */
  async gone(page: {
    readonly limit: number;
    readonly offset: number;
  }): Promise<readonly JobSummary[]> {
    const rows = await this.#knex(JOBS)
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
  async present(cluster: string): Promise<ReadonlyMap<string, PresentJob>> {
    const rows = await this.#knex(JOBS)
      .leftJoin(ATTEMPTS, join =>
        join
          .on(`${JOBS}.id`, `${ATTEMPTS}.id`)
          .andOn(`${JOBS}.uid`, `${ATTEMPTS}.uid`),
      )
      .select(
        `${JOBS}.id`,
        `${JOBS}.uid`,
        'resource_version',
        `${JOBS}.summary`,
        `${ATTEMPTS}.summary as attempt_summary`,
      )
      .where({ cluster })
      .whereNull('gone_at')
      .orderBy([`${JOBS}.id`, 'attempt']);
    const jobs = new Map<string, PresentJob>();
    for (const row of rows) {
      const known = jobs.get(row.id);
      const attempts = known?.attempts ?? [];
      const next = row.attempt_summary ? [JSON.parse(row.attempt_summary)] : [];
      jobs.set(row.id, {
        uid: row.uid,
        resourceVersion: row.resource_version,
        attempts: [...attempts, ...next],
        shown: known?.shown ?? shownState(JSON.parse(row.summary)),
      });
    }
    return jobs;
  }

  /** Names of all clusters that the history knows. */
  async clusters(): Promise<readonly string[]> {
    const rows = await this.#knex(JOBS).distinct('cluster');
    return rows.map(({ cluster }) => cluster);
  }

  /** The row of a run as it was last seen. */
  async summary(ref: JobRunRef): Promise<JobSummary | undefined> {
    const row = await this.#find(ref);
    return row && JSON.parse(row.summary);
  }

  /** What is known of a job, or of one run of it, beside its row. */
  async detail(ref: JobRunRef): Promise<HistoryDetail | undefined> {
    const row = await this.#find(ref);
    if (!row) {
      return undefined;
    }
    const attempts = await this.#attempts(row);
    const gone = row.gone_at === null ? undefined : JSON.parse(row.summary);
    return {
      attempts: gone ? attemptsOfRow(attempts, gone) : attempts,
      conditions: JSON.parse(row.conditions),
      pods: row.pods ? JSON.parse(row.pods) : [],
      manifest: JSON.parse(row.manifest),
    };
  }

  /** Jobs that went before a time, or that are too many; at most 500. */
  async expired({
    before,
    maxJobs,
  }: GoneLimits): Promise<readonly JobSummary[]> {
    const rows = await this.#knex(JOBS)
      .select('summary')
      .where('gone_at', '<', before)
      .limit(FORGET_AT_ONCE);
    return rows.length > 0
      ? rows.map(({ summary }) => JSON.parse(summary))
      : this.gone({ limit: FORGET_AT_ONCE, offset: maxJobs });
  }

  /** Forgets all runs of a name. */
  async delete(ref: JobRef): Promise<void> {
    const id = jobId(ref);
    for (const table of [ATTEMPTS, EVENTS, EARLIER_RUNS, JOBS]) {
      await this.#knex(table).where({ id }).delete();
    }
  }

  async #find(ref: JobRunRef): Promise<RunRow | undefined> {
    const id = jobId(ref);
    const { uid } = ref;
    const row: RunRow | undefined = await this.#knex(JOBS)
      .where({ id })
      .first();
    return uid === undefined || row?.uid === uid
      ? row
      : this.earlierRuns.find({ ...ref, uid });
  }

  /** Attempts of one run, in order. */
  async #attempts({ id, uid }: RunRow): Promise<readonly JobAttempt[]> {
    const rows = await this.#knex(ATTEMPTS)
      .select('summary')
      .where({ id, uid })
      .orderBy('attempt');
    return rows.map(({ summary }) => JSON.parse(summary));
  }
}
