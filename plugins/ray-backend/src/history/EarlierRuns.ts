import {
  endedByRay,
  jobId,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { Knex } from 'knex';
import { goneSummary } from './goneSummary';
import type { HistoryRecord } from './historyRecord';
import {
  ATTEMPTS,
  EARLIER_RUNS,
  EVENTS,
  FORGET_AT_ONCE,
  JOBS,
  type GoneLimits,
  type RunRow,
} from './historyTables';

/** Earlier runs of one name that are told of. */
const TOLD = 50;

type RunRef = JobRef & { readonly uid: string };

const where = (ref: RunRef) => ({ id: jobId(ref), uid: ref.uid });

/** A run as it is kept once it is gone, also where nobody has seen that. */
function withEnd(row: RunRow, now: Date): RunRow {
  const goneAt = now.toISOString();
  if (row.gone_at !== null) {
    return row;
  }
  const last = endedByRay(
    JSON.parse(row.summary),
    JSON.parse(row.manifest),
    goneAt,
  );
  const summary = JSON.stringify(goneSummary(last, now));
  return { ...row, summary, gone_at: goneAt };
}

/** Runs whose name another job has by now, in the database. */
export class EarlierRuns {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Keeps what is known of the runs that others replace.
   *
   * @param now - when those went of which nobody has seen the end
   * @returns the records of the last run of each name: another backend may have
   * written a later one already
   */
  async keepReplaced(
    trx: Knex.Transaction,
    records: readonly HistoryRecord[],
    now: Date,
  ): Promise<readonly HistoryRecord[]> {
    const ids = records.map(({ id }) => id);
    const known: Pick<RunRow, 'id' | 'uid'>[] = await trx(JOBS)
      .select('id', 'uid')
      .whereIn('id', ids);
    const uids = new Map(known.map(({ id, uid }) => [id, uid]));
    const last: HistoryRecord[] = [];
    for (const record of records) {
      const { id, summary } = record;
      const uid = uids.get(id) ?? summary.uid;
      if (
        uid === summary.uid ||
        (await this.#replace(trx, { id, uid }, summary, now))
      ) {
        last.push(record);
      }
    }
    return last;
  }

  /** False for a run that is not the later one. */
  async #replace(
    trx: Knex.Transaction,
    run: Pick<RunRow, 'id' | 'uid'>,
    by: JobSummary,
    now: Date,
  ): Promise<boolean> {
    const row: RunRow | undefined = await trx(JOBS)
      .select('id', 'uid', 'summary', 'manifest', 'conditions', 'pods')
      .select('gone_at')
      .where(run)
      .first();
    if (row) {
      const { createdAt }: JobSummary = JSON.parse(row.summary);
      if (createdAt > by.createdAt) {
        return false;
      }
      await trx(EARLIER_RUNS)
        .insert(withEnd(row, now))
        .onConflict(['id', 'uid'])
        .ignore();
    }
    return true;
  }

  async find(ref: RunRef): Promise<RunRow | undefined> {
    return this.#knex(EARLIER_RUNS).where(where(ref)).first();
  }

  /** Those of one name, the last first. */
  async of(ref: JobRef): Promise<readonly JobSummary[]> {
    const rows: RunRow[] = await this.#knex(EARLIER_RUNS)
      .where({ id: jobId(ref) })
      .orderBy('gone_at', 'desc')
      .limit(TOLD);
    return rows.map(({ summary }) => JSON.parse(summary));
  }

  /** Notes how a run ended that is known to be replaced. */
  async saveGone(summary: JobSummary, goneAt: string): Promise<void> {
    await this.#knex(EARLIER_RUNS)
      .where(where(summary))
      .update({ summary: JSON.stringify(summary), gone_at: goneAt });
  }

  /** Runs that went before a time, or that are too many; at most 500. */
  async expired(limits: GoneLimits): Promise<readonly JobSummary[]> {
    const old: RunRow[] = await this.#knex(EARLIER_RUNS)
      .where('gone_at', '<', limits.before)
      .limit(FORGET_AT_ONCE);
    const rows: RunRow[] =
      old.length > 0
        ? old
        : await this.#knex(EARLIER_RUNS)
            .orderBy('gone_at', 'desc')
            .limit(FORGET_AT_ONCE)
            .offset(limits.maxJobs);
    return rows.map(({ summary }) => JSON.parse(summary));
  }

  async delete(ref: RunRef): Promise<void> {
    for (const table of [ATTEMPTS, EVENTS, EARLIER_RUNS]) {
      await this.#knex(table).where(where(ref)).delete();
    }
  }
}
