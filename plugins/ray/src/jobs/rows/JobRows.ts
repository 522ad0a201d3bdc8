import {
  compareJobs,
  isAfterPosition,
  jobId,
  type JobOrder,
  type JobPosition,
  type JobSummary,
} from '@ml-platform/rayjob';

/**
 * Jobs in an order, one for each name. A change costs a search in the order, not a look
 * at every row. A row stays the same object until its job changes.
 */
export class JobRows {
  readonly #order: JobOrder;
  readonly #now: number;
  #sorted: JobSummary[] = [];
  readonly #byId = new Map<string, JobSummary>();
  readonly #names = new Map<string, number>();

  /** @param now - milliseconds since the epoch, for the durations of running jobs */
  constructor(order: JobOrder, now: number) {
    this.#order = order;
    this.#now = now;
  }

  get size(): number {
    return this.#sorted.length;
  }

  get(id: string): JobSummary | undefined {
    return this.#byId.get(id);
  }

  at(index: number): JobSummary | undefined {
    return this.#sorted[index];
  }

  /** The first rows, at most so many. */
  slice(count: number): readonly JobSummary[] {
    return this.#sorted.slice(0, count);
  }

  ids(): string[] {
    return this.#sorted.map(jobId);
  }

  /** True where another row has the same name, in another place. */
  repeats(name: string): boolean {
    return (this.#names.get(name) ?? 0) > 1;
  }

  /** True for a job that comes after a place in the order. */
  isAfter(job: JobSummary, place: JobPosition): boolean {
    const { by, descending } = this.#order;
    return descending
      ? jobId(job) !== place.id && !isAfterPosition(job, place, by, this.#now)
      : isAfterPosition(job, place, by, this.#now);
  }

  /** Puts a job in its place. @returns false where it has had that place before */
  set(job: JobSummary): boolean {
    const id = jobId(job);
    const before = this.#byId.get(id);
    this.#byId.set(id, job);
    if (before) {
      const at = this.#place(before);
      if (this.#fits(job, at)) {
        this.#sorted[at] = job;
        return false;
      }
      this.#sorted.splice(at, 1);
    } else {
      this.#count(job.name, 1);
    }
    this.#sorted.splice(this.#place(job), 0, job);
    return true;
  }

  delete(id: string): void {
    const job = this.#byId.get(id);
    if (job) {
      this.#sorted.splice(this.#place(job), 1);
      this.#byId.delete(id);
      this.#count(job.name, -1);
    }
  }

  /** True where a job is still between the neighbors of a row. */
  #fits(job: JobSummary, at: number): boolean {
    const [above, below] = [this.#sorted[at - 1], this.#sorted[at + 1]];
    return (
      (!above || this.#compare(above, job) < 0) &&
      (!below || this.#compare(job, below) < 0)
    );
  }

  #compare(a: JobSummary, b: JobSummary): number {
    const { by, descending } = this.#order;
    const result = compareJobs(a, b, by, this.#now);
    return descending ? -result : result;
  }

  #place(job: JobSummary): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#compare(this.#sorted[middle], job) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #count(name: string, change: number): void {
    const count = (this.#names.get(name) ?? 0) + change;
    if (count > 0) {
      this.#names.set(name, count);
    } else {
      this.#names.delete(name);
    }
  }
}
