import { plainText } from '../terminal/drawLine';
import { textWidth } from '../terminal/textWidth';
import { HiddenLines } from './HiddenLines';
import type { LineTexts } from './lineTexts';
import type { LineEntry } from './LogEntry';
import type { LogPage } from './LogPages';
import type { LogPlaces } from './LogPlaces';

/** The most rows of a line, so that its height fits in 16 bits. */
const MOST_ROWS = 60_000;

export interface RowIndexOptions {
  readonly places: LogPlaces;
  /** Columns after which lines wrap. Infinite if they don't wrap. */
  readonly columns: number;
  /** Folds that are open. */
  readonly unfolded: ReadonlySet<number>;
  /** Lines with more texts below them. */
  readonly opened?: ReadonlySet<number>;
  /** What is shown of a line; by default, its text. */
  readonly textsOf?: (line: LineEntry) => LineTexts;
}

const textOf = ({ text }: LineEntry): LineTexts => ({ line: text, below: [] });

/** Rows of a page's lines before each of them, and of all, less one for each line. */
interface PageRows {
  readonly version: number;
  readonly extra: Int32Array;
}

/**
 * The position of each entry of a log, in rows from the top. Lines wrap after a number of
 * columns, and folded lines have no rows. A line that isn't loaded counts as one row. The
 * cost to find a place depends on what is loaded, not on the length of the log.
 */
export class RowIndex {
  readonly #options: RowIndexOptions;
  readonly #hidden: HiddenLines;
  readonly #rows = new WeakMap<LogPage, PageRows>();

  constructor(options: RowIndexOptions) {
    this.#options = options;
    this.#hidden = new HiddenLines(options.places.runs, options.unfolded);
  }

  /** Number of rows of all entries. */
  get total(): number {
    return this.rowOf(this.#options.places.next);
  }

  /** Number of rows above an entry. */
  rowOf(seq: number): number {
    const { places } = this.#options;
    const index = places.indexAt(seq);
    let row = seq - places.first - this.#hidden.above(index);
    for (const page of places.pages) {
      if (page.first < index) {
        const { extra } = this.#rowsOf(page);
        row += extra[Math.min(index - page.first, extra.length - 1)];
      }
    }
    return row;
  }

  /** The entry of a row, or the last entry if the row is below it. */
  seqAt(row: number): number {
    const { first, next } = this.#options.places;
    let [low, high] = [first, Math.max(first, next - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.rowOf(middle) <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The place after an entry and after those that it stands for. */
  after(seq: number): number {
    const { places } = this.#options;
    const index = places.indexAt(seq);
    const isNote = places.at(seq)?.kind === 'marker';
    const run = isNote ? undefined : this.#hidden.closedAt(index);
    return seq + 1 + (run ? run.until - index : 0);
  }

  /** True for a line in a closed fold. */
  isHidden(index: number): boolean {
    const { places, unfolded } = this.#options;
    const fold = places.foldOf(index);
    return fold !== undefined && !unfolded.has(fold);
  }

  #rowsOf(page: LogPage): PageRows {
    const known = this.#rows.get(page);
    if (known?.version === page.version) {
      return known;
    }
    const extra = new Int32Array(page.lines.length + 1);
    for (let i = 0; i < page.lines.length; i += 1) {
      extra[i + 1] = extra[i] + this.#height(page, i) - 1;
    }
    const rows = { version: page.version, extra };
    this.#rows.set(page, rows);
    return rows;
  }

  #height(page: LogPage, i: number): number {
    const line = page.lines[i];
    if (!line) {
      return 1;
    }
    const index = page.first + i;
    const run = this.#hidden.closedAt(index);
    if (run && run.first < index) {
      // Counted with its run.
      return 1;
    }
    if (this.isHidden(index)) {
      return 0;
    }
    const { columns, opened, textsOf = textOf } = this.#options;
    if (columns === Infinity && !opened?.has(line.number)) {
      return 1;
    }
    const { line: first, below } = textsOf(line);
    const rows = [first, ...below].map(text => {
      const width = textWidth(plainText(text));
      return Math.max(1, Math.ceil(width / columns));
    });
    return Math.min(
      MOST_ROWS,
      rows.reduce((sum, count) => sum + count),
    );
  }
}
