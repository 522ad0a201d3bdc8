import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  RayJobNotice,
  RayJobNoticeSender,
} from '@ml-platform/backstage-plugin-ray-node';
import {
  isEntityRef,
  isTerminal,
  jobId,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { JobIndex } from '../jobs/JobIndex';
import { Alarms } from './Alarms';
import { NoticeOutbox } from './NoticeOutbox';
import type { ClaimedNotice, NoticeStore } from './NoticeStore';
import { NEWS, NoticeWriter } from './NoticeWriter';
import type { NoticesConfig } from './readNotices';
import { UsualWaits } from './UsualWaits';
import { WAITS, waitingSince, type Wait } from './waitingSince';

export interface JobNoticesOptions {
  readonly store: NoticeStore;
  readonly index: JobIndex;
  readonly sender: RayJobNoticeSender;
  readonly config: NoticesConfig;
  readonly logger: LoggerService;
  readonly clock: () => Date;
}

/**
 * Tells those who asked for jobs how these ended, and that they wait. What is to be told
 * follows from what the index shows, and the database knows what was told: whatever
 * happens while no backend runs, the next one tells of it.
 */
export class JobNotices {
  readonly #options: JobNoticesOptions;
  readonly #waits = new UsualWaits();
  readonly #alarms: Alarms;
  readonly #outbox: NoticeOutbox;
  readonly #writer: NoticeWriter;

  constructor(options: JobNoticesOptions) {
    this.#options = options;
    this.#alarms = new Alarms({
      clock: options.clock,
      onTime: id => this.#ring(id),
    });
    this.#outbox = new NoticeOutbox({
      ...options,
      current: claimed => this.#current(claimed),
    });
    this.#writer = new NoticeWriter({
      ...options,
      onWritten: () => this.#outbox.wake(),
    });
  }

  /** Tells until the signal aborts. To be called once the index is filled. */
  async run(signal: AbortSignal): Promise<void> {
    const { index } = this.#options;
    await this.#writer.begin(signal);
    if (signal.aborted) {
      return;
    }
    const unsubscribe = index.subscribe(({ id, before, after }) =>
      after ? this.#look(after, before) : this.#forget(id),
    );
    for (const job of index.all()) {
      this.#look(job);
    }
    await Promise.all([this.#writer.run(signal), this.#outbox.run(signal)]);
    unsubscribe();
    this.#alarms.close();
  }

  #forget(id: string): void {
    WAITS.forEach(wait => this.#alarms.clear(`${id}/${wait}`));
  }

  #look(job: JobSummary, before?: JobSummary): void {
    this.#waits.take(job, before);
    if (!isEntityRef(job.owner)) {
      return;
    }
    const same = before?.uid === job.uid ? before : undefined;
    if (isTerminal(job.state)) {
      if (!same || !isTerminal(same.state)) {
        this.#end(job, before);
      }
    } else if (same && isTerminal(same.state)) {
      // A job that was stopped can be resumed.
      this.#writer.undo({ subject: 'end', job });
    }
    for (const wait of WAITS) {
      this.#await(job, wait, same);
    }
  }

  /** Sets the alarm of a wait that begins, and ends that of one that is over. */
  #await(job: JobSummary, wait: Wait, before?: JobSummary): void {
    const key = alarmOf(job, wait);
    const since = waitingSince(job, wait);
    if (!since || !before || waitingSince(before, wait) !== since) {
      this.#alarms.clear(key);
    }
    const at = since ? this.#patience(job, wait, since) : NaN;
    if (!Number.isNaN(at) && !this.#alarms.has(key)) {
      this.#alarms.set(key, at);
    }
  }

  #end(job: JobSummary, before?: JobSummary): void {
    const { endedAt, startedAt, createdAt } = job;
    const seenAt = before && this.#options.clock().toISOString();
    const happenedAt = endedAt ?? seenAt ?? startedAt ?? createdAt;
    this.#writer.put({ subject: 'end', job, happenedAt });
  }

  /** Until when a job may wait, in milliseconds since the epoch. */
  #patience(job: JobSummary, wait: Wait, since: string): number {
    const { pullRequestMs, shortestWaitMs, timesUsual } = this.#options.config;
    const usual = this.#waits.of(job.workload) ?? 0;
    const patience =
      wait === 'wait'
        ? Math.max(shortestWaitMs, timesUsual * usual)
        : pullRequestMs;
    return Date.parse(since) + patience;
  }

  #ring(key: string): void {
    const [cluster, namespace, name, subject] = key.split('/');
    const job = this.#options.index.get({ cluster, namespace, name });
    const wait = WAITS.find(one => one === subject);
    const since = job && wait && waitingSince(job, wait);
    if (!job || !wait || !since) {
      return;
    }
    const at = this.#patience(job, wait, since);
    if (at > this.#options.clock().getTime()) {
      // By now other runs have shown that this wait is usual.
      this.#alarms.set(key, at);
    } else {
      const happenedAt = new Date(at).toISOString();
      this.#writer.put({ subject: wait, job, happenedAt });
    }
  }

  /** What a notice says now; `undefined` once its job has got on, or it is no news. */
  #current(claimed: ClaimedNotice): RayJobNotice | undefined {
    const { subject, happenedAt } = claimed;
    const now = this.#options.clock().getTime();
    const shown = this.#shown(claimed.job);
    const job = shown ?? claimed.job;
    if (now - Date.parse(happenedAt) > NEWS) {
      return undefined;
    }
    if (subject === 'end') {
      return isTerminal(job.state)
        ? { kind: job.state === 'failed' ? 'failed' : 'ended', job }
        : undefined;
    }
    const since = shown && waitingSince(shown, subject);
    if (!since) {
      return undefined;
    }
    const ms = now - Date.parse(since);
    if (subject === 'wait') {
      const usualMs = this.#waits.of(job.workload);
      return { kind: 'waits', job, waitedMs: ms, usualMs };
    }
    const { pullRequestUrl, pendingChange } = job.gitops ?? {};
    const stops = pendingChange?.verb === 'stop' ? 'stop' : 'delete';
    return {
      kind: 'pull-request',
      job,
      openMs: ms,
      verb: subject === 'merge' ? 'run' : stops,
      url: subject === 'merge' ? pullRequestUrl : pendingChange?.pullRequestUrl,
    };
  }

  /** The row of this run, where the index has it. */
  #shown(ref: JobRef & { readonly uid: string }): JobSummary | undefined {
    const shown = this.#options.index.get(ref);
    return shown?.uid === ref.uid ? shown : undefined;
  }
}

function alarmOf(job: JobRef, wait: Wait): string {
  return `${jobId(job)}/${wait}`;
}
