/**
 * Lets as many tasks work at once as there are slots; the others wait for their
 * turn, in order.
 */
export class TurnQueue<Task> {
  readonly #slots: number;
  readonly #work: (task: Task) => Promise<void>;
  readonly #waiting: Task[] = [];
  readonly #active = new Map<Task, Promise<void>>();
  #isOpen = false;

  /** @param options.work - must not reject */
  constructor(options: {
    readonly slots: number;
    readonly work: (task: Task) => Promise<void>;
  }) {
    this.#slots = options.slots;
    this.#work = options.work;
  }

  get active(): Iterable<Task> {
    return this.#active.keys();
  }

  /** Number of tasks that wait for a slot. */
  get waiting(): number {
    return this.#waiting.length;
  }

  push(task: Task): void {
    this.#waiting.push(task);
    this.#next();
  }

  /** Takes back a task that waits for a slot; false for any other. */
  remove(task: Task): boolean {
    const at = this.#waiting.indexOf(task);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
    }
    return at >= 0;
  }

  /** Begins to work. */
  open(): void {
    this.#isOpen = true;
    this.#next();
  }

  /** Begins no further task; resolves when none is at work. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await Promise.all(this.#active.values());
  }

  #next(): void {
    while (this.#isOpen && this.#active.size < this.#slots) {
      const task = this.#waiting.shift();
      if (task === undefined) {
        return;
      }
      const done = this.#work(task).then(() => {
        this.#active.delete(task);
        this.#next();
      });
      this.#active.set(task, done);
    }
  }
}
