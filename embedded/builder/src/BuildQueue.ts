/** Runs tasks, only so many at a time, in the order in which they came. */
export class BuildQueue {
  readonly #concurrency: number;
  readonly #waiting: (() => void)[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  /** Adds a task, which must not throw. */
  add(task: () => Promise<void>): void {
    this.#waiting.push(() => {
      const running = task().finally(() => {
        this.#running.delete(running);
        this.#advance();
      });
      this.#running.add(running);
    });
    this.#advance();
  }

  /** Drops what waits; resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    await Promise.all(this.#running);
  }

  #advance() {
    while (this.#running.size < this.#concurrency) {
      const start = this.#waiting.shift();
      if (!start) return;
      start();
    }
  }
}
