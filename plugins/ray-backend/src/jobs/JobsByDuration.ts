import { compareJobs, type JobSummary } from '@ml-platform/rayjob';
import type { JobSequence, JobWalk } from './JobSequence';
import { SortedJobs } from './SortedJobs';

/** True while the duration grows. */
const grows = (job: JobSummary) =>
  job.startedAt !== undefined && job.endedAt === undefined;

/**
 * Jobs by how long they took. What runs grows all the time, but keeps its order among
 * itself: two sequences are kept, and merged by whoever walks.
 */
export class JobsByDuration implements JobSequence {
  readonly #growing: SortedJobs;
  readonly #fixed: SortedJobs;

  constructor(rows: Iterable<JobSummary>) {
    const all = [...rows];
    this.#growing = new SortedJobs('duration', all.filter(grows));
    this.#fixed = new SortedJobs(
      'duration',
      all.filter(job => !grows(job)),
    );
  }

  change(before: JobSummary | undefined, after: JobSummary | undefined): void {
    if (before) {
      this.#of(before).change(before, undefined);
    }
    if (after) {
      this.#of(after).change(undefined, after);
    }
  }

  *walk(walk: JobWalk): Iterable<JobSummary> {
    const direction = walk.descending ? -1 : 1;
    const growing = this.#growing.walk(walk)[Symbol.iterator]();
    const fixed = this.#fixed.walk(walk)[Symbol.iterator]();
    let [one, other] = [growing.next(), fixed.next()];
    while (!one.done && !other.done) {
      const order = compareJobs(one.value, other.value, 'duration', walk.now);
      if (order * direction < 0) {
        yield one.value;
        one = growing.next();
      } else {
        yield other.value;
        other = fixed.next();
      }
    }
    for (; !one.done; one = growing.next()) {
      yield one.value;
    }
    for (; !other.done; other = fixed.next()) {
      yield other.value;
    }
  }

  #of(job: JobSummary): SortedJobs {
    return grows(job) ? this.#growing : this.#fixed;
  }
}
