import { isSamePlace, type LogCursor } from '@ml-platform/sdk';
import type { LogEvent } from './logTypes';

/** One piece of a log with its number; numbers grow by one. */
export interface LogPiece {
  readonly seq: number;
  readonly event: LogEvent;
  readonly bytes: number;
  /** Of the log up to and including this piece, also of what was dropped. */
  readonly total: LogAmount;
}

interface LogAmount {
  readonly bytes: number;
  readonly lines: number;
}

const NOTHING: LogAmount = { bytes: 0, lines: 0 };

/** About what a piece takes: two bytes for a character, and each line's object. */
function sizeOf(event: LogEvent): number {
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
export class LogWindow {
  readonly #maxBytes: number;
  #pieces: LogPiece[] = [];
  #first = 1;
  #bytes = 0;
  #dropped = NOTHING;

  constructor(options: { readonly maxBytes: number }) {
    this.#maxBytes = options.maxBytes;
  }

  /** Number of the oldest piece that is kept. */
  get oldest(): number {
    return this.#first;
  }

  /** Number that the next piece will get. */
  get next(): number {
    return this.#first + this.#pieces.length;
  }

  /** True while nothing has been dropped. */
  get whole(): boolean {
    return this.#first === 1;
  }

  push(event: LogEvent): void {
    const bytes = sizeOf(event);
    const before = this.upTo(this.next);
    const lines = event.type === 'lines' ? event.lines.length : 0;
    const total = { bytes: before.bytes + bytes, lines: before.lines + lines };
    this.#pieces.push({ seq: this.next, event, bytes, total });
    this.#bytes += bytes;
    let drop = 0;
    while (this.#bytes > this.#maxBytes && drop < this.#pieces.length - 1) {
      this.#bytes -= this.#pieces[drop].bytes;
      drop += 1;
    }
    if (drop > 0) {
      this.#dropped = this.#pieces[drop - 1].total;
      this.#pieces = this.#pieces.slice(drop);
      this.#first += drop;
    }
  }

  /** What came before a piece, or before the oldest that is kept. */
  upTo(seq: number): LogAmount {
    return this.at(seq - 1)?.total ?? this.#dropped;
  }

  at(seq: number): LogPiece | undefined {
    return this.#pieces[seq - this.#first];
  }

  /** Number of the piece with this cursor, or `undefined`. */
  find(cursor: LogCursor): number | undefined {
    for (let i = this.#pieces.length - 1; i >= 0; i -= 1) {
      const { event, seq } = this.#pieces[i];
      if (event.type === 'lines' && isSamePlace(event.cursor, cursor)) {
        return seq;
      }
    }
    return undefined;
  }

  /**
   * Where to begin for the last `lines` lines: the piece, and how many of its
   * lines to leave out. `undefined` when the window may not reach back so far.
   */
  tail(lines: number): { seq: number; skip: number } | undefined {
    let wanted = lines;
    for (let i = this.#pieces.length - 1; i >= 0; i -= 1) {
      const { event, seq } = this.#pieces[i];
      if (event.type === 'lines') {
        if (event.lines.length >= wanted) {
          return { seq, skip: event.lines.length - wanted };
        }
        wanted -= event.lines.length;
      }
    }
    return this.whole ? { seq: this.#first, skip: 0 } : undefined;
  }
}
