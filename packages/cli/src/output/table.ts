import { plain } from '../terminal/plain';
import { cutText, textWidth } from '../terminal/textWidth';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Paints the text of a cell. */
  readonly paint?: (text: string, row: Row) => string;
  /** Left out first where the terminal is narrow; 0 stays. */
  readonly rank?: number;
}

/** Rows in one piece of the text: it may have ten thousand. */
const PIECE = 200;
/** Blanks between two columns. */
const GAP = 2;
/** Narrowest that the last column is cut to, in characters. */
const LEAST = 12;

interface Measured<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** What a cell says: an empty one isn't missing. */
const cellOf = <Row>({ value }: Column<Row>, row: Row): string =>
  plain(value(row)) || '-';

/** Leaves columns out, the least important first, until the rest fits. */
function fitting<Row>(
  columns: readonly Measured<Row>[],
  width: number,
): readonly Measured<Row>[] {
  const needed = columns.reduce(
    (sum, column, i) =>
      sum +
      (i === columns.length - 1
        ? Math.min(column.width, LEAST)
        : column.width + GAP),
    0,
  );
  const rank = Math.max(...columns.map(({ column }) => column.rank ?? 0));
  return needed <= width || rank === 0
    ? columns
    : fitting(
        columns.filter(({ column }) => (column.rank ?? 0) !== rank),
        width,
      );
}

function measure<Row>(
  rows: readonly Row[],
  column: Column<Row>,
): Measured<Row> {
  let width = column.title.length;
  for (const row of rows) {
    width = Math.max(width, textWidth(cellOf(column, row)));
  }
  return { column, width };
}

/** The columns that fit, and how wide each of them is. */
function layOut<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number | undefined,
): readonly Measured<Row>[] {
  const measured = columns.map(column => measure(rows, column));
  if (width === undefined) {
    return measured;
  }
  const shown = fitting(measured, Math.max(20, width));
  const before = shown
    .slice(0, -1)
    .reduce((sum, column) => sum + column.width + GAP, 0);
  const rest = Math.max(LEAST, width - before);
  return shown.map((column, i) =>
    i === shown.length - 1
      ? { ...column, width: Math.min(column.width, rest) }
      : column,
  );
}

function line<Row>(
  columns: readonly Measured<Row>[],
  textOf: (column: Column<Row>) => string,
  paint: (column: Column<Row>, text: string) => string,
): string {
  let text = '';
  let blanks = 0;
  for (const { column, width } of columns) {
    const cell = cutText(textOf(column), width);
    text += ' '.repeat(blanks) + paint(column, cell);
    blanks = width - textWidth(cell) + GAP;
  }
  return `${text}\n`;
}

/**
 * Rows as columns under their titles, piece by piece. Where the width is known,
 * columns that don't fit are left out and the last one is cut. docs/performance.md
 * says why no library does it: they take ten times as long or more, or cut nothing.
 *
 * @param width - of the terminal, in characters
 */
export function* tablePieces<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width?: number,
): Generator<string, void> {
  const shown = layOut(rows, columns, width);
  let piece = line(
    shown,
    column => column.title,
    (_, title) => title,
  );
  for (const [index, row] of rows.entries()) {
    piece += line(
      shown,
      column => cellOf(column, row),
      ({ paint }, cell) => paint?.(cell, row) ?? cell,
    );
    if (index % PIECE === PIECE - 1) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** The whole text of {@link tablePieces}. */
export function table<Row>(
  ...asked: Parameters<typeof tablePieces<Row>>
): string {
  return [...tablePieces(...asked)].join('');
}
