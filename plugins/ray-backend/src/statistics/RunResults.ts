import type { LoggerService } from '@backstage/backend-plugin-api';
import type { WorkloadStatistics } from '@ml-platform/backstage-plugin-ray-common';
import { jobId } from '@ml-platform/rayjob';
import { sleep } from '@ml-platform/kube';
import { LRUCache } from 'lru-cache';
import type { JobIndex } from '../jobs/JobIndex';
import type { JobPredicate } from '../permissions/Authorizer';
import { Notifier } from '../util/Notifier';
import type { ResultStore } from './ResultStore';
import { runResult, type RunResult } from './RunResult';
import { firstWeek, workloadStatistics } from './workloadStatistics';

/** Milliseconds between two writes, and after one that failed. */
const BATCH = 1_000;
const RETRY = 10_000;
/** Milliseconds between two looks for what is to be forgotten. */
const SWEEP = 60 * 60_000;
/** Runs of a workload that its figures are made of. */
const MOST = 5_000;
/** Workloads whose runs are held for those who look at them, and for how long in ms. */
const SHARED = 50;
const SHARED_FOR = 15_000;

export interface RunResultsOptions {
  readonly store: ResultStore;
  readonly index: JobIndex;
  /** Milliseconds that the end of a run is kept. */
  readonly retentionMs: number;
  readonly logger: LoggerService;
  readonly clock: () => Date;
}

interface Request {
  readonly workload: string;
  readonly weeks: number;
}

/** Writes down how runs end, as the list shows it, and makes figures of it. */
export class RunResults {
  readonly #options: RunResultsOptions;
  readonly #pending = new Map<string, RunResult>();
  readonly #notifier = new Notifier();
  readonly #reads: LRUCache<string, Promise<readonly RunResult[]>>;

  constructor(options: RunResultsOptions) {
    this.#options = options;
    this.#reads = new LRUCache({ max: SHARED, ttl: SHARED_FOR });
    options.index.subscribe(({ after }) => {
      const result = after && runResult(after);
      if (result) {
        this.#pending.set(`${jobId(result)}@${result.uid}`, result);
        this.#notifier.notify();
      }
    });
  }

  /** Writes until the signal aborts, then what is left. */
  async run(signal: AbortSignal): Promise<void> {
    let sweepAt = 0;
    while (!signal.aborted) {
      try {
        await this.flush();
        const now = this.#options.clock().getTime();
        if (now >= sweepAt) {
          sweepAt = now + SWEEP;
          const before = new Date(now - this.#options.retentionMs);
          await this.#options.store.forget(before.toISOString());
        }
        if (this.#pending.size === 0) {
          await this.#notifier.waitFor(SWEEP, signal);
        }
        await sleep(BATCH, signal);
      } catch (error) {
        this.#options.logger.warn(
          `The results of runs can't be written; trying again: ${error}`,
        );
        await sleep(RETRY, signal);
      }
    }
    await this.flush().catch(error =>
      this.#options.logger.warn(
        `The last results of runs were not written: ${error}`,
      ),
    );
  }

  /** Writes what is not written yet. */
  async flush(): Promise<void> {
    const results = [...this.#pending.values()];
    await this.#options.store.save(results);
    for (const result of results) {
      const key = `${jobId(result)}@${result.uid}`;
      if (this.#pending.get(key) === result) {
        this.#pending.delete(key);
      }
    }
  }

  /** Figures of the runs of a workload that are visible. */
  async statistics(
    request: Request,
    visible: JobPredicate,
  ): Promise<WorkloadStatistics> {
    const now = this.#options.clock();
    const since = firstWeek(now, request.weeks);
    const results = await this.#read(request, since);
    return workloadStatistics(results.slice(0, MOST).filter(visible), {
      ...request,
      now,
      complete: results.length <= MOST,
    });
  }

  /** The runs of a workload, read once for all who look at the same time. */
  #read(
    { workload, weeks }: Request,
    since: Date,
  ): Promise<readonly RunResult[]> {
    const key = JSON.stringify([workload, weeks]);
    let read = this.#reads.get(key);
    if (!read) {
      read = this.#options.store.of({
        workload,
        since: since.toISOString(),
        limit: MOST + 1,
      });
      this.#reads.set(key, read);
      read.catch(() => this.#reads.delete(key));
    }
    return read;
  }
}
