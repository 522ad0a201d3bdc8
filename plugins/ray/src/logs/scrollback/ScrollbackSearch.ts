import { plainText } from '../terminal/drawLine';
import type { Scrollback } from './Scrollback';

/** A range of a text. `end` is excluded. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Matches a text literally. Case-sensitive only if the text has capital letters. */
function searchPattern(query: string): RegExp {
  const exact = query !== query.toLowerCase();
  const literal = query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(literal, exact ? 'gu' : 'giu');
}

/** All places where a query occurs in a text. */
export function findRanges(text: string, query: string): TextRange[] {
  if (!query) {
    return [];
  }
  const matches = text.matchAll(searchPattern(query));
  return Array.from(matches, ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

/**
 * The lines of a buffer that contain a text. Searches each line once, so that the
 * cost for a growing log depends only on what is added.
 */
export class ScrollbackSearch {
  readonly #buffer: Scrollback;
  readonly #pattern: RegExp;
  readonly #found: number[] = [];
  /** Lines found before this one were dropped from the buffer. */
  #head = 0;
  #scanned: number;

  constructor(buffer: Scrollback, query: string) {
    this.#buffer = buffer;
    this.#pattern = searchPattern(query);
    this.#scanned = buffer.first;
  }

  /** Number of matching lines found so far. */
  get count(): number {
    return this.#found.length - this.#head;
  }

  /** Sequence number of a matching line, counted from 0. */
  at(index: number): number | undefined {
    return index < 0 ? undefined : this.#found[this.#head + index];
  }

  /**
   * Searches up to `budget` more entries.
   * @returns true if all entries have been searched
   */
  scan(budget: number): boolean {
    const buffer = this.#buffer;
    // The last entry may have been replaced since the last search.
    this.#scanned = Math.max(
      buffer.first,
      Math.min(this.#scanned, buffer.next) - 1,
    );
    while (
      this.#found.length > this.#head &&
      this.#found[this.#found.length - 1] >= this.#scanned
    ) {
      this.#found.pop();
    }
    const end = Math.min(buffer.next, this.#scanned + budget);
    for (; this.#scanned < end; this.#scanned += 1) {
      const entry = buffer.at(this.#scanned);
      if (
        entry?.kind === 'line' &&
        plainText(entry.text).search(this.#pattern) >= 0
      ) {
        this.#found.push(this.#scanned);
      }
    }
    while (
      this.#head < this.#found.length &&
      this.#found[this.#head] < buffer.first
    ) {
      this.#head += 1;
    }
    return this.#scanned >= buffer.next;
  }

  /** Index of the first matching line at or after a place, if there is one. */
  indexFrom(seq: number): number | undefined {
    let low = this.#head;
    let high = this.#found.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#found[middle] < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < this.#found.length ? low - this.#head : undefined;
  }
}
