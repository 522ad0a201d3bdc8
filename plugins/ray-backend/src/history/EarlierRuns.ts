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
   * @param now - when those went of which nobody has seen the end
   */
  async keepReplaced(
    trx: Knex.Transaction,
    records: readonly HistoryRecord[],
    now: Date,
  ): Promise<void> {
    const uids = new Map(records.map(({ id, summary }) => [id, summary.uid]));
    const known: Pick<RunRow, 'id' | 'uid'>[] = await trx(JOBS)
      .select('id', 'uid')
      .whereIn('id', [...uids.keys()]);
    for (const { id, uid } of known.filter(
      row => row.uid !== uids.get(row.id),
    )) {
      const replaced: RunRow[] = await trx(JOBS)
        .select('id', 'uid', 'summary', 'manifest', 'conditions', 'pods')
        .select('gone_at')
        .where({ id, uid });
      await trx(EARLIER_RUNS)
        .insert(replaced.map(row => withEnd(row, now)))
        .onConflict(['id', 'uid'])
        .ignore();
    }
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
    await this.#knex(ATTEMPTS).where(where(ref)).delete();
    await this.#knex(EARLIER_RUNS).where(where(ref)).delete();
  }
}
