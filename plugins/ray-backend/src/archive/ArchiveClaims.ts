import { jobId, type JobRef } from '@ml-platform/rayjob';
import type { LogArchiveKey } from '@ml-platform/backstage-plugin-ray-node';
import type { Knex } from 'knex';
import type { JobRunRef } from '../jobs/jobRun';

const TABLE = 'ray_log_archives';

/** Milliseconds after which a writer that says nothing counts as dead. */
const STALE = 10 * 60_000;

const where = (key: LogArchiveKey) => ({
  id: jobId(key),
  uid: key.uid,
  attempt: key.attempt,
});

/**
 * Who archives a log: the one who asks, somebody else who is at it, or nobody any
 * more, as it is done.
 */
export type Claim = 'ours' | 'theirs' | 'settled';

/** Which logs are archived, and who does it: each exactly once among all backends. */
export class ArchiveClaims {
  constructor(
    private readonly options: {
      readonly knex: Knex;
      readonly clock: () => Date;
    },
  ) {}

  /** Asks to be the one who archives the log. */
  async claim(key: LogArchiveKey): Promise<Claim> {
    const { knex, clock } = this.options;
    const now = clock();
    const row = {
      ...where(key),
      state: 'writing',
      claimed_at: now.toISOString(),
    };
    const stale = new Date(now.getTime() - STALE).toISOString();
    const taken = await knex(TABLE)
      .where(where(key))
      .where('state', 'writing')
      .where('claimed_at', '<', stale)
      .update({ claimed_at: row.claimed_at });
    if (taken > 0) {
      return 'ours';
    }
    const known = await this.other(key);
    if (known) {
      return known;
    }
    try {
      await knex(TABLE).insert(row);
      return 'ours';
    } catch (error) {
      // Somebody else was first; anything else is an error.
      const first = await this.other(key);
      if (first) {
        return first;
      }
      throw error;
    }
  }

  /** Says that the writer is still at it. */
  async renew(key: LogArchiveKey): Promise<void> {
    const { knex, clock } = this.options;
    await knex(TABLE)
      .where(where(key))
      .update({ claimed_at: clock().toISOString() });
  }

  async finish(key: LogArchiveKey, state: 'done' | 'empty'): Promise<void> {
    await this.options.knex(TABLE).where(where(key)).update({ state });
  }

  /** Lets somebody else try, or forgets that there was a log. */
  async release(key: LogArchiveKey): Promise<void> {
    await this.options.knex(TABLE).where(where(key)).delete();
  }

  /** Attempts of a job whose logs are archived, in order. */
  async archived(job: JobRef & { readonly uid: string }): Promise<number[]> {
    const rows = await this.options
      .knex(TABLE)
      .select('attempt')
      .where({ id: jobId(job), uid: job.uid, state: 'done' })
      .orderBy('attempt');
    return rows.map(({ attempt }) => attempt);
  }

  /** All logs of one run, or without `uid` of all that had a name. */
  async ofJob(job: JobRunRef): Promise<readonly LogArchiveKey[]> {
    const { uid } = job;
    const rows = await this.options
      .knex(TABLE)
      .where({ id: jobId(job), ...(uid === undefined ? {} : { uid }) });
    return rows.map(toKey);
  }

  /** Logs that were archived before a time; at most 500. */
  async before(time: string): Promise<readonly LogArchiveKey[]> {
    const rows = await this.options
      .knex(TABLE)
      .whereNot('state', 'writing')
      .where('claimed_at', '<', time)
      .limit(500);
    return rows.map(toKey);
  }

  private async other(key: LogArchiveKey): Promise<Claim | undefined> {
    const row = await this.options.knex(TABLE).where(where(key)).first();
    if (!row) {
      return undefined;
    }
    return row.state === 'writing' ? 'theirs' : 'settled';
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
