import { AuthenticationError, NotAllowedError } from '@backstage/errors';

/** Milliseconds that a refusal may last that follows on an answer. */
const PATIENCE = 60_000;

/**
 * Tells a refusal that will pass from one that is meant. An API server that has
 * just started refuses everybody until it has read the rules of access, and so
 * does one whose rules are being replaced: a reader that was let in before waits.
 */
export class RefusalPatience {
  readonly #clock: () => number;
  #letIn = false;
  #since: number | undefined;

  /** @param clock - milliseconds since the epoch */
  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
  }

  /** The cluster has answered. */
  answered(): void {
    this.#letIn = true;
    this.#since = undefined;
  }

  /** True for a refusal that may pass; false for any other error too. */
  bears(error: unknown): boolean {
    const refusal =
      error instanceof NotAllowedError || error instanceof AuthenticationError;
    if (!refusal || !this.#letIn) {
      return false;
    }
    this.#since ??= this.#clock();
    return this.#clock() - this.#since < PATIENCE;
  }
}
