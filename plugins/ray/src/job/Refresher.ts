export interface RefresherOptions<T> {
  readonly load: (signal: AbortSignal) => Promise<T>;
  /** `overtaken` is true if another refresh was requested while it loaded. */
  readonly onValue: (value: T, overtaken: boolean) => void;
  /** Returns true if another try may help. */
  readonly onError: (error: Error) => boolean;
}

/** Milliseconds before another try. */
const RETRY_MS = 5_000;

/** Milliseconds between two loads, at least. */
const PAUSE_MS = 500;
/** The pause after a load that took long, in times that it took. */
const REST = 2;

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Loads something again on request, one load at a time, with a pause in between that grows with
 * the time that a load takes. Any number of requests during a load and the pause after it
 * cause only one more.
 */
export class Refresher<T> {
  readonly #options: RefresherOptions<T>;
  readonly #closed = new AbortController();
  #busy = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RefresherOptions<T>) {
    this.#options = options;
  }

  refresh(): void {
    clearTimeout(this.#timer);
    this.#again = true;
    if (!this.#busy) {
      this.#busy = true;
      this.#run().finally(() => {
        this.#busy = false;
      });
    }
  }

  /** No handler is called afterwards. */
  close(): void {
    clearTimeout(this.#timer);
    this.#closed.abort();
  }

  async #run(): Promise<void> {
    const { load, onValue, onError } = this.#options;
    const { signal } = this.#closed;
    while (this.#again && !signal.aborted) {
      this.#again = false;
      const begin = Date.now();
      try {
        const value = await load(signal);
        if (!signal.aborted) {
          onValue(value, this.#again);
        }
      } catch (error) {
        if (!signal.aborted && onError(error as Error)) {
          this.#timer = setTimeout(() => this.refresh(), RETRY_MS);
        }
      }
      await pause(Math.max(PAUSE_MS, REST * (Date.now() - begin)));
    }
  }
}
