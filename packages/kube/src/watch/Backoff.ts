export interface BackoffOptions {
  /** Milliseconds. */
  readonly min: number;
  /** Milliseconds. */
  readonly max: number;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** Growing, jittered waits between tries, so that many clients spread out. */
export class Backoff {
  readonly #options: BackoffOptions;
  #tries = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** Milliseconds to wait before the next try. */
  next(): number {
    const { min, max, random = Math.random } = this.#options;
    const ceiling = Math.min(max, min * 2 ** this.#tries);
    this.#tries += 1;
    return Math.round(ceiling / 2 + (ceiling / 2) * random());
  }

  reset(): void {
    this.#tries = 0;
  }
}
