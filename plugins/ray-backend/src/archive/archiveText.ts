import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';

/** Stands for a time that the source did not give. */
const NO_TIME = '-';

/** One line as it stands in the archive: its time, a space, its text. */
export function archiveLine({ time, text }: LogLine): string {
  return `${time ?? NO_TIME} ${text}\n`;
}

/** The line that {@link archiveLine} wrote, without its line end. */
export function parseArchiveLine(line: string): LogLine {
  const space = line.indexOf(' ');
  const time = line.slice(0, space);
  const text = line.slice(space + 1);
  return time === NO_TIME ? { text } : { time, text };
}

/**
 * Bounds a log: its beginning, and its end, where errors are. What is between
 * is left out, and a line says so.
 */
export class BoundedText {
  private written = 0;
  private tail: string[] = [];
  private tailBytes = 0;
  /** Of the tail, those at its head that are no longer kept. */
  private stale = 0;
  private dropped = 0;

  constructor(
    private readonly limits: {
      /** Bytes from the beginning. */
      readonly head: number;
      /** Bytes from the end. */
      readonly tail: number;
    },
  ) {}

  /** Takes a line; answers it when it is to be written now. */
  push(line: string): string {
    const bytes = Buffer.byteLength(line);
    if (
      this.tail.length === 0 &&
      this.dropped === 0 &&
      this.written + bytes <= this.limits.head
    ) {
      this.written += bytes;
      return line;
    }
    this.tail.push(line);
    this.tailBytes += bytes;
    while (this.tailBytes > this.limits.tail && this.stale < this.tail.length) {
      this.tailBytes -= Buffer.byteLength(this.tail[this.stale]);
      this.stale += 1;
      this.dropped += 1;
    }
    // Not with each line: that would move all others each time.
    if (2 * this.stale > this.tail.length) {
      this.tail = this.tail.slice(this.stale);
      this.stale = 0;
    }
    return '';
  }

  /** What is left to write when the log has ended. */
  finish(): string {
    const note =
      this.dropped > 0
        ? archiveLine({
            text: `[${this.dropped} lines were left out here: the archive keeps the beginning and the end of a long log]`,
          })
        : '';
    return note + this.tail.slice(this.stale).join('');
  }
}
