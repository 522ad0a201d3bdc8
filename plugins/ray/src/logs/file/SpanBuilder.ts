import type { LineSpan } from './LogPlaces';

/** Gathers the first lines in a view that aren't loaded, as one span. */
export class SpanBuilder {
  readonly #most: number;
  #from: number | undefined;
  #to = 0;
  #fold = false;
  #isDone = false;

  /** @param most - lines of the span at most */
  constructor(most: number) {
    this.#most = most;
  }

  /** What to load; `undefined` where all is there. */
  get span(): LineSpan | undefined {
    const [from, fold] = [this.#from, this.#fold];
    return from === undefined
      ? undefined
      : { from, count: Math.min(this.#most, this.#to - from + 1), fold };
  }

  /** Takes the next line in the view, which may be loaded. */
  take(index: number, fold: boolean, loaded: unknown): void {
    if (loaded || this.#isDone) {
      return;
    }
    if (this.#from === undefined) {
      this.#from = index;
      this.#fold = fold;
    }
    // All of a span is read in one way.
    this.#isDone = fold !== this.#fold;
    if (!this.#isDone) {
      this.#to = index;
    }
  }
}
