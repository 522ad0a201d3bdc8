/**
 * The time of day with nanoseconds, never the same twice, so that a reader can
 * tell each line by its time.
 */
export class NanoClock {
  readonly #offset: bigint;
  #last = 0n;

  constructor() {
    this.#offset = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();
  }

  /** For example `2026-01-31T12:00:00.123456789Z`. */
  now(): string {
    let nano = this.#offset + process.hrtime.bigint();
    if (nano <= this.#last) {
      nano = this.#last + 1n;
    }
    this.#last = nano;
    const date = new Date(Number(nano / 1_000_000n));
    const fraction = String(nano % 1_000_000_000n).padStart(9, '0');
    return `${date.toISOString().slice(0, 19)}.${fraction}Z`;
  }
}
