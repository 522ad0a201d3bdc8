/** How tries are spaced: in ms. */
export interface BackoffOptions {
  readonly firstMs: number;
  readonly baseMs: number;
  readonly maxMs: number;
}

/** Waiting times of kubelet. */
export const kubeletBackoff = {
  /** Restarts of a container: at once, then 10 s, doubled to 5 minutes. */
  restart: { firstMs: 0, baseMs: 10_000, maxMs: 300_000 },
  /** Tries to pull an image: 10 s, doubled to 5 minutes. */
  pull: { firstMs: 10_000, baseMs: 20_000, maxMs: 300_000 },
  /** Tries to make what a pod needs. */
  setup: { firstMs: 500, baseMs: 1000, maxMs: 122_000 },
} as const satisfies Record<string, BackoffOptions>;

/** Waiting times that double, until it went well for long. */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /**
   * Milliseconds to wait after a failure.
   * @param wentWellMs - how long it went well before
   */
  next(wentWellMs = 0): number {
    const { firstMs, baseMs, maxMs } = this.#options;
    if (wentWellMs > 2 * maxMs) {
      this.#failures = 0;
    }
    const wait =
      this.#failures === 0
        ? firstMs
        : Math.min(baseMs * 2 ** (this.#failures - 1), maxMs);
    this.#failures += 1;
    return wait;
  }
}
