import { stampLength, timeAt } from './logTime';

/** Milliseconds from one look of a node at a log's size to the next: at least, by default. */
const LOOKS = { shortest: 3_000, usual: 10_000 };
/** Characters of a log that its node may have begun a new file after. */
const SMALLEST_FILE = 1024 * 1024;
/** Milliseconds by which the clock of a node may be behind or ahead. */
const CLOCK = 2_000;

/**
 * Finds the places at which a connection that follows a log may have left out lines.
 *
 * A kubelet reads the file of a log to its end, and goes on with the newest one. For a
 * reader who is slower than the writer, that isn't the next one: what was written into
 * the files between them is left out, and nothing says so. It shows by the times alone:
 * the reader was behind, and all of a sudden is not.
 */
export class SkippedFiles {
  readonly #openedAt: number;
  #length = 0;
  /** The shortest time from a line's writing to its reading, with what clocks differ. */
  #delay = CLOCK;
  #last: { readonly time: number; readonly isReadAt: number } | undefined;

  /** @param openedAt - when the connection was opened, in milliseconds since 1970 */
  constructor(openedAt: number) {
    this.#openedAt = openedAt;
  }

  /**
   * Splits a text of whole lines where lines may be missing; the first part is empty
   * where they are missing before it.
   *
   * @param now - when the text was read, in milliseconds since 1970
   */
  split(text: string, now: number): readonly string[] {
    const parts: string[] = [];
    let rest = text;
    for (let at = this.#find(rest, now); at >= 0; at = this.#find(rest, now)) {
      parts.push(rest.slice(0, at));
      rest = rest.slice(at);
    }
    return [...parts, rest];
  }

  /** Where the first line begins before which lines may be missing; -1 for none. */
  #find(text: string, now: number): number {
    const newest = timeOfLine(
      text,
      text.lastIndexOf('\n', text.length - 2) + 1,
    );
    const mayJump =
      newest === undefined ||
      !this.#last ||
      newest - this.#last.time >= LOOKS.shortest;
    const found = mayJump ? this.#findJump(text, now) : -1;
    if (found < 0) {
      this.#take(newest, now);
      this.#length += text.length;
    } else {
      this.#length = 0;
      this.#last = undefined;
    }
    return found;
  }

  #findJump(text: string, now: number): number {
    for (let start = 0; start < text.length;) {
      const end = text.indexOf('\n', start);
      const time = timeOfLine(text, start);
      if (time !== undefined && this.#isJump(time, start)) {
        return start;
      }
      this.#take(time, now);
      start = end < 0 ? text.length : end + 1;
    }
    return -1;
  }

  /** True where the reader was as far behind as the line is after the one before it. */
  #isJump(time: number, start: number): boolean {
    const last = this.#last;
    if (!last || time - last.time < LOOKS.shortest) {
      return false;
    }
    const behind = last.isReadAt - last.time - this.#delay;
    // The file that was opened was the newest one by then.
    return (
      last.time >= this.#openedAt - LOOKS.usual &&
      time >= this.#openedAt + LOOKS.shortest - CLOCK &&
      behind >= time - last.time - CLOCK &&
      this.#length + start >= SMALLEST_FILE
    );
  }

  #take(time: number | undefined, now: number): void {
    if (time !== undefined) {
      this.#last = { time, isReadAt: now };
      this.#delay = Math.min(this.#delay, now - time);
    }
  }
}

/** Milliseconds since 1970; absent for the rest of a line that came in pieces. */
function timeOfLine(text: string, start: number): number | undefined {
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found;
  const time = timeAt(text, start, stampLength(text, start, end));
  return time === undefined ? undefined : Date.parse(time);
}
