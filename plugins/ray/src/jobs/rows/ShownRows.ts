import { jobId, type JobSummary } from '@ml-platform/rayjob';
import type { JobRows } from './JobRows';

/** A row as it is shown. */
export interface ShownRow {
  readonly job: JobSummary;
  /** True if the job is no longer in the list, and its row only keeps its place. */
  readonly gone: boolean;
}

/**
 * The rows as the user sees them. While they are held, each row keeps its place and shows
 * what happens to its job. What would move other rows waits until they are released.
 */
export class ShownRows {
  readonly #rows: JobRows;
  #held: { readonly ids: string[]; readonly known: Set<string> } | undefined;
  readonly #gone = new Map<string, JobSummary>();
  readonly #waiting = new Set<string>();

  constructor(rows: JobRows) {
    this.#rows = rows;
  }

  get held(): boolean {
    return this.#held !== undefined;
  }

  get size(): number {
    return this.#held?.ids.length ?? this.#rows.size;
  }

  /** Number of jobs that will appear, disappear or change places when they are released. */
  get waiting(): number {
    return this.#waiting.size;
  }

  at(index: number): ShownRow | undefined {
    if (!this.#held) {
      const job = this.#rows.at(index);
      return job && { job, gone: false };
    }
    const id = this.#held.ids[index];
    const job = this.#rows.get(id);
    const gone = job ? undefined : this.#gone.get(id);
    return (job && { job, gone: false }) ?? (gone && { job: gone, gone: true });
  }

  hold(): void {
    if (!this.#held) {
      const ids = this.#rows.ids();
      this.#held = { ids, known: new Set(ids) };
    }
  }

  /** Holds the rows in the places that they have in an earlier list. */
  holdAs(earlier: ShownRows): void {
    const held = earlier.#held;
    for (const id of held?.ids ?? []) {
      const job = earlier.#rows.get(id) ?? earlier.#gone.get(id);
      if (job && !this.#rows.get(id)) {
        this.#gone.set(id, job);
      }
    }
    for (const id of this.#rows.ids()) {
      if (held && !held.known.has(id)) {
        this.#waiting.add(id);
      }
    }
    this.#held = held;
  }

  release(): void {
    this.#held = undefined;
    this.#gone.clear();
    this.#waiting.clear();
  }

  /** Puts a job where it belongs, or notes that it waits. */
  set(job: JobSummary): void {
    const id = jobId(job);
    const moved = this.#rows.set(job);
    this.#gone.delete(id);
    if (this.#held && moved) {
      this.#waiting.add(id);
    }
  }

  /** Puts a job of a further page below those that are shown. */
  append(job: JobSummary): void {
    const id = jobId(job);
    this.#rows.set(job);
    this.#gone.delete(id);
    this.#waiting.delete(id);
    if (this.#held && !this.#held.known.has(id)) {
      this.#held.ids.push(id);
      this.#held.known.add(id);
    }
  }

  delete(id: string): void {
    const job = this.#rows.get(id);
    if (!job) {
      return;
    }
    this.#rows.delete(id);
    if (this.#held?.known.has(id)) {
      this.#gone.set(id, job);
      this.#waiting.add(id);
    } else {
      this.#waiting.delete(id);
    }
  }
}
