import { randomUUID } from 'node:crypto';
import { jobId, type JobRef } from '@ml-platform/rayjob';
import type { LogArchiveKey } from '@ml-platform/backstage-plugin-ray-node';
import type { Knex } from 'knex';
import type { JobRunRef } from '../jobs/jobRun';

const TABLE = 'ray_log_archives';

/** Milliseconds after which a backend that shows no sign of life counts as dead. */
export const LEASE = 15_000;

const where = (key: LogArchiveKey) => ({
  id: jobId(key),
  uid: key.uid,
  attempt: key.attempt,
});

/**
 * Who archives a log: the one who asks, another backend that is at work on it, or
 * nobody any more, because it is done.
 */
export type Claim = 'ours' | 'theirs' | 'settled';

/** How far the archive of an attempt is. */
export interface ArchivedAttempt {
  readonly attempt: number;
  readonly state: 'writing' | 'done' | 'empty';
}

export interface ArchiveClaimsOptions {
  readonly knex: Knex;
  readonly clock: () => Date;
}

/** Which logs are archived, and who does it: one backend at a time for each. */
export class ArchiveClaims {
  readonly #options: ArchiveClaimsOptions;
  /** Names this process. */
  readonly #owner = randomUUID();

  constructor(options: ArchiveClaimsOptions) {
    this.#options = options;
  }

  /** Asks to be the one who archives the log; what is ours stays so. */
  async claim(key: LogArchiveKey): Promise<Claim> {
    const { knex, clock } = this.#options;
    const now = clock();
    const ours = { owner: this.#owner, renewed_at: now.toISOString() };
    const stale = new Date(now.getTime() - LEASE).toISOString();
    const taken = await knex(TABLE)
      .where({ ...where(key), state: 'writing' })
      .where(row =>
        row.where('owner', this.#owner).orWhere('renewed_at', '<', stale),
      )
      .update(ours);
    if (taken > 0) {
      return 'ours';
    }
    await knex(TABLE)
      .insert({ ...where(key), ...ours, state: 'writing' })
      .onConflict(['id', 'uid', 'attempt'])
      .ignore();
    const row = await knex(TABLE).where(where(key)).first();
    if (row?.state !== 'writing') {
      return row ? 'settled' : 'theirs';
    }
    return row.owner === this.#owner ? 'ours' : 'theirs';
  }

  /**
   * Says of all that we archive that we are still at work on it.
   * @returns what no other backend has taken over
   */
  async renew(): Promise<readonly LogArchiveKey[]> {
    const { knex, clock } = this.#options;
    const ours = { owner: this.#owner, state: 'writing' };
    await knex(TABLE).where(ours).update({ renewed_at: clock().toISOString() });
    const rows = await knex(TABLE).where(ours);
    return rows.map(toKey);
  }

  async finish(key: LogArchiveKey, state: 'done' | 'empty'): Promise<void> {
    const renewed_at = this.#options.clock().toISOString();
    await this.#ours(key).update({ state, renewed_at });
  }

  /** Lets another backend continue at once. */
  async release(key: LogArchiveKey): Promise<void> {
    await this.#ours(key).delete();
  }

  /** Lets other backends continue all that is ours. */
  async releaseAll(): Promise<void> {
    await this.#options
      .knex(TABLE)
      .where({ owner: this.#owner, state: 'writing' })
      .delete();
  }

  /** Forgets that there was a log. */
  async forget(key: LogArchiveKey): Promise<void> {
    await this.#options.knex(TABLE).where(where(key)).delete();
  }

  /** All logs of one run, or without `uid` of all that had a name. */
  async ofJob(job: JobRunRef): Promise<readonly LogArchiveKey[]> {
    const { uid } = job;
    const rows = await this.#options
      .knex(TABLE)
      .where({ id: jobId(job), ...(uid === undefined ? {} : { uid }) });
    return rows.map(toKey);
  }

  /** What there is of a job, in order. */
  async attempts(
    job: JobRef & { readonly uid: string },
  ): Promise<readonly ArchivedAttempt[]> {
    return this.#options
      .knex(TABLE)
      .select('attempt', 'state')
      .where({ id: jobId(job), uid: job.uid })
      .orderBy('attempt');
  }

  /** Logs that were archived before a time; at most 500. */
  async before(time: string): Promise<readonly LogArchiveKey[]> {
    const rows = await this.#options
      .knex(TABLE)
      .whereNot('state', 'writing')
      .where('renewed_at', '<', time)
      .limit(500);
    return rows.map(toKey);
  }

  #ours(key: LogArchiveKey) {
    return this.#options
      .knex(TABLE)
      .where({ ...where(key), owner: this.#owner, state: 'writing' });
  }
}

function toKey(row: {
  readonly id: string;
  readonly uid: string;
  readonly attempt: number;
}): LogArchiveKey {
  const [cluster, namespace, name] = row.id.split('/');
  return { cluster, namespace, name, uid: row.uid, attempt: row.attempt };
}
