import { stampLength, timeAt } from './logTime';

/** Milliseconds from one look of a node at a log's size to the next: at least, by default. */
const LOOKS = { shortest: 3_000, usual: 10_000 };
/** Characters of a log that its node may have begun a new file after. */
const SMALLEST_FILE = 1024 * 1024;
/** Beginnings of files that are remembered, the latest ones. */
const MOST_BEGINS = 8;
/** Milliseconds by which the clock of a node may be behind or ahead. */
const CLOCK = 2_000;

const lastLine = (text: string) => text.lastIndexOf('\n', text.length - 2) + 1;

/** Absent for the rest of a line that came in pieces. */
function timeOfLine(text: string, start: number): string | undefined {
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found;
  return timeAt(text, start, stampLength(text, start, end));
}

/** Milliseconds since 1970. */
const timeOf = (stamp: string | undefined) =>
  stamp === undefined ? undefined : Date.parse(stamp);

/** A piece of a log, and what came before it. */
export interface FollowedText {
  readonly text: string;
  /** `gap` where lines may be missing before it, `again` where its file comes once more. */
  readonly after: 'text' | 'gap' | 'again';
}

/** A place in a text. */
interface Break extends Pick<FollowedText, 'after'> {
  readonly start: number;
}

/**
 * Finds the places at which a connection that follows a log may have left out lines.
 *
 * A kubelet reads the file of a log to its end, and goes on with the newest one, once for
 * each that was begun meanwhile. For a reader who is slower than the writer, the newest
 * isn't the next one: what was written into the files between them is left out, and nothing
 * says so. Then the newest one comes again from its first line. It shows by the times alone:
 * the reader was behind, and all of a sudden is not.
 */
export class SkippedFiles {
  readonly #openedAt: number;
  #length = 0;
  /** The shortest time from a line's writing to its reading, with what clocks differ. */
  #delay = CLOCK;
  #last: { readonly time: number; readonly isReadAt: number } | undefined;
  #newest = -Infinity;
  /** Times with which files may have begun before which something was left out. */
  #begins: readonly string[] = [];

  /** @param openedAt - when the connection was opened, in milliseconds since 1970 */
  constructor(openedAt: number) {
    this.#openedAt = openedAt;
  }

  /**
   * Splits a text of whole lines where lines may be missing, and where they come again.
   * @param now - when the text was read, in milliseconds since 1970
   */
  split(text: string, now: number): readonly FollowedText[] {
    const parts: FollowedText[] = [];
    let part: FollowedText = { text, after: 'text' };
    for (
      let found = this.#find(part, now);
      found;
      found = this.#find(part, now)
    ) {
      const { start, after } = found;
      parts.push({ ...part, text: part.text.slice(0, start) });
      part = { text: part.text.slice(start), after };
    }
    return [...parts, part].filter(({ text: lines }) => lines !== '');
  }

  /** The first place in a part at which it has to be split. */
  #find({ text, after }: FollowedText, now: number): Break | undefined {
    const newest = timeOf(timeOfLine(text, lastLine(text)));
    const mayBreak =
      newest === undefined ||
      !this.#last ||
      newest - this.#last.time >= LOOKS.shortest ||
      this.#begins.some(begin => text.includes(begin));
    const found = mayBreak ? this.#findIn(text, after, now) : undefined;
    if (!found) {
      this.#take(newest, now);
      this.#length += text.length;
    } else if (found.after === 'gap') {
      this.#length = 0;
      this.#last = undefined;
    }
    return found;
  }

  #findIn(
    text: string,
    after: FollowedText['after'],
    now: number,
  ): Break | undefined {
    for (let start = 0; start < text.length;) {
      const end = text.indexOf('\n', start);
      const stamp = timeOfLine(text, start);
      const time = timeOf(stamp);
      // It was split here already.
      const isKnown = start === 0 && after !== 'text';
      if (stamp && time !== undefined && !isKnown) {
        if (this.#isAgain(stamp, time)) {
          return { start, after: 'again' };
        }
        if (this.#isJump(time, start)) {
          this.#begins = [...this.#begins, stamp].slice(-MOST_BEGINS);
          return { start, after: 'gap' };
        }
      }
      this.#take(time, now);
      start = end < 0 ? text.length : end + 1;
    }
    return undefined;
  }

  #isAgain(stamp: string, time: number): boolean {
    const isBack = this.#last !== undefined && time < this.#last.time;
    return isBack && this.#begins.includes(stamp);
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
      last.time >= this.#newest &&
      last.time >= this.#openedAt - LOOKS.usual &&
      time >= this.#openedAt + LOOKS.shortest - CLOCK &&
      behind >= time - last.time - CLOCK &&
      this.#length + start >= SMALLEST_FILE
    );
  }

  #take(time: number | undefined, now: number): void {
    if (time !== undefined) {
      this.#last = { time, isReadAt: now };
      this.#newest = Math.max(this.#newest, time);
      this.#delay = Math.min(this.#delay, now - time);
    }
  }
}
