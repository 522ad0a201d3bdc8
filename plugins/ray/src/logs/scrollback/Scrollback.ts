import { styleAfter } from '../terminal/drawLine';
import { PLAIN, type TextStyle } from '../terminal/TextStyle';
import { redrawsBar } from './progressBar';
import type { LineEntry, NewEntry, ScrollbackEntry } from './ScrollbackEntry';

export interface ScrollbackOptions {
  readonly maxLines?: number;
  /** Approximate memory limit in bytes. */
  readonly maxBytes?: number;
}

/** The most lines to keep. */
export const MAX_LINES = 200_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** Memory for an entry in addition to its text, in bytes. */
const ENTRY_BYTES = 64;

function bytesOf(entry: ScrollbackEntry): number {
  return ENTRY_BYTES + entry.text.length;
}

/**
 * The newest part of a log. The sequence number of an entry never changes, so
 * that selections, matches and positions stay valid when older entries are
 * dropped. The cost to append and drop doesn't depend on the length of the log.
 */
export class Scrollback {
  readonly #maxLines: number;
  readonly #maxBytes: number;
  #entries: ScrollbackEntry[] = [];
  /** Index in `#entries` of the first entry that isn't dropped. */
  #head = 0;
  #bytes = 0;
  #lines = 0;
  #dropped = 0;
  readonly #styles = new Map<string | undefined, TextStyle>();
  #first = 0;

  constructor(options: ScrollbackOptions = {}) {
    this.#maxLines = options.maxLines ?? MAX_LINES;
    this.#maxBytes = options.maxBytes ?? MAX_BYTES;
  }

  /** Sequence number of the first entry. */
  get first(): number {
    return this.#first;
  }

  /** Sequence number after the last entry. */
  get next(): number {
    return this.#first + this.#entries.length - this.#head;
  }

  /** Number of lines received so far, including dropped lines. */
  get lineCount(): number {
    return this.#lines;
  }

  /** Number of dropped lines. */
  get droppedLines(): number {
    return this.#dropped;
  }

  /** The entry with a sequence number, if it isn't dropped. */
  at(seq: number): ScrollbackEntry | undefined {
    return seq < this.#first
      ? undefined
      : this.#entries[this.#head + seq - this.#first];
  }

  /**
   * The fold that can hide a line, because the next line shows a later state of the
   * same progress bar. A fold is identified by the sequence number of its first
   * line, even if that line was dropped.
   */
  foldOf(seq: number): number | undefined {
    const after = this.at(seq + 1);
    return after?.kind === 'line' ? after.redraws : undefined;
  }

  /**
   * The sequence number of a line, given its line number. Markers between the lines
   * make a search necessary. It takes logarithmic time.
   */
  seqOfLine(number: number): number | undefined {
    let low = this.#first;
    let high = this.next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#lineNumberFrom(middle) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    while (this.at(low)?.kind === 'marker') {
      low += 1;
    }
    const entry = this.at(low);
    return entry?.kind === 'line' && entry.number === number ? low : undefined;
  }

  append(items: readonly NewEntry[]): void {
    for (const item of items) {
      const last = this.at(this.next - 1);
      // Waiting is a state, not history, so only show the newest reason.
      if (last?.kind === 'marker' && last.marker === 'waiting') {
        this.#dropLast();
      }
      this.#push(item.kind === 'marker' ? item : this.#newLine(item));
    }
    this.#trim();
  }

  #newLine({ text, time, source }: NewEntry & { kind: 'line' }): LineEntry {
    const start = this.#styles.get(source) ?? PLAIN;
    const end = styleAfter(text, start);
    if (end !== start) {
      this.#styles.set(source, end);
    }
    this.#lines += 1;
    const redraws = this.#redrawn(text, source);
    return {
      kind: 'line',
      number: this.#lines,
      text,
      time,
      source,
      start,
      ...(redraws !== undefined && { redraws }),
    };
  }

  /** The first line of the progress bar, if this line continues the last one. */
  #redrawn(text: string, source: string | undefined): number | undefined {
    const seq = this.next - 1;
    const last = this.at(seq);
    return last?.kind === 'line' &&
      last.source === source &&
      redrawsBar(last.text, text)
      ? (last.redraws ?? seq)
      : undefined;
  }

  #push(entry: ScrollbackEntry): void {
    this.#entries.push(entry);
    this.#bytes += bytesOf(entry);
  }

  #dropLast(): void {
    const last = this.#entries.pop();
    this.#bytes -= last ? bytesOf(last) : 0;
  }

  #trim(): void {
    while (
      this.next - this.#first > this.#maxLines ||
      (this.#bytes > this.#maxBytes && this.next - this.#first > 1)
    ) {
      const entry = this.#entries[this.#head];
      this.#bytes -= bytesOf(entry);
      this.#dropped += entry.kind === 'line' ? 1 : 0;
      this.#head += 1;
      this.#first += 1;
    }
    // More than half of the array is unused, so the copy is worth its cost.
    if (this.#head > 1024 && this.#head > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Number of the first line at or after a place, or the next number without one. */
  #lineNumberFrom(seq: number): number {
    for (let i = seq; i < this.next; i += 1) {
      const entry = this.at(i);
      if (entry?.kind === 'line') {
        return entry.number;
      }
    }
    return this.#lines + 1;
  }
}
