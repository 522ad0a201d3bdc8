import { setTimeout as sleep } from 'node:timers/promises';

/** What a reconciliation asks for: nothing, or to run again after a while. */
export interface ReconcileResult {
  readonly requeueAfterMs?: number;
}

/**
 * Runs `handle` for keys: never twice at a time for one key, many keys side by
 * side, a key added while it runs once more afterwards, and a failing key again
 * with exponential backoff.
 */
export class WorkQueue {
  readonly #handle: (key: string) => Promise<ReconcileResult>;
  readonly #onError: (key: string, error: unknown) => void;
  readonly #concurrency: number;
  readonly #backoff: { readonly baseMs: number; readonly maxMs: number };
  readonly #waiting = new Set<string>();
  readonly #running = new Set<string>();
  readonly #timers = new Map<
    string,
    { readonly at: number; readonly timer: NodeJS.Timeout }
  >();
  readonly #failures = new Map<string, number>();
  #started = false;
  #stopped = false;

  constructor(options: {
    readonly handle: (key: string) => Promise<ReconcileResult>;
    readonly onError: (key: string, error: unknown) => void;
    /** Keys handled side by side; default 8. */
    readonly concurrency?: number;
    /** First and longest pause after failures; default 50 ms and 30 s. */
    readonly backoff?: { readonly baseMs: number; readonly maxMs: number };
  }) {
    this.#handle = options.handle;
    this.#onError = options.onError;
    this.#concurrency = options.concurrency ?? 8;
    this.#backoff = options.backoff ?? { baseMs: 50, maxMs: 30_000 };
  }

  /** Nothing is handled before: what was added meanwhile waits. */
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

  /** Adds the key later; an earlier appointment of the key stands. */
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
    while (this.#running.size > 0) {
      await sleep(10);
    }
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
        this.#running.add(key);
        void this.#run(key);
      }
    }
  }

  async #run(key: string): Promise<void> {
    try {
      const { requeueAfterMs } = await this.#handle(key);
      this.#failures.delete(key);
      if (requeueAfterMs !== undefined) {
        this.addAfter(key, requeueAfterMs);
      }
    } catch (error) {
      const failures = this.#failures.get(key) ?? 0;
      this.#failures.set(key, failures + 1);
      const { baseMs, maxMs } = this.#backoff;
      this.addAfter(key, Math.min(baseMs * 2 ** Math.min(failures, 20), maxMs));
      this.#onError(key, error);
    } finally {
      this.#running.delete(key);
      this.#pump();
    }
  }
}
