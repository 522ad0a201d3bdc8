import {
  compareJobs,
  type JobSort,
  type JobSummary,
} from '@ml-platform/rayjob';

/** Changes up to which moving single rows is cheaper than sorting again. */
const FEW = 64;

/** Rows in ascending order of one field, kept in order as they change. */
export class SortedJobs {
  readonly #by: JobSort;
  #rows: JobSummary[];
  readonly #removed = new Set<JobSummary>();
  readonly #added = new Set<JobSummary>();

  constructor(by: JobSort, rows: Iterable<JobSummary>) {
    this.#by = by;
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

  /** The rows in order; not to be kept. */
  current(): readonly JobSummary[] {
    if (this.#removed.size + this.#added.size > FEW) {
      this.#rows = [
        ...this.#rows.filter(row => !this.#removed.has(row)),
        ...this.#added,
      ].sort(this.#compare);
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

  // Ordered by what never changes of a row: `duration` is not kept this way.
  readonly #compare = (a: JobSummary, b: JobSummary): number =>
    compareJobs(a, b, this.#by, 0);

  #place(row: JobSummary): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#compare(this.#rows[middle], row) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
