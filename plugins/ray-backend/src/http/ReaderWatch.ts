/** Milliseconds between two looks at whether a reader may still read. */
const RECHECK = 30_000;

/** Looks again and again whether a reader may still read what is sent over a long time. */
export class ReaderWatch {
  readonly #refused = new AbortController();
  readonly #timer: NodeJS.Timeout;

  /** @param allowed - rejects when the reader may not read any more */
  constructor(allowed: () => Promise<void>, everyMs = RECHECK) {
    this.#timer = setInterval(() => {
      allowed().catch(error => this.#refused.abort(error));
    }, everyMs);
  }

  /** Aborts, with what was said, when the reader may not read any more. */
  get refused(): AbortSignal {
    return this.#refused.signal;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
