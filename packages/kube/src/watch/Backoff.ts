/** Growing, jittered waits between tries, so that many clients spread out. */
export class Backoff {
  private tries = 0;

  constructor(
    private readonly options: {
      /** Milliseconds. */
      readonly min: number;
      /** Milliseconds. */
      readonly max: number;
      /** From 0 to 1. */
      readonly random?: () => number;
    },
  ) {}

  /** Milliseconds to wait before the next try. */
  next(): number {
    const { min, max, random = Math.random } = this.options;
    const ceiling = Math.min(max, min * 2 ** this.tries);
    this.tries += 1;
    return Math.round(ceiling / 2 + (ceiling / 2) * random());
  }

  reset(): void {
    this.tries = 0;
  }
}
