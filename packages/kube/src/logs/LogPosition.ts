import type { LogCursor } from './LogCursor';
import { stampLength, timeAt } from './logTime';
import type { LogLine } from './podLogTypes';

const RETURN = 13;

/**
 * Follows the reading of one container's log over any number of connections:
 * each reread begins at a whole second before the cursor, and what was read
 * already is dropped.
 */
export class LogPosition {
  private toSkip = 0;
  private resuming = false;
  private gap = false;
  private time: string;
  private count: number;

  constructor(private readonly start: LogCursor) {
    this.time = start.time;
    this.count = start.count;
    this.reopen();
  }

  get cursor(): LogCursor {
    return { ...this.start, time: this.time, count: this.count };
  }

  /** To be called before each connection. */
  reopen(): void {
    this.resuming = this.time !== '';
    this.toSkip = this.count;
  }

  /** True once after lines were found missing between two connections. */
  takeGap(): boolean {
    const gap = this.gap;
    this.gap = false;
    return gap;
  }

  /** The lines of a text that are new: those that were read before are left out. */
  read(text: string): LogLine[] {
    const lines: LogLine[] = [];
    for (let start = 0; start < text.length;) {
      const found = text.indexOf('\n', start);
      const end = found < 0 ? text.length : found;
      const line = this.accept(text, start, end);
      if (line) {
        lines.push(line);
      }
      start = end + 1;
    }
    return lines;
  }

  /** The line between two places in a text when it is new. */
  private accept(
    text: string,
    start: number,
    end: number,
  ): LogLine | undefined {
    const length = stampLength(text, start, end);
    const time = timeAt(text, start, length);
    // A carriage return before the line end belongs to the line end.
    const last = text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
    if (time === undefined) {
      // Not stamped: the rest of a line that the runtime wrote in pieces.
      return this.resuming ? undefined : { text: text.slice(start, last) };
    }
    if (this.resuming && !this.isPast(time)) {
      return undefined;
    }
    if (time > this.time) {
      this.time = time;
      this.count = 1;
    } else if (time === this.time) {
      this.count += 1;
    }
    return { time, text: text.slice(start + length + 1, last) };
  }

  /** True for the first line after those that were read before. */
  private isPast(time: string): boolean {
    if (time < this.time) {
      return false;
    }
    if (time === this.time && this.toSkip > 0) {
      this.toSkip -= 1;
      return false;
    }
    // The reread begins before the cursor, so the cursor's own line has to
    // be in it; otherwise the file was rotated away meanwhile.
    this.gap = this.toSkip > 0;
    this.resuming = false;
    return true;
  }
}
