import { plainText } from '../terminal/drawLine';
import type { Scrollback } from './Scrollback';
import { textWidth } from '../terminal/textWidth';

const BLOCK = 1024;
/** The most rows of a line, so that its height fits in 16 bits. */
const MOST_ROWS = 60_000;

interface Block {
  sum: number;
  readonly heights: Uint16Array;
}

export interface RowIndexOptions {
  readonly buffer: Scrollback;
  /** Columns after which lines wrap. Infinite if they don't wrap. */
  readonly columns: number;
  /** Folds that are open. */
  readonly unfolded?: ReadonlySet<number>;
}

/**
 * The position of each entry of a buffer, in rows from the top. Lines wrap after a
 * number of columns, and folded lines have no rows. The cost of an update depends
 * on what was added and dropped, and the cost to find a place on the number of
 * blocks.
 */
export class RowIndex {
  readonly #options: RowIndexOptions;
  readonly #blocks = new Map<number, Block>();
  #first: number;
  #next: number;
  #rows = 0;

  constructor(options: RowIndexOptions) {
    this.#options = options;
    this.#first = options.buffer.first;
    this.#next = options.buffer.first;
    this.sync();
  }

  /** Number of rows of all entries. */
  get total(): number {
    return this.#rows;
  }

  /** Updates the index from the buffer. @returns the number of rows dropped at the top */
  sync(): number {
    const { buffer } = this.#options;
    // The last entry may have been replaced or folded.
    while (this.#next > this.#first && this.#next >= buffer.next) {
      this.#remove(this.#next - 1);
      this.#next -= 1;
    }
    if (this.#next > this.#first) {
      this.#remove(this.#next - 1);
      this.#next -= 1;
    }
    let lost = 0;
    while (this.#first < buffer.first) {
      if (this.#first < this.#next) {
        lost += this.#remove(this.#first);
      }
      this.#first += 1;
      if (this.#first % BLOCK === 0) {
        this.#blocks.delete(this.#first / BLOCK - 1);
      }
    }
    this.#next = Math.max(this.#next, this.#first);
    for (; this.#next < buffer.next; this.#next += 1) {
      this.#add(this.#next, this.#height(this.#next));
    }
    return lost;
  }

  /** Number of rows above an entry. */
  rowOf(seq: number): number {
    const wanted = Math.floor(seq / BLOCK);
    let row = 0;
    for (let b = Math.floor(this.#first / BLOCK); b < wanted; b += 1) {
      row += this.#blocks.get(b)?.sum ?? 0;
    }
    const heights = this.#blocks.get(wanted)?.heights;
    for (let i = Math.max(wanted * BLOCK, this.#first); i < seq; i += 1) {
      row += heights?.[i % BLOCK] ?? 0;
    }
    return row;
  }

  /** The entry of a row, or the last entry if the row is below it. */
  seqAt(row: number): number {
    let left = Math.max(0, row);
    let b = Math.floor(this.#first / BLOCK);
    const lastBlock = Math.floor((this.#next - 1) / BLOCK);
    while (b < lastBlock && left >= (this.#blocks.get(b)?.sum ?? 0)) {
      left -= this.#blocks.get(b)?.sum ?? 0;
      b += 1;
    }
    const heights = this.#blocks.get(b)?.heights;
    let seq = Math.max(b * BLOCK, this.#first);
    while (seq < this.#next - 1 && left >= (heights?.[seq % BLOCK] ?? 1)) {
      left -= heights?.[seq % BLOCK] ?? 1;
      seq += 1;
    }
    return seq;
  }

  /** True for a line in a closed fold. */
  isHidden(seq: number): boolean {
    const { buffer, unfolded } = this.#options;
    const fold = buffer.foldOf(seq);
    return fold !== undefined && !unfolded?.has(fold);
  }

  #height(seq: number): number {
    if (this.isHidden(seq)) {
      return 0;
    }
    const { buffer, columns } = this.#options;
    const entry = buffer.at(seq);
    if (!entry || columns === Infinity) {
      return 1;
    }
    const width = textWidth(
      entry.kind === 'line' ? plainText(entry.text) : entry.text,
    );
    return Math.min(MOST_ROWS, Math.max(1, Math.ceil(width / columns)));
  }

  #add(seq: number, height: number): void {
    const key = Math.floor(seq / BLOCK);
    let block = this.#blocks.get(key);
    if (!block) {
      block = { sum: 0, heights: new Uint16Array(BLOCK) };
      this.#blocks.set(key, block);
    }
    block.heights[seq % BLOCK] = height;
    block.sum += height;
    this.#rows += height;
  }

  #remove(seq: number): number {
    const block = this.#blocks.get(Math.floor(seq / BLOCK));
    const height = block?.heights[seq % BLOCK] ?? 0;
    if (block) {
      block.heights[seq % BLOCK] = 0;
      block.sum -= height;
    }
    this.#rows -= height;
    return height;
  }
}
