import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  jobId,
  type JobAttempt,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { sleep } from '@ml-platform/kube';
import type { Clusters } from '../clusters/Clusters';
import type { JobObserver } from '../clusters/JobObserver';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobRunRef } from '../jobs/jobRun';
import { Notifier } from '../util/Notifier';
import { forgetAll } from './forgetAll';
import { GoneJobs } from './GoneJobs';
import { goneSummary, stoppedThroughGit } from './goneSummary';
import { historyRecord, type HistoryDetail } from './historyRecord';
import type { HistoryStore, PresentJob, ShownState } from './HistoryStore';
import { HistoryWriter } from './HistoryWriter';
import type { HistoryConfig } from './readHistory';
import type { KeptEvents, RunEvent } from './RunEvents';

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
  /** Called for each run that is forgotten, before it is; all of a name without `uid`. */
  readonly onForget?: (run: JobRunRef) => Promise<void>;
}

/**
 * Keeps jobs listed whose objects are gone: writes what the watches see to the
 * database, in batches, and gives the index a row for each job that went.
 */
export class JobHistory implements JobObserver {
  readonly #options: JobHistoryOptions;
  readonly #writer: HistoryWriter;
  /** What earlier processes have written, by id; only until the first sync. */
  readonly #before = new Map<string, PresentJob>();
  readonly #notifier = new Notifier();
  readonly #goneJobs: GoneJobs;

  constructor(options: JobHistoryOptions) {
    this.#options = options;
    this.#writer = new HistoryWriter(options);
    this.#goneJobs = new GoneJobs({
      ...options,
      onGone: job => this.gone(job),
    });
  }

  /** Times that the database didn't take what was to be written. */
  get failures(): number {
    return this.#writer.failures;
  }

  /** The attempts of a run that earlier processes have seen. */
  attemptsBefore(ref: JobRunRef): readonly JobAttempt[] {
    return this.#knownBefore(ref)?.attempts ?? [];
  }

  /** The state of a run as earlier processes have shown it last. */
  stateBefore(ref: JobRunRef): ShownState | undefined {
    return this.#knownBefore(ref)?.shown;
  }

  #knownBefore(ref: JobRunRef): PresentJob | undefined {
    const known = this.#before.get(jobId(ref));
    return known?.uid === ref.uid ? known : undefined;
  }

  seen(cluster: string, job: RayJob, attempts: readonly JobAttempt[]): void {
    const record = historyRecord(cluster, job, attempts);
    const { id, resourceVersion, summary } = record;
    const known = this.#before.get(id);
    if (
      resourceVersion &&
      known?.uid === summary.uid &&
      known.resourceVersion === resourceVersion
    ) {
      return;
    }
    this.#writer.put(record);
    this.#notifier.notify();
  }

  happened(run: JobSummary, event: RunEvent): void {
    this.#writer.putEvent(run, event);
    this.#notifier.notify();
  }

  gone(last: JobSummary): void {
    const now = this.#options.clock();
    this.#setGone(goneSummary(last, now), now.toISOString());
  }

  #setGone(summary: JobSummary, goneAt: string): void {
    this.#writer.putGone({ summary, goneAt });
    this.#options.index.setGone(summary);
    this.#notifier.notify();
  }

  /** Git may tell only after a job has gone that it was stopped through it. */
  #learn(row: JobSummary): void {
    const { index } = this.#options;
    const better = index.isGone(row) ? stoppedThroughGit(row) : undefined;
    if (better) {
      const goneAt = better.endedAt ?? this.#options.clock().toISOString();
      this.#setGone(better, goneAt);
      index.setPendingChange(better, undefined);
    }
  }

  /** Puts the jobs that are gone into the index. */
  async load(clusters: Clusters): Promise<void> {
    const { store, index, config } = this.#options;
    this.#writer.lookForPods(ref => clusters.podsOf(ref));
    for (const cluster of await store.clusters()) {
      for (const [id, job] of await store.present(cluster)) {
        this.#before.set(id, job);
      }
      this.#goneJobs.expect(cluster);
    }
    await this.#goneJobs.look(clusters);
    await this.#writer.flush();
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
    const unsubscribe = [
      clusters.subscribe(() => this.#notifier.notify()),
      this.#options.index.subscribe(({ after }) => {
        if (after?.gitops?.pendingChange?.merged) {
          // Not within the change: others are still to be told of it.
          queueMicrotask(() => this.#learn(after));
        }
      }),
    ];
    let sweepAt = 0;
    while (!signal.aborted) {
      try {
        if (await this.#goneJobs.look(clusters)) {
          this.#before.clear();
        }
        await this.#writer.flush();
        if (this.#options.clock().getTime() >= sweepAt) {
          sweepAt = this.#options.clock().getTime() + SWEEP;
          await this.sweep();
        }
        await this.#idle(signal);
        await sleep(BATCH, signal);
      } catch (error) {
        this.#options.logger.warn(
          `The history of jobs can't be written; trying again: ${error}`,
        );
        await sleep(RETRY, signal);
      }
    }
    unsubscribe.forEach(stop => stop());
    await this.#writer
      .flush()
      .catch(error =>
        this.#options.logger.warn(
          `The last changes were not written: ${error}`,
        ),
      );
  }

  /** What is known of a run beside its row, also while it is on its cluster. */
  async detail(ref: JobRunRef): Promise<HistoryDetail | undefined> {
    await this.#writer.flush();
    return this.#options.store.detail(ref);
  }

  /** The last events of a run, of its Ray cluster and of its pods. */
  async events(run: JobSummary): Promise<KeptEvents> {
    await this.#writer.flush();
    return this.#options.store.events.of({ id: jobId(run), uid: run.uid });
  }

  /** The row of a run as it was last seen. */
  async summary(ref: JobRunRef): Promise<JobSummary | undefined> {
    await this.#writer.flush();
    return this.#options.store.summary(ref);
  }

  /** The rows of the runs that had a name before it passed to others. */
  async earlierRuns(ref: JobRunRef): Promise<readonly JobSummary[]> {
    await this.#writer.flush();
    return this.#options.store.earlierRuns.of(ref);
  }

  /** Forgets a job that is gone, with all runs that had its name. */
  async forget({ cluster, namespace, name }: JobSummary): Promise<void> {
    const ref = { cluster, namespace, name };
    await this.#options.onForget?.(ref);
    // What is not written yet would stay behind.
    await this.#writer.flush();
    await this.#options.store.delete(ref);
    this.#options.index.removeGone(ref);
  }

  /** Forgets what is older, or more, than the configuration says. */
  async sweep(): Promise<void> {
    const { store, config, clock, onForget } = this.#options;
    const before = new Date(clock().getTime() - config.retentionMs);
    const limits = {
      before: before.toISOString(),
      maxJobs: config.maxJobs,
    };
    await forgetAll(
      () => store.expired(limits),
      job => this.forget(job),
    );
    await forgetAll(
      () => store.earlierRuns.expired(limits),
      async run => {
        await onForget?.(run);
        await store.earlierRuns.delete(run);
      },
    );
  }

  /** Until something is to be written, or it is time to look for what is old. */
  async #idle(signal: AbortSignal): Promise<void> {
    if (this.#writer.idle) {
      await this.#notifier.waitFor(SWEEP, signal);
    }
  }
}
