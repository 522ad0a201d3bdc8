/** Runs work for a key one at a time, and once more if it was asked for meanwhile. */
export class KeyedQueue {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private readonly timers = new Map<
    string,
    { timer: NodeJS.Timeout; at: number }
  >();

  constructor(
    private readonly options: {
      readonly work: (key: string) => Promise<void>;
      readonly signal: AbortSignal;
    },
  ) {
    options.signal.addEventListener('abort', () => {
      this.timers.forEach(({ timer }) => clearTimeout(timer));
      this.timers.clear();
    });
  }

  /** Asks for the key's work, after a while in ms; the earliest time asked for counts. */
  add(key: string, delayMs = 0): void {
    if (this.options.signal.aborted) return;
    if (delayMs > 0) {
      this.addLater(key, delayMs);
      return;
    }
    if (this.running.has(key)) {
      this.again.add(key);
      return;
    }
    const run = this.options.work(key).finally(() => {
      this.running.delete(key);
      if (this.again.delete(key)) this.add(key);
    });
    this.running.set(key, run);
  }

  /** Resolves when nothing runs any more. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.running.values());
  }

  private addLater(key: string, delayMs: number): void {
    const at = Date.now() + delayMs;
    const waiting = this.timers.get(key);
    if (waiting && waiting.at <= at) return;
    clearTimeout(waiting?.timer);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.add(key);
    }, delayMs);
    this.timers.set(key, { timer, at });
  }
}
