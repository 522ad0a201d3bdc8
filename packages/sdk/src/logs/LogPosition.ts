import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import type { LogCursor } from './LogCursor';
import { normalizeLogTime } from './logTime';

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

  /** The line when it is new; `undefined` when it was read before. */
  accept(raw: string): LogLine | undefined {
    const space = raw.indexOf(' ');
    const stamp = space < 0 ? raw : raw.slice(0, space);
    const time = normalizeLogTime(stamp);
    if (time === undefined) {
      // Not stamped: the rest of a line that the runtime wrote in pieces.
      return this.resuming ? undefined : { text: trimEnd(raw) };
    }
    const last = this.time;
    if (this.resuming) {
      if (time < last) {
        return undefined;
      }
      if (time === last && this.toSkip > 0) {
        this.toSkip -= 1;
        return undefined;
      }
      // The reread begins before the cursor, so the cursor's own line has to
      // be in it; otherwise the file was rotated away meanwhile.
      this.gap = this.toSkip > 0;
      this.resuming = false;
    }
    if (time > last) {
      this.time = time;
      this.count = 1;
    } else if (time === last) {
      this.count += 1;
    }
    return { time, text: trimEnd(space < 0 ? '' : raw.slice(space + 1)) };
  }
}

/** A carriage return before the line end belongs to the line end. */
function trimEnd(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
