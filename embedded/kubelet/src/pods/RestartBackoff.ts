import { Backoff } from '@ml-platform/kube';
import { exactly, type Pauses } from './kubeletBackoff';

/**
 * Pauses before the restarts of a container: none before the first, then longer
 * and longer ones, and from the beginning again after it ran well for long.
 */
export class RestartBackoff {
  readonly #backoff: Backoff;
  readonly #longMs: number;
  #restarted = false;

  constructor(pauses: Pauses) {
    this.#backoff = new Backoff(exactly(pauses));
    this.#longMs = 2 * pauses.max;
  }

  /** @param ranMs - how long the container ran before it ended */
  next(ranMs: number): number {
    if (ranMs > this.#longMs) {
      this.#backoff.reset();
      this.#restarted = false;
    }
    if (!this.#restarted) {
      this.#restarted = true;
      return 0;
    }
    return this.#backoff.next();
  }
}
