import type { JobSummary } from '@ml-platform/rayjob';
import { LRUCache } from 'lru-cache';

/** Waits of a workload that are remembered, the latest ones. */
const REMEMBERED = 20;
/** Waits from which on they tell what is usual. */
const ENOUGH = 3;
/** Workloads that are remembered. */
const MOST_WORKLOADS = 5_000;

interface Wait {
  readonly startedAt: string;
  readonly ms: number;
}

/** How long the last runs of each workload have waited to start. */
export class UsualWaits {
  readonly #waits = new LRUCache<string, readonly Wait[]>({
    max: MOST_WORKLOADS,
  });

  /**
   * Takes up a job that has started; others are passed over.
   * @param before - what was known of it before this change
   */
  take(job: JobSummary, before?: JobSummary): void {
    const { workload, createdAt, startedAt, attempt, uid } = job;
    const known = before?.uid === uid && before.startedAt !== undefined;
    if (!workload || !createdAt || !startedAt || attempt !== 1 || known) {
      return;
    }
    const ms = Math.max(0, Date.parse(startedAt) - Date.parse(createdAt));
    const waits = [...(this.#waits.get(workload) ?? []), { startedAt, ms }];
    waits.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
    this.#waits.set(workload, waits.slice(-REMEMBERED));
  }

  /** Median in milliseconds; `undefined` for a workload that has hardly run. */
  of(workload: string | undefined): number | undefined {
    const waits = workload ? (this.#waits.get(workload) ?? []) : [];
    if (waits.length < ENOUGH) {
      return undefined;
    }
    const sorted = waits.map(({ ms }) => ms).sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    return sorted.length % 2 === 0
      ? (sorted[middle - 1] + sorted[middle]) / 2
      : sorted[middle];
  }
}
