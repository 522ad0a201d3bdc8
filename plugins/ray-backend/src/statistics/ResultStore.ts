import { jobId } from '@ml-platform/rayjob';
import type { Knex } from 'knex';
import type { RunResult } from './RunResult';

const TABLE = 'ray_run_results';

/** Rows in one statement: databases limit its parameters. */
const CHUNK = 50;
/** Characters of a message that are kept. */
const MESSAGE = 500;
const NAME = 255;

interface Row {
  readonly id: string;
  readonly uid: string;
  readonly workload: string;
  readonly owner: string | null;
  readonly version: string | null;
  readonly state: RunResult['state'];
  readonly reason: string | null;
  readonly message: string | null;
  readonly ended_at: string;
  /** PostgreSQL answers large numbers as texts. */
  readonly wait_ms: number | string | null;
  readonly run_ms: number | string | null;
}

const toRow = (result: RunResult): Row => ({
  id: jobId(result),
  uid: result.uid,
  workload: result.workload,
  owner: result.owner?.slice(0, NAME) ?? null,
  version: result.version?.slice(0, NAME) ?? null,
  state: result.state,
  reason: result.reason?.slice(0, NAME) ?? null,
  message: result.message?.slice(0, MESSAGE) ?? null,
  ended_at: result.endedAt,
  wait_ms: result.waitMs ?? null,
  run_ms: result.runMs ?? null,
});

const amount = (value: number | string | null) =>
  value === null ? undefined : Number(value);

function toResult(row: Row): RunResult {
  const [cluster, namespace, name] = row.id.split('/');
  return {
    cluster,
    namespace,
    name,
    uid: row.uid,
    workload: row.workload,
    owner: row.owner ?? undefined,
    version: row.version ?? undefined,
    state: row.state,
    reason: row.reason ?? undefined,
    message: row.message ?? undefined,
    endedAt: row.ended_at,
    waitMs: amount(row.wait_ms),
    runMs: amount(row.run_ms),
  };
}

/** How runs ended, in the database. Every write may be repeated. */
export class ResultStore {
  readonly #knex: Knex;

  /** @param knex - the plugin's database, with its tables up to date */
  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes those that are not known yet, or that are known to have ended otherwise. */
  async save(results: readonly RunResult[]): Promise<void> {
    for (let at = 0; at < results.length; at += CHUNK) {
      await this.#saveChunk(results.slice(at, at + CHUNK).map(toRow));
    }
  }

  async #saveChunk(rows: readonly Row[]): Promise<void> {
    const known: readonly Row[] = await this.#knex(TABLE).whereIn(
      'id',
      rows.map(({ id }) => id),
    );
    const textOf = ({ id, uid, state, reason }: Row) =>
      JSON.stringify([id, uid, state, reason]);
    const same = new Set(known.map(textOf));
    const fresh = rows.filter(row => !same.has(textOf(row)));
    if (fresh.length > 0) {
      await this.#knex(TABLE).insert(fresh).onConflict(['id', 'uid']).merge();
    }
  }

  /** The last runs of a workload that ended since a moment, the newest first. */
  async of(options: {
    readonly workload: string;
    /** ISO 8601 in UTC. */
    readonly since: string;
    readonly limit: number;
  }): Promise<readonly RunResult[]> {
    const rows: readonly Row[] = await this.#knex(TABLE)
      .where('workload', options.workload)
      .andWhere('ended_at', '>=', options.since)
      .orderBy('ended_at', 'desc')
      .limit(options.limit);
    return rows.map(toResult);
  }

  /** Forgets the runs that ended before a moment, ISO 8601 in UTC. */
  async forget(before: string): Promise<void> {
    await this.#knex(TABLE).where('ended_at', '<', before).delete();
  }
}
