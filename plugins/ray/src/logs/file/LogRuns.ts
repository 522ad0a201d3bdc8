/** Lines that are equal, from a number up to another one. */
export interface Run {
  readonly first: number;
  readonly until: number;
}

/**
 * The lines of a log that are repeated, in order. Those after the first one are hidden unless
 * the run is open.
 */
export class LogRuns {
  #runs: Run[] = [];
  #version = 0;

  /** Grows with each change. */
  get version(): number {
    return this.#version;
  }

  /** All runs, in order. */
  get all(): readonly Run[] {
    return this.#runs;
  }

  /** The run that a line is in, if any. */
  at(number: number): Run | undefined {
    const run = this.#runs[this.#after(number) - 1];
    return run && number <= run.until ? run : undefined;
  }

  /** Adds a run, or makes it longer. */
  add(first: number, until: number): void {
    const next = this.#after(first);
    const known = this.#runs[next - 1];
    if (known?.first === first) {
      if (known.until < until) {
        this.#runs[next - 1] = { first, until };
        this.#version += 1;
      }
    } else {
      this.#runs.splice(next, 0, { first, until });
      this.#version += 1;
    }
  }

  /** Forgets the runs that begin between two numbers; the second one is excluded. */
  drop(from: number, to: number): void {
    const [start, end] = [this.#after(from - 1), this.#after(to - 1)];
    if (end > start) {
      this.#runs.splice(start, end - start);
      this.#version += 1;
    }
  }

  /** Index of the first run that begins after a line. */
  #after(number: number): number {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#runs[middle].first <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
