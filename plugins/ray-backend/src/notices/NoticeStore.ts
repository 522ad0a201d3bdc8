import { jobId, type JobSummary } from '@ml-platform/rayjob';
import type { Knex } from 'knex';
import type { Wait } from './waitingSince';

const NOTICES = 'ray_job_notices';
const BEGIN = 'ray_job_notices_begin';
const BEGUN = { id: 'jobs' };

/** Rows in one statement: databases limit its parameters. */
const CHUNK = 100;
/** Milliseconds that a backend has to send what it claimed. */
export const LEASE = 60_000;

/** What there is to tell of a job: how it ended, or what it waits for. */
export type NoticeSubject = 'end' | Wait;

/** Something that is to be told of a job. */
export interface NewNotice {
  readonly subject: NoticeSubject;
  /** As it was when this happened. */
  readonly job: JobSummary;
  /** ISO 8601 */
  readonly happenedAt: string;
}

/** A notice that is ours to send, until {@link LEASE} is over. */
export interface ClaimedNotice extends NewNotice {
  /** Times that it was tried before. */
  readonly tries: number;
}

interface NoticeRow {
  readonly id: string;
  readonly uid: string;
  readonly subject: NoticeSubject;
  readonly job: string;
  readonly happened_at: string;
  readonly tries: number;
  readonly due_at: string;
}

/** Names a notice: a run has one of each subject. */
export type NoticeKey = Pick<NewNotice, 'subject' | 'job'>;

/** A {@link NoticeKey} as text. */
export function noticeKey({ subject, job }: NoticeKey): string {
  return `${jobId(job)}@${job.uid}/${subject}`;
}

const where = ({ subject, job }: NoticeKey) => ({
  id: jobId(job),
  uid: job.uid,
  subject,
});

/** The notices in the database, for all backends of one portal. */
export class NoticeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Since when people are told of their jobs: the first who asks begins. */
  async begin(now: Date): Promise<string> {
    await this.#knex(BEGIN)
      .insert({ ...BEGUN, since: now.toISOString() })
      .onConflict('id')
      .ignore();
    const row = await this.#knex(BEGIN).where(BEGUN).first();
    return row?.since ?? now.toISOString();
  }

  /** Nobody is told any more; the next who begins does so from then on. */
  async end(): Promise<void> {
    await this.#knex(BEGIN).delete();
    await this.#knex(NOTICES).where({ sent: false }).delete();
  }

  /** Adds what is not known yet, to be sent at once. */
  async add(notices: readonly NewNotice[], now: Date): Promise<void> {
    for (let from = 0; from < notices.length; from += CHUNK) {
      const rows = notices.slice(from, from + CHUNK).map(notice => ({
        ...where(notice),
        job: JSON.stringify(notice.job),
        happened_at: notice.happenedAt,
        due_at: now.toISOString(),
      }));
      await this.#knex(NOTICES)
        .insert(rows)
        .onConflict(['id', 'uid', 'subject'])
        .ignore();
    }
  }

  /** Takes the next notice that is due, which no other backend has then. */
  async claim(now: Date): Promise<ClaimedNotice | undefined> {
    const due_at = new Date(now.getTime() + LEASE).toISOString();
    for (;;) {
      const row: NoticeRow | undefined = await this.#knex(NOTICES)
        .where({ sent: false })
        .where('due_at', '<=', now.toISOString())
        .orderBy('due_at')
        .first();
      if (!row) {
        return undefined;
      }
      const { id, uid, subject, tries } = row;
      const taken = await this.#knex(NOTICES)
        .where({ id, uid, subject, sent: false, due_at: row.due_at })
        .update({ due_at, tries: tries + 1 });
      if (taken > 0) {
        const job: JobSummary = JSON.parse(row.job);
        return { subject, job, happenedAt: row.happened_at, tries };
      }
    }
  }

  async setSent(notice: NoticeKey): Promise<void> {
    await this.#knex(NOTICES).where(where(notice)).update({ sent: true });
  }

  /** Lets any backend try once more from a time on. */
  async postpone(notice: NoticeKey, until: Date): Promise<void> {
    await this.#knex(NOTICES)
      .where({ ...where(notice), sent: false })
      .update({ due_at: until.toISOString() });
  }

  /** Forgets a notice: what it tells of may happen once more. */
  async delete(notice: NoticeKey): Promise<void> {
    await this.#knex(NOTICES).where(where(notice)).delete();
  }

  /** Forgets what happened before a time. */
  async prune(before: Date): Promise<void> {
    await this.#knex(NOTICES)
      .where('happened_at', '<', before.toISOString())
      .delete();
  }
}
