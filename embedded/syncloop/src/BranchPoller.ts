import { setTimeout as delay } from 'node:timers/promises';
import { stringifyError } from '@backstage/errors';
import type { Logger } from '@ml-platform/kube';

export interface BranchPollerOptions {
  /** Milliseconds between two looks. */
  readonly intervalMs: number;
  readonly look: () => Promise<void>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Milliseconds until a look that failed is tried again. */
const RETRY_MS = 2_000;

/** Looks at the branches again and again, and at once when it is woken. */
export class BranchPoller {
  readonly #options: BranchPollerOptions;
  #waiting = new AbortController();
  #woken = false;

  constructor(options: BranchPollerOptions) {
    this.#options = options;
  }

  /** Ends the wait; a look that is under way is followed by another. */
  wake(): void {
    this.#woken = true;
    this.#waiting.abort();
  }

  /** Runs until the signal aborts; never throws. */
  async run(): Promise<void> {
    const { intervalMs, look, logger, signal } = this.#options;
    while (!signal.aborted) {
      this.#waiting = new AbortController();
      this.#woken = false;
      let pause = intervalMs;
      try {
        await look();
      } catch (error) {
        if (!signal.aborted) logger.warn(stringifyError(error));
        pause = Math.min(intervalMs, RETRY_MS);
      }
      if (!this.#woken) await this.#pause(pause);
    }
  }

  async #pause(ms: number): Promise<void> {
    const signal = AbortSignal.any([
      this.#options.signal,
      this.#waiting.signal,
    ]);
    // To be woken ends the wait too.
    await delay(ms, undefined, { signal }).catch(() => undefined);
  }
}
