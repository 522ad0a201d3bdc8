/** How long each part of a test took, for people who read its output. */
export class Durations {
  readonly #parts: { readonly what: string; readonly ms: number }[] = [];
  #since = Date.now();

  /** The next part begins now. */
  start(): void {
    this.#since = Date.now();
  }

  /**
   * A part has ended, and the next one begins.
   * @returns how many milliseconds it took
   */
  note(what: string): number {
    const ms = Date.now() - this.#since;
    this.#parts.push({ what, ms });
    this.start();
    return ms;
  }

  print(): void {
    for (const { what, ms } of this.#parts) {
      process.stdout.write(
        `${(ms / 1_000).toFixed(1).padStart(7)} s  ${what}\n`,
      );
    }
  }
}
