import type { LogRuns, Run } from './LogRuns';

/** How many lines closed runs hide. Counted again when runs change. */
export class HiddenLines {
  readonly #runs: LogRuns;
  readonly #open: ReadonlySet<number>;
  #version = -1;
  #closed: readonly Run[] = [];
  /** Lines that the closed runs before each of them hide. */
  #before: readonly number[] = [];

  /** @param open - the numbers that open runs begin with */
  constructor(runs: LogRuns, open: ReadonlySet<number>) {
    this.#runs = runs;
    this.#open = open;
  }

  /** The closed run that a line is in, if any. */
  closedAt(number: number): Run | undefined {
    const run = this.#runs.at(number);
    return run && !this.#open.has(run.first) ? run : undefined;
  }

  /** Number of hidden lines before one. */
  above(number: number): number {
    this.#count();
    let [low, high] = [0, this.#closed.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#closed[middle].first < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const run = this.#closed[low - 1];
    return run
      ? this.#before[low - 1] + Math.min(run.until, number - 1) - run.first
      : 0;
  }

  #count(): void {
    if (this.#version === this.#runs.version) {
      return;
    }
    this.#version = this.#runs.version;
    this.#closed = this.#runs.all.filter(({ first }) => !this.#open.has(first));
    let hidden = 0;
    this.#before = this.#closed.map(({ first, until }) => {
      const before = hidden;
      hidden += until - first;
      return before;
    });
  }
}
