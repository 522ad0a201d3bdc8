import {
  compareJobs,
  isAfterPosition,
  jobId,
  type JobPosition,
  type JobSort,
  type JobSummary,
} from '@ml-platform/rayjob';
import type { JobSequence, JobWalk } from './JobSequence';

/** Changes up to which moving single rows is cheaper than merging them all. */
const FEW = 64;

/** Rows in ascending order of one field, kept in order as they change. */
export class SortedJobs implements JobSequence {
  readonly #by: JobSort;
  readonly #now: number;
  #rows: JobSummary[];
  readonly #removed = new Set<JobSummary>();
  readonly #added = new Set<JobSummary>();

  /**
   * @param now - milliseconds since the epoch, for durations of jobs that run; any
   *   will do where all of the rows run, or none
   */
  constructor(by: JobSort, rows: Iterable<JobSummary>, now = 0) {
    this.#by = by;
    this.#now = now;
    this.#rows = [...rows].sort(this.#compare);
  }

  /** Takes note of a change; it is applied when somebody looks. */
  change(before: JobSummary | undefined, after: JobSummary | undefined): void {
    if (before && !this.#added.delete(before)) {
      this.#removed.add(before);
    }
    if (after) {
      this.#added.add(after);
    }
  }

  *walk({ after, descending, now }: JobWalk): Iterable<JobSummary> {
    const rows = this.#current();
    const step = descending ? -1 : 1;
    let at = descending ? rows.length - 1 : 0;
    if (after) {
      const next = this.#firstAfter(after, now);
      // The row of the place itself, where it still exists, is the one before, and
      // not wanted in either direction.
      const before = rows[next - 1];
      const here = before !== undefined && jobId(before) === after.id ? 1 : 0;
      at = descending ? next - 1 - here : next;
    }
    for (; at >= 0 && at < rows.length; at += step) {
      yield rows[at];
    }
  }

  #current(): readonly JobSummary[] {
    if (this.#removed.size + this.#added.size > FEW) {
      this.#merge();
    } else {
      for (const row of this.#removed) {
        this.#rows.splice(this.#place(row), 1);
      }
      for (const row of this.#added) {
        this.#rows.splice(this.#place(row), 0, row);
      }
    }
    this.#removed.clear();
    this.#added.clear();
    return this.#rows;
  }

  #merge(): void {
    const added = [...this.#added].sort(this.#compare);
    const merged: JobSummary[] = [];
    let next = 0;
    for (const row of this.#rows) {
      if (!this.#removed.has(row)) {
        while (next < added.length && this.#compare(added[next], row) < 0) {
          merged.push(added[next]);
          next += 1;
        }
        merged.push(row);
      }
    }
    this.#rows = merged.concat(added.slice(next));
  }

  readonly #compare = (a: JobSummary, b: JobSummary): number =>
    compareJobs(a, b, this.#by, this.#now);

  #place(row: JobSummary): number {
    return this.#search(other => this.#compare(other, row) >= 0);
  }

  #firstAfter(position: JobPosition, now: number): number {
    return this.#search(row => isAfterPosition(row, position, this.#by, now));
  }

  /** The first row that is beyond, where all that follow are too. */
  #search(beyond: (row: JobSummary) => boolean): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (beyond(this.#rows[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
