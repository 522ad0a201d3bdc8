import type { RayLogEvent } from '@ml-platform/backstage-plugin-ray-node';

/** One piece of a log with its number; numbers grow by one. */
export interface LogEntry {
  readonly seq: number;
  readonly event: RayLogEvent;
  readonly bytes: number;
  /** Of the log up to and including this entry, also of what was dropped. */
  readonly total: LogAmount;
}

interface LogAmount {
  readonly bytes: number;
  readonly lines: number;
}

const NOTHING: LogAmount = { bytes: 0, lines: 0 };

/** About what an entry takes: two bytes for a character, and each line's object. */
function sizeOf(event: RayLogEvent): number {
  let bytes = 128;
  if (event.type === 'lines') {
    for (const { text } of event.lines) {
      bytes += 2 * text.length + 64;
    }
  }
  return bytes;
}

/**
 * The latest part of a log, as much as fits: what viewers read from. It never
 * holds more than its limit, however slow they are.
 */
export class LogBuffer {
  private entries: LogEntry[] = [];
  private first = 1;
  private bytes = 0;
  private dropped = NOTHING;

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
    const before = this.upTo(this.next);
    const lines = event.type === 'lines' ? event.lines.length : 0;
    const total = { bytes: before.bytes + bytes, lines: before.lines + lines };
    this.entries.push({ seq: this.next, event, bytes, total });
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
      this.dropped = this.entries[drop - 1].total;
      this.entries = this.entries.slice(drop);
      this.first += drop;
    }
  }

  /** What came before an entry, or before the oldest that is kept. */
  upTo(seq: number): LogAmount {
    return this.at(seq - 1)?.total ?? this.dropped;
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
