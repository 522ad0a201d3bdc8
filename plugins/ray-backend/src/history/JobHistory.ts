import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  jobId,
  jobPod,
  type JobRef,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { sleep } from '@ml-platform/kube';
import type { Clusters } from '../clusters/Clusters';
import type { JobObserver } from '../clusters/JobObserver';
import type { JobIndex } from '../index/JobIndex';
import { Notifier } from '../util/Notifier';
import { GoneJobs } from './GoneJobs';
import {
  goneSummary,
  historyRecord,
  mergeRecords,
  type HistoryDetail,
  type HistoryRecord,
} from './historyRecord';
import type { GoneJob, HistoryStore } from './HistoryStore';
import type { HistoryConfig } from './readHistory';

/** Milliseconds in which the changes of a job become one write. */
const BATCH = 1_000;
/** Milliseconds between two looks for what is too old. */
const SWEEP = 3_600_000;
/** Milliseconds before a write that failed is tried again. */
const RETRY = 10_000;
const PAGE = 500;

export interface JobHistoryOptions {
  readonly store: HistoryStore;
  readonly index: JobIndex;
  readonly config: HistoryConfig;
  readonly logger: LoggerService;
  readonly clock: () => Date;
  /** Called for each job that is forgotten, before it is. */
  readonly onForget?: (job: JobSummary) => Promise<void>;
}

/**
 * Keeps jobs listed whose objects are gone: writes what the watches see to the
 * database, in batches, and gives the index a row for each job that went.
 */
export class JobHistory implements JobObserver {
  private pending = new Map<string, HistoryRecord>();
  private pendingGone = new Map<string, GoneJob>();
  /** Versions that are written already; only until the first sync. */
  private readonly written = new Map<string, string>();
  private readonly notifier = new Notifier();
  private writing: Promise<void> = Promise.resolve();
  private clusters: Clusters | undefined;
  private readonly goneJobs: GoneJobs;

  constructor(private readonly options: JobHistoryOptions) {
    this.goneJobs = new GoneJobs({
      ...options,
      onGone: job => this.gone(job),
    });
  }

  seen(cluster: string, job: RayJob): void {
    const record = historyRecord(cluster, job);
    const { id, resourceVersion } = record;
    if (resourceVersion && this.written.get(id) === resourceVersion) {
      return;
    }
    this.pending.set(id, mergeRecords(this.pending.get(id), record));
    this.pendingGone.delete(id);
    this.notifier.notify();
  }

  gone(last: JobSummary): void {
    const now = this.options.clock();
    const summary = goneSummary(last, now);
    this.options.index.setGone(summary);
    const unwritten = this.pending.get(jobId(last));
    if (unwritten) {
      this.pending.set(unwritten.id, this.complete(unwritten));
    }
    this.pendingGone.set(jobId(last), { summary, goneAt: now.toISOString() });
    this.notifier.notify();
  }

  /** Puts the jobs that are gone into the index. */
  async load(clusters: Clusters): Promise<void> {
    const { store, index, config } = this.options;
    this.clusters = clusters;
    for (const cluster of await store.clusters()) {
      for (const [id, { resourceVersion }] of await store.present(cluster)) {
        this.written.set(id, resourceVersion);
      }
      this.goneJobs.expect(cluster);
    }
    await this.goneJobs.look(clusters);
    await this.flush();
    for (let offset = 0; offset < config.maxJobs; offset += PAGE) {
      const limit = Math.min(PAGE, config.maxJobs - offset);
      const page = await store.gone({ limit, offset });
      page.forEach(summary => index.setGone(summary));
      if (page.length < limit) {
        return;
      }
    }
  }

  /** Writes and forgets until the signal aborts, then writes what is left. */
  async run(clusters: Clusters, signal: AbortSignal): Promise<void> {
    const unsubscribe = clusters.subscribe(() => this.notifier.notify());
    let sweepAt = 0;
    while (!signal.aborted) {
      try {
        if (await this.goneJobs.look(clusters)) {
          this.written.clear();
        }
        await this.flush();
        if (this.options.clock().getTime() >= sweepAt) {
          sweepAt = this.options.clock().getTime() + SWEEP;
          await this.sweep();
        }
        await this.idle(signal);
        await sleep(BATCH, signal);
      } catch (error) {
        this.options.logger.warn(
          `The history of jobs can't be written; trying again: ${error}`,
        );
        await sleep(RETRY, signal);
      }
    }
    unsubscribe();
    await this.flush().catch(error =>
      this.options.logger.warn(`The last changes were not written: ${error}`),
    );
  }

  /** What is known of a job beside its row, also while it is on its cluster. */
  async detail(ref: JobRef): Promise<HistoryDetail | undefined> {
    await this.flush();
    return this.options.store.detail(ref);
  }

  /** Forgets a job that is gone. */
  async forget(job: JobSummary): Promise<void> {
    await this.options.onForget?.(job);
    await this.options.store.delete(job);
    this.options.index.removeGone(job);
  }

  /** Forgets what is older, or more, than the configuration says. */
  async sweep(): Promise<void> {
    const { store, config, clock } = this.options;
    const before = new Date(clock().getTime() - config.retentionMs);
    const limits = {
      before: before.toISOString(),
      maxJobs: config.maxJobs,
    };
    let expired = await store.expired(limits);
    while (expired.length > 0) {
      for (const job of expired) {
        await this.forget(job);
      }
      expired = await store.expired(limits);
    }
  }

  /** Until something is to be written, or it is time to look for what is old. */
  private async idle(signal: AbortSignal): Promise<void> {
    if (this.pending.size + this.pendingGone.size === 0) {
      await this.notifier.waitFor(SWEEP, signal);
    }
  }

  /** Writes what is pending, one batch after the other. */
  private flush(): Promise<void> {
    const next = this.writing.then(() => this.write());
    this.writing = next.catch(() => {});
    return next;
  }

  private async write(): Promise<void> {
    const { pending, pendingGone } = this;
    if (pending.size + pendingGone.size === 0) {
      return;
    }
    this.pending = new Map();
    this.pendingGone = new Map();
    try {
      await this.options.store.save(
        [...pending.values()].map(record => this.complete(record)),
      );
      await this.options.store.saveGone([...pendingGone.values()]);
    } catch (error) {
      for (const [id, record] of this.pending) {
        pending.set(id, mergeRecords(pending.get(id), record));
      }
      this.pending = pending;
      this.pendingGone = new Map([...pendingGone, ...this.pendingGone]);
      throw error;
    }
  }

  /** With what the pods say, as the list shows it. */
  private complete(record: HistoryRecord): HistoryRecord {
    const { summary } = record;
    const shown = this.options.index.getLive(summary);
    const pods = this.clusters?.podsOf(summary).map(jobPod) ?? [];
    return {
      ...record,
      summary: shown?.uid === summary.uid ? shown : summary,
      pods: pods.length > 0 ? pods : record.pods,
    };
  }
}
