import type { RowIndex } from '../file/RowIndex';
import { ROW_HEIGHT } from './useRowStyles';

/** Tallest space in pixels: browsers draw nothing beyond about twice of it. */
const TALLEST = 8_000_000;
/** A view that is at most so many pixels from the end counts as at the end. */
const NEAR = ROW_HEIGHT * 1.5;
/** Scrolling by more than so many views is a jump of the bar. */
const JUMP = 3;

/** A place in the log that stays in the view where it is. */
export interface Anchor {
  readonly seq: number;
  /** Pixels from the top of the entry down to the top of the view. */
  readonly offset: number;
}

export interface LogScrollOptions {
  readonly rows: RowIndex;
  /** Height of the view, in pixels. */
  readonly height: number;
}

/**
 * How far a view is scrolled through a log, in pixels from its top. A long log is taller than
 * a browser can make an element: then the bar stands for a share of the log, and scrolling by
 * wheel or key still moves by pixels.
 */
export class LogScroll {
  readonly #options: LogScrollOptions;
  /** Height of all rows, in pixels. */
  readonly #total: number;

  constructor(options: LogScrollOptions) {
    this.#options = options;
    this.#total = options.rows.total * ROW_HEIGHT;
  }

  /** Height of the element that is scrolled. */
  get space(): number {
    return Math.min(TALLEST, this.#total);
  }

  /** True where the element is not as tall as the log. */
  get isScaled(): boolean {
    return this.#total > TALLEST;
  }

  /** The end of the log. */
  get end(): number {
    return Math.max(0, this.#total - this.#options.height);
  }

  isAtEnd(top: number): boolean {
    return this.end - top < NEAR;
  }

  topOf({ seq, offset }: Anchor): number {
    const top = this.#options.rows.rowOf(seq) * ROW_HEIGHT + offset;
    return Math.max(0, this.isScaled ? Math.min(top, this.end) : top);
  }

  /** The entry at the top of the view, and the place so many pixels further. */
  anchorAt(top: number, by = 0): Anchor {
    const { rows } = this.#options;
    const seq = rows.seqAt(Math.floor(top / ROW_HEIGHT));
    return { seq, offset: top + by - rows.rowOf(seq) * ROW_HEIGHT };
  }

  /** The place that has an entry in the middle, as far as there is log around it. */
  middle(seq: number): Anchor {
    const { rows, height } = this.#options;
    const row = rows.rowOf(seq) * ROW_HEIGHT;
    const top = Math.min(this.end, Math.max(0, row - height / 2));
    return { seq, offset: top - row };
  }

  /** Where the bar has to be. */
  toBar(top: number): number {
    const { height } = this.#options;
    return this.isScaled ? (top / this.end) * (TALLEST - height) : top;
  }

  /** Where the log is after the bar has moved. */
  moved(
    before: { readonly bar: number; readonly top: number },
    bar: number,
  ): number {
    const { height } = this.#options;
    if (!this.isScaled) {
      return bar;
    }
    const by = bar - before.bar;
    const top =
      Math.abs(by) > height * JUMP
        ? (bar / (TALLEST - height)) * this.end
        : before.top + by;
    return Math.min(Math.max(0, top), this.end);
  }
}
