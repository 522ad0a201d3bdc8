import { styleAfter } from '../terminal/drawLine';
import { PLAIN, type TextStyle } from '../terminal/TextStyle';
import { redrawsBar } from './progressBar';
import type { LineEntry, NewEntry, ScrollbackEntry } from './ScrollbackEntry';

export interface ScrollbackOptions {
  readonly maxLines?: number;
  /** Bytes of memory, about. */
  readonly maxBytes?: number;
}

/** Lines that are kept at most. */
export const MAX_LINES = 200_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** What an entry costs beside its text, in bytes. */
const ENTRY_BYTES = 64;

function bytesOf(entry: ScrollbackEntry): number {
  return ENTRY_BYTES + entry.text.length;
}

/**
 * The newest part of a log. Entries have a sequence number that never changes,
 * so that what is selected, found or scrolled to stays where it is when the head
 * is dropped. Appending and dropping cost the same however long the log is.
 */
export class Scrollback {
  readonly #maxLines: number;
  readonly #maxBytes: number;
  #entries: ScrollbackEntry[] = [];
  /** Place in `#entries` of the first one that still counts. */
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

  /** Sequence number of the first entry that is here. */
  get first(): number {
    return this.#first;
  }

  /** Sequence number after the last entry. */
  get next(): number {
    return this.#first + this.#entries.length - this.#head;
  }

  /** Lines received so far, those that were dropped included. */
  get lineCount(): number {
    return this.#lines;
  }

  /** Lines that are no longer here. */
  get droppedLines(): number {
    return this.#dropped;
  }

  /** The entry of a sequence number, if it is still here. */
  at(seq: number): ScrollbackEntry | undefined {
    return seq < this.#first
      ? undefined
      : this.#entries[this.#head + seq - this.#first];
  }

  /**
   * The fold that a line can be hidden in, as an earlier state of the progress
   * bar in the line after it. A fold is named by the sequence number of its first
   * line, also when that is no longer here.
   */
  foldOf(seq: number): number | undefined {
    const after = this.at(seq + 1);
    return after?.kind === 'line' ? after.redraws : undefined;
  }

  /**
   * Sequence number of a line by its number. Markers lie between, so that it is
   * searched for, in logarithmic time.
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
      // Waiting is a state, not history: only its newest reason is shown.
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

  /** First line of the progress bar that the last line shows and this one goes on with. */
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
    // Half of the array is dead: moving the rest is paid for by what was dropped.
    if (this.#head > 1024 && this.#head > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Number of the first line at or after a place; above all where none follows. */
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
