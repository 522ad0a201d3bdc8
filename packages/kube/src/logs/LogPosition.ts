import { stampLength, timeAt } from './logTime';
import type { LogLine, PodLogCursor } from './podLogTypes';

const RETURN = 13;

/**
 * Follows the reading of one container's log over any number of connections:
 * each reread begins at a whole second before the cursor, and what was read
 * already is dropped.
 */
export class LogPosition {
  readonly #start: PodLogCursor;
  #toSkip = 0;
  #resuming = false;
  #reached = false;
  #gap = false;
  #time: string;
  #count: number;

  constructor(start: PodLogCursor) {
    this.#start = start;
    this.#time = start.time;
    this.#count = start.count;
    this.reopen();
  }

  get cursor(): PodLogCursor {
    return { ...this.#start, time: this.#time, count: this.#count };
  }

  /** To be called before each connection. */
  reopen(): void {
    this.#resuming = this.#time !== '';
    this.#reached = false;
    this.#toSkip = this.#count;
  }

  /** True once after lines were found missing between two connections. */
  takeGap(): boolean {
    const gap = this.#gap;
    this.#gap = false;
    return gap;
  }

  /** The lines of a text that are new: those that were read before are left out. */
  read(text: string): LogLine[] {
    const lines: LogLine[] = [];
    for (let start = 0; start < text.length;) {
      const found = text.indexOf('\n', start);
      const end = found < 0 ? text.length : found;
      const line = this.#accept(text, start, end);
      if (line) {
        lines.push(line);
      }
      start = end + 1;
    }
    return lines;
  }

  /** The line between two places in a text when it is new. */
  #accept(text: string, start: number, end: number): LogLine | undefined {
    const length = stampLength(text, start, end);
    const time = timeAt(text, start, length);
    if (this.#resuming && !this.#isPast(time)) {
      return undefined;
    }
    // A carriage return before the line end belongs to the line end.
    const last = text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
    if (time === undefined) {
      // Not stamped: the rest of a line that the runtime wrote in pieces.
      this.#count += 1;
      return { text: text.slice(start, last) };
    }
    if (time > this.#time) {
      this.#time = time;
      this.#count = 1;
    } else {
      this.#count += 1;
    }
    return { time, text: text.slice(start + length + 1, last) };
  }

  /**
   * True for a line after those that were read before. A line without a time,
   * or with an earlier one, counts to the time before it.
   */
  #isPast(time: string | undefined): boolean {
    this.#reached ||= time === this.#time;
    const counted = time === undefined || time <= this.#time;
    if (this.#reached && this.#toSkip > 0 && counted) {
      this.#toSkip -= 1;
      // With the last of them the cursor is passed, whatever times follow.
      this.#resuming = this.#toSkip > 0;
      return false;
    }
    if (time === undefined || time < this.#time) {
      return false;
    }
    // The reread begins before the cursor, so the cursor's own line has to
    // be in it; otherwise the node rotated the file in the meantime.
    this.#gap = this.#toSkip > 0;
    this.#resuming = false;
    return true;
  }
}
