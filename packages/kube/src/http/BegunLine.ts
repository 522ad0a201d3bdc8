import { StringDecoder } from 'node:string_decoder';

/** A line that comes in pieces, of which the end hasn't come. */
export class BegunLine {
  readonly #longest: number;
  #parts: Buffer[] = [];
  #kept = 0;
  #left = 0;

  /** @param longest - bytes that are kept; the line says how many come after them */
  constructor(longest: number) {
    this.#longest = longest;
  }

  get isEmpty(): boolean {
    return this.#kept === 0;
  }

  push(piece: Buffer): void {
    const kept = piece.subarray(0, this.#longest - this.#kept);
    this.#parts.push(kept);
    this.#kept += kept.length;
    this.#left += piece.length - kept.length;
  }

  /** The line as far as it has come; the next one begins. */
  take(): string {
    const bytes = Buffer.concat(this.#parts);
    const left = this.#left;
    this.#parts = [];
    this.#kept = 0;
    this.#left = 0;
    return left === 0
      ? bytes.toString()
      : // A character that is cut in two is left out.
        `${new StringDecoder().write(bytes)}… [${left} more bytes of this line are left out]`;
  }
}
