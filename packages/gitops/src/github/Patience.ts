import { setTimeout } from 'node:timers/promises';
import { RateLimitError } from './RateLimit';

/** Milliseconds that each wait takes at least, so that the waits come to an end. */
const LEAST_WAIT = 1_000;

/** How long a caller waits, and how it stays informed. */
export interface PatienceOptions {
  /** Milliseconds to wait for GitHub's rate limit, in all; 0 by default. */
  readonly patienceMs?: number;
  /** Looked at before each step that others see; ends a wait, too. */
  readonly signal?: AbortSignal;
  /** Told in a sentence what was done. */
  readonly onProgress?: (message: string) => void;
}

/** Waits for GitHub's rate limit, as long as a caller can wait in all. */
export class Patience {
  readonly #options: PatienceOptions;
  #leftMs: number;

  constructor(options: PatienceOptions) {
    this.#options = options;
    this.#leftMs = options.patienceMs ?? 0;
  }

  /**
   * Acts, and acts again when the rate limit allows it.
   * @param act - leaves nothing behind that makes it fail the next time
   * @throws {RateLimitError} when the limit lasts longer than the caller can wait
   */
  async with<T>(act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof RateLimitError)) {
          throw error;
        }
        await this.#wait(error);
      }
    }
  }

  async #wait(error: RateLimitError): Promise<void> {
    const { signal, onProgress } = this.#options;
    const ms = Math.max(error.afterMs, LEAST_WAIT);
    if (ms > this.#leftMs) {
      throw error;
    }
    this.#leftMs -= ms;
    onProgress?.(
      `GitHub's rate limit is used up; waiting until ${error.until.toISOString()}`,
    );
    await setTimeout(ms, undefined, { signal });
  }
}
