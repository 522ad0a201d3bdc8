import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';

/** One piece of a log with its number; numbers grow by one. */
export interface LogEntry {
  readonly seq: number;
  readonly event: RayLogEvent;
  readonly bytes: number;
}

function sizeOf(event: RayLogEvent): number {
  return event.type === 'lines'
    ? event.lines.reduce((sum, line) => sum + 2 * line.text.length + 64, 64)
    : 128;
}

/**
 * The latest part of a log, as much as fits: what viewers read from. It never
 * holds more than its limit, however slow they are.
 */
export class LogBuffer {
  private entries: LogEntry[] = [];
  private first = 1;
  private bytes = 0;

  constructor(private readonly options: { readonly maxBytes: number }) {}

  /** Number of the oldest entry that is kept. */
  get oldest(): number {
    return this.first;
  }

  /** Number that the next entry will get. */
  get next(): number {
    return this.first + this.entries.length;
  }

  /** True while nothing has been dropped. */
  get whole(): boolean {
    return this.first === 1;
  }

  push(event: RayLogEvent): void {
    const bytes = sizeOf(event);
    this.entries.push({ seq: this.next, event, bytes });
    this.bytes += bytes;
    let drop = 0;
    while (
      this.bytes > this.options.maxBytes &&
      drop < this.entries.length - 1
    ) {
      this.bytes -= this.entries[drop].bytes;
      drop += 1;
    }
    if (drop > 0) {
      this.entries = this.entries.slice(drop);
      this.first += drop;
    }
  }

  at(seq: number): LogEntry | undefined {
    return this.entries[seq - this.first];
  }

  /** Number of the entry with this cursor, or `undefined`. */
  find(cursor: string): number | undefined {
    for (let i = this.entries.length - 1; i >= 0; i -= 1) {
      const { event, seq } = this.entries[i];
      if (event.type === 'lines' && event.cursor === cursor) {
        return seq;
      }
    }
    return undefined;
  }

  /**
   * Where to begin for the last `lines` lines: the entry, and how many of its
   * lines to leave out. `undefined` when the buffer may not reach back so far.
   */
  tail(lines: number): { seq: number; skip: number } | undefined {
    let wanted = lines;
    for (let i = this.entries.length - 1; i >= 0; i -= 1) {
      const { event, seq } = this.entries[i];
      if (event.type === 'lines') {
        if (event.lines.length >= wanted) {
          return { seq, skip: event.lines.length - wanted };
        }
        wanted -= event.lines.length;
      }
    }
    return this.whole ? { seq: this.first, skip: 0 } : undefined;
  }
}
