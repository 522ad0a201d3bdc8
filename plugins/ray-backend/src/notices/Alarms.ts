/** Milliseconds of the longest timer; a later alarm takes several. */
const LONGEST = 24 * 3_600_000;

/** Tells when a time has come, for each key until it is cleared. */
export class Alarms {
  readonly #onTime: (key: string) => void;
  readonly #now: () => number;
  /** With the timers that have rung already. */
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(options: {
    /** Called once the time of a key has come. */
    readonly onTime: (key: string) => void;
    readonly clock: () => Date;
  }) {
    this.#onTime = options.onTime;
    this.#now = () => options.clock().getTime();
  }

  /** True for an alarm that was set, whether it has rung or not. */
  has(key: string): boolean {
    return this.#timers.has(key);
  }

  /** @param at - milliseconds since the epoch; what has passed rings soon */
  set(key: string, at: number): void {
    clearTimeout(this.#timers.get(key));
    const ms = Math.min(Math.max(0, at - this.#now()), LONGEST);
    const look = () =>
      this.#now() < at ? this.set(key, at) : this.#onTime(key);
    this.#timers.set(key, setTimeout(look, ms));
  }

  clear(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  close(): void {
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#timers.clear();
  }
}
