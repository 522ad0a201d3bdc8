import Table from 'cli-table3';
import stringWidth from 'string-width';
import { plain } from '../terminal/plain';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Paints the text of a cell. */
  readonly paint?: (text: string, row: Row) => string;
  /** Left out first where the terminal is narrow; 0 stays. */
  readonly rank?: number;
}

/** Rows that are drawn at once: the library's time grows with their square. */
const BATCH = 50;
/** Blanks between two columns. */
const GAP = 2;
/** Narrowest that the last column is cut to, in characters. */
const LEAST = 12;

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

const PLAIN = {
  chars: NO_BORDERS,
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  truncate: '…',
};

/** Letters of which each takes one place; the library takes its time to say so. */
const NARROW = /^[\u0020-\u007e]*$/;

const lengthOf = (text: string) =>
  NARROW.test(text) ? text.length : stringWidth(text);

interface Measured<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly string[];
  readonly width: number;
}

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

/**
 * Rows as columns under their titles. Where the width is known, columns that don't
 * fit are left out and the last one is cut.
 *
 * @param width - of the terminal, in characters
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width?: number,
): string {
  const measured = columns.map(column => {
    const cells = rows.map(row => plain(column.value(row)) || '-');
    return {
      column,
      cells,
      width: cells.reduce(
        (most, cell) => Math.max(most, lengthOf(cell)),
        column.title.length,
      ),
    };
  });
  const shown =
    width === undefined ? measured : fitting(measured, Math.max(20, width));
  const before = shown
    .slice(0, -1)
    .reduce((sum, column) => sum + column.width + GAP, 0);
  const rest = width === undefined ? Infinity : Math.max(LEAST, width - before);
  const widths = shown.map(({ width: own }, i) =>
    i === shown.length - 1 ? Math.min(own, rest) : own + GAP,
  );
  const draw = (cells: readonly string[][]) => {
    const view = new Table({ ...PLAIN, colWidths: widths });
    view.push(...cells);
    return view.toString();
  };
  const lines = [shown.map(({ column }) => column.title)];
  rows.forEach((row, index) => {
    lines.push(
      shown.map(
        ({ column, cells }) =>
          column.paint?.(cells[index], row) ?? cells[index],
      ),
    );
  });
  const parts: string[] = [];
  for (let at = 0; at < lines.length; at += BATCH) {
    parts.push(draw(lines.slice(at, at + BATCH)));
  }
  return parts
    .join('\n')
    .split('\n')
    .map(line => `${line.trimEnd()}\n`)
    .join('');
}
