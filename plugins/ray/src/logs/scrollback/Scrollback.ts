import { styleAfter } from '../terminal/drawLine';
import type { ScrollbackEntry, NewEntry } from './ScrollbackEntry';
import { redrawsBar } from './progressBar';
import { PLAIN, type TextStyle } from '../terminal/TextStyle';

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
  private readonly maxLines: number;
  private readonly maxBytes: number;
  private entries: ScrollbackEntry[] = [];
  /** Place in `entries` of the first one that still counts. */
  private head = 0;
  private bytes = 0;
  private lines = 0;
  private dropped = 0;
  private readonly styles = new Map<string | undefined, TextStyle>();
  private progress: string | undefined;

  /** Sequence number of the first entry that is here. */
  first = 0;

  constructor(options: ScrollbackOptions = {}) {
    this.maxLines = options.maxLines ?? MAX_LINES;
    this.maxBytes = options.maxBytes ?? MAX_BYTES;
  }

  /** Sequence number after the last entry. */
  get next(): number {
    return this.first + this.entries.length - this.head;
  }

  /** Lines received so far, those that were dropped included. */
  get lineCount(): number {
    return this.lines;
  }

  /** Lines that are no longer here. */
  get droppedLines(): number {
    return this.dropped;
  }

  /** The entry of a sequence number, if it is still here. */
  at(seq: number): ScrollbackEntry | undefined {
    return seq < this.first
      ? undefined
      : this.entries[this.head + seq - this.first];
  }

  /**
   * Sequence number of a line by its number. Markers lie between, so that it is
   * searched for, in logarithmic time.
   */
  seqOfLine(number: number): number | undefined {
    let low = this.first;
    let high = this.next;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.lineNumberFrom(middle) < number) {
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

  /**
   * Adds to the end. A line that ends in a carriage return is not finished: the
   * next line of its source is written over it, as in a terminal.
   */
  append(items: readonly NewEntry[]): void {
    for (const item of items) {
      if (item.kind === 'marker') {
        this.addMarker(item);
      } else {
        this.addLine(item);
      }
    }
    this.trim();
  }

  private addMarker(item: NewEntry & { kind: 'marker' }): void {
    const last = this.at(this.next - 1);
    // Waiting is a state, not history: only its newest reason is shown.
    if (last?.kind === 'marker' && last.marker === 'waiting') {
      this.replaceLast(item);
    } else {
      this.push(item);
    }
    this.progress = undefined;
  }

  private addLine(item: NewEntry & { kind: 'line' }): void {
    const { source, time } = item;
    const start = this.styles.get(source) ?? PLAIN;
    const last = this.at(this.next - 1);
    const open = this.progress !== undefined && last?.kind === 'line';
    const unfinished = item.text.endsWith('\r');
    if (open && last.source === source) {
      const text = latestDraw(`${this.progress}\r${item.text}`);
      this.replaceLast({ ...last, time, text });
      this.progress = unfinished ? text : undefined;
    } else if (
      last?.kind === 'line' &&
      last.source === source &&
      redrawsBar(last.text, item.text)
    ) {
      this.replaceLast({ ...last, time, text: item.text, start });
      this.progress = unfinished ? item.text : undefined;
    } else {
      if (last?.kind === 'marker' && last.marker === 'waiting') {
        this.dropLast();
      }
      this.lines += 1;
      const { text } = item;
      this.push({
        kind: 'line',
        number: this.lines,
        text,
        time,
        source,
        start,
      });
      this.progress = unfinished ? text : undefined;
    }
    const end = styleAfter(item.text, start);
    if (end !== start) {
      this.styles.set(source, end);
    }
  }

  private push(entry: ScrollbackEntry): void {
    this.entries.push(entry);
    this.bytes += bytesOf(entry);
  }

  private replaceLast(entry: ScrollbackEntry): void {
    this.dropLast();
    this.push(entry);
  }

  private dropLast(): void {
    const last = this.entries.pop();
    this.bytes -= last ? bytesOf(last) : 0;
  }

  private trim(): void {
    while (
      this.next - this.first > this.maxLines ||
      (this.bytes > this.maxBytes && this.next - this.first > 1)
    ) {
      const entry = this.entries[this.head];
      this.bytes -= bytesOf(entry);
      this.dropped += entry.kind === 'line' ? 1 : 0;
      this.head += 1;
      this.first += 1;
    }
    // Half of the array is dead: moving the rest is paid for by what was dropped.
    if (this.head > 1024 && this.head > this.entries.length / 2) {
      this.entries = this.entries.slice(this.head);
      this.head = 0;
    }
  }

  /** Number of the first line at or after a place; above all where none follows. */
  private lineNumberFrom(seq: number): number {
    for (let i = seq; i < this.next; i += 1) {
      const entry = this.at(i);
      if (entry?.kind === 'line') {
        return entry.number;
      }
    }
    return this.lines + 1;
  }
}

/** Longest text of an unfinished line; the draws before the last make it grow. */
const LONGEST_PROGRESS = 4096;

/** Keeps a progress line from growing with each draw. */
function latestDraw(text: string): string {
  return text.length > LONGEST_PROGRESS
    ? text.slice(text.indexOf('\r', text.length - LONGEST_PROGRESS) + 1)
    : text;
}
