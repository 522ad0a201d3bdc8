import { Backoff } from '@ml-platform/kube';

/** What a reconciliation asks for: nothing, or to run again after a while. */
export interface ReconcileResult {
  readonly requeueAfterMs?: number;
}

/**
 * Runs `handle` for keys: never twice at a time for one key, many keys side by
 * side, a key added while it runs once more afterwards, and a failing key again
 * after longer and longer pauses.
 */
export class WorkQueue {
  readonly #handle: (key: string) => Promise<ReconcileResult>;
  readonly #onError: (key: string, error: unknown) => void;
  readonly #concurrency: number;
  readonly #backoff: { readonly min: number; readonly max: number };
  readonly #waiting = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #timers = new Map<
    string,
    { readonly at: number; readonly timer: NodeJS.Timeout }
  >();
  readonly #failing = new Map<string, Backoff>();
  #started = false;
  #stopped = false;

  constructor(options: {
    readonly handle: (key: string) => Promise<ReconcileResult>;
    readonly onError: (key: string, error: unknown) => void;
    /** Keys handled side by side; default 8. */
    readonly concurrency?: number;
    /** Shortest and longest pause after failures in ms; default 50 ms and 30 s. */
    readonly backoff?: { readonly min: number; readonly max: number };
  }) {
    this.#handle = options.handle;
    this.#onError = options.onError;
    this.#concurrency = options.concurrency ?? 8;
    this.#backoff = options.backoff ?? { min: 50, max: 30_000 };
  }

  /** Handles what was added so far, and what is added from now on. */
  start(): void {
    this.#started = true;
    this.#pump();
  }

  add(key: string): void {
    if (this.#stopped) {
      return;
    }
    this.#waiting.add(key);
    this.#pump();
  }

  /** Adds the key later; of two times that were asked for the earlier one counts. */
  addAfter(key: string, ms: number): void {
    const at = Date.now() + ms;
    const existing = this.#timers.get(key);
    if (this.#stopped || (existing && existing.at <= at)) {
      return;
    }
    clearTimeout(existing?.timer);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      this.add(key);
    }, ms);
    this.#timers.set(key, { at, timer });
  }

  /** Takes no more work, and resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    for (const { timer } of this.#timers.values()) {
      clearTimeout(timer);
    }
    this.#timers.clear();
    await Promise.all(this.#running.values());
  }

  #pump(): void {
    if (!this.#started) {
      return;
    }
    for (const key of this.#waiting) {
      if (this.#running.size >= this.#concurrency) {
        return;
      }
      if (!this.#running.has(key)) {
        this.#waiting.delete(key);
        this.#running.set(key, this.#run(key));
      }
    }
  }

  async #run(key: string): Promise<void> {
    try {
      const { requeueAfterMs } = await this.#handle(key);
      this.#failing.delete(key);
      if (requeueAfterMs !== undefined) {
        this.addAfter(key, requeueAfterMs);
      }
    } catch (error) {
      const backoff = this.#failing.get(key) ?? new Backoff(this.#backoff);
      this.#failing.set(key, backoff);
      this.addAfter(key, backoff.next());
      this.#onError(key, error);
    } finally {
      this.#running.delete(key);
      this.#pump();
    }
  }
}
