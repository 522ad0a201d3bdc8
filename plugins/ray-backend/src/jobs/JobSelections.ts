import {
  jobMatcher,
  type JobFilter,
  type JobSummary,
} from '@ml-platform/rayjob';
import { LRUCache } from 'lru-cache';
import { EVERY_JOB, type JobScope } from '../permissions/Authorizer';
import { JobSelection } from './JobSelection';

/** Selections that are kept, and jobs in all of them. */
const MAX_KEPT = 50;
const MAX_JOBS = 500_000;
/** Milliseconds that a selection is kept after somebody looked at it. */
const KEPT_FOR = 60_000;

/**
 * What readers see and search for. A reader's rights, a text and a range of dates take
 * a look at each job, once: after that, the selection is kept as jobs change, for as
 * long as somebody uses it.
 */
export class JobSelections {
  readonly #jobs: () => Iterable<JobSummary>;
  readonly #every = new JobSelection([]);
  readonly #kept: LRUCache<string, JobSelection>;

  constructor(options: {
    readonly jobs: () => Iterable<JobSummary>;
    /** Milliseconds of a clock that only runs on. */
    readonly now?: () => number;
  }) {
    const { now = () => performance.now() } = options;
    this.#jobs = options.jobs;
    this.#kept = new LRUCache({
      perf: { now },
      // Its own timer would hold on to the time for a moment.
      ttlResolution: 0,
      max: MAX_KEPT,
      maxSize: MAX_JOBS,
      sizeCalculation: ({ size }) => size + 1,
      ttl: KEPT_FOR,
      updateAgeOnGet: true,
    });
  }

  /** Number of all jobs. */
  get size(): number {
    return this.#every.size;
  }

  change(before: JobSummary | undefined, after: JobSummary | undefined): void {
    this.#every.change(before, after);
    for (const selection of this.#kept.values()) {
      selection.change(before, after);
    }
  }

  /** The jobs that a reader may see, and that have the filter's text and dates. */
  of({ q, since, until }: JobFilter, scope: JobScope): JobSelection {
    const matches = jobMatcher({ q, since, until });
    const limited = scope.covers !== EVERY_JOB;
    if (!matches && !limited) {
      return this.#every;
    }
    const key = JSON.stringify([scope.key, q, since, until]);
    let selection = this.#kept.get(key);
    if (!selection) {
      this.#kept.purgeStale();
      selection = new JobSelection(
        this.#jobs(),
        job => (!matches || matches(job)) && (!limited || scope.covers(job)),
      );
      this.#kept.set(key, selection);
    }
    return selection;
  }
}
