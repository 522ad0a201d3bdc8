import type { JobSummary } from '@ml-platform/rayjob';

/** One change of what the index shows. `seq` grows by one with each. */
export interface JobChange {
  readonly seq: number;
  readonly id: string;
  /** What was shown before, if anything. */
  readonly before?: JobSummary;
  /** What is shown now, if anything. */
  readonly after?: JobSummary;
}

/** Changes that are kept for viewers that come back. */
const KEPT = 5_000;

/** Numbers the changes of the index and remembers the last of them. */
export class ChangeLog {
  readonly #changes: JobChange[] = [];
  #seq = 0;

  /** Number of the last change. */
  get lastSeq(): number {
    return this.#seq;
  }

  add(change: Omit<JobChange, 'seq'>): JobChange {
    this.#seq += 1;
    const numbered = { seq: this.#seq, ...change };
    this.#changes.push(numbered);
    if (this.#changes.length > KEPT * 1.2) {
      this.#changes.splice(0, this.#changes.length - KEPT);
    }
    return numbered;
  }

  /**
   * The changes after one that was seen; `undefined` when some are forgotten,
   * and for what is no number of a change.
   */
  since(seq: number): readonly JobChange[] | undefined {
    const oldest = this.#seq - this.#changes.length;
    return Number.isInteger(seq) && seq >= oldest && seq <= this.#seq
      ? this.#changes.slice(seq - oldest)
      : undefined;
  }
}
