/** Lines by which a place is known again, at most. */
const MARK = 20;

/** True where the lines end with the others. */
function endsWith(lines: readonly string[], others: readonly string[]) {
  const from = lines.length - others.length;
  for (let i = others.length - 1; i >= 0; i -= 1) {
    if (lines[from + i] !== others[i]) {
      return false;
    }
  }
  return from >= 0;
}

/**
 * Picks the lines between two places out of a file that comes piece by piece. A place is
 * known by the lines around it; it keeps no more than these.
 */
export class LinesBetween {
  readonly #before: readonly string[];
  readonly #after: readonly string[];
  readonly #from: number;
  /** Lines that are held to know both places by. */
  readonly #keep: number;
  #state: 'before' | 'between' | 'after' = 'between';
  /** The last lines that came, and weren't given out. */
  #held: string[] = [];
  /** Lines of the file before those that are held. */
  #passed = 0;
  #position: number | undefined;
  #comesAgain = false;

  /**
   * @param options.before - lines that end where the missing ones begin; with none, they
   * begin with the file
   * @param options.after - lines that come after the missing ones; with none, they end
   * with the file
   * @param options.from - lines of the file that aren't given out again
   */
  constructor(options: {
    readonly before?: readonly string[];
    readonly after: readonly string[];
    readonly from?: number;
  }) {
    const { before = [], after, from = 0 } = options;
    this.#before = before.slice(-MARK);
    this.#after = after.slice(0, MARK);
    this.#from = from;
    this.#keep = Math.max(this.#before.length, this.#after.length);
    this.#state = this.#before.length > 0 ? 'before' : 'between';
  }

  /** Lines of the file up to the last one that was given out or passed. */
  get count(): number {
    return this.#passed;
  }

  /** True once the place was found where the missing lines begin. */
  get hasBegun(): boolean {
    return this.#state !== 'before';
  }

  /** True when the missing lines were between two places that are known beyond doubt. */
  get isSure(): boolean {
    return this.#position !== undefined && !this.#comesAgain;
  }

  /** Lines behind the missing ones that were given out before. */
  get overlap(): number {
    return Math.max(0, this.#from - (this.#position ?? this.#from));
  }

  /** The missing lines among those that come next. */
  take(lines: readonly string[]): readonly string[] {
    const missing: string[] = [];
    for (const line of lines) {
      this.#held.push(line);
      switch (this.#state) {
        case 'before':
          this.#find();
          break;
        case 'between':
          missing.push(...this.#giveOut());
          break;
        default:
          this.#comesAgain ||= endsWith(this.#held, this.#after);
          this.#drop();
      }
    }
    return missing;
  }

  /** The missing lines that are still held when the file has ended. */
  finish(): readonly string[] {
    if (this.#state !== 'between') {
      return [];
    }
    const missing = this.#release(0);
    if (this.#after.length === 0) {
      this.#position = this.#passed;
    }
    return missing;
  }

  #find(): void {
    if (endsWith(this.#held, this.#before)) {
      this.#passed += this.#held.length;
      this.#held = [];
      this.#state = 'between';
    } else {
      this.#passed += this.#drop();
    }
  }

  #giveOut(): readonly string[] {
    if (this.#after.length > 0 && endsWith(this.#held, this.#after)) {
      const missing = this.#release(this.#after.length);
      this.#position = this.#passed;
      this.#state = 'after';
      return missing;
    }
    this.#comesAgain ||=
      this.#before.length > 0 && endsWith(this.#held, this.#before);
    return this.#release(this.#keep);
  }

  /** Lets all but the last lines go; answers with their number. */
  #drop(): number {
    // Not one by one: what is left is moved each time.
    return this.#held.length >= 64 * this.#keep
      ? this.#held.splice(0, this.#held.length - this.#keep).length
      : 0;
  }

  #release(keep: number): readonly string[] {
    const lines = this.#held.splice(0, Math.max(0, this.#held.length - keep));
    const known = Math.max(0, this.#from - this.#passed);
    this.#passed += lines.length;
    return lines.slice(known);
  }
}
