import type { FindRanges } from '../file/findRanges';
import type { LogEntry } from '../file/LogEntry';
import type { LogPlaces } from '../file/LogPlaces';
import type { RowIndex } from '../file/RowIndex';
import { LogRow, type LogRowProps } from './LogRow';
import type { FoldsView } from './useFolds';
import type { JsonLinesView } from './useJsonLines';
import type { LineRange } from './useLineSelection';
import type { SearchPlace } from './useLogSearch';
import type { LogRowClasses } from './useRowStyles';

export interface LogRowsProps {
  readonly places: LogPlaces;
  readonly rows: RowIndex;
  readonly folds: FoldsView;
  readonly json: JsonLinesView;
  /** Places. The second one is excluded. */
  readonly from: number;
  readonly to: number;
  /** Place of the row that has the focus. It stays, or the focus would be gone with it. */
  readonly focused?: number;
  readonly classes: LogRowClasses;
  readonly find: FindRanges;
  readonly place?: SearchPlace;
  readonly times: LogRowProps['times'];
  readonly colorOf: LogRowProps['colorOf'];
  readonly digits: number;
  /** Number of the line that can be reached with Tab. */
  readonly tabbable: number;
  readonly range?: LineRange;
  readonly onNumber: (number: number, extend: boolean) => void;
  readonly onNumberFocus: LogRowProps['onNumberFocus'];
  readonly onNumberKey: LogRowProps['onNumberKey'];
}

type Fold = Pick<LogRowProps, 'fold' | 'folded' | 'repeats'>;

const none: Fold = { fold: undefined, folded: 0, repeats: 0 };

/** The fold whose button is at a line: at the first of equal ones, at the last of a bar. */
function foldAt(places: LogPlaces, index: number, entry: LogEntry): Fold {
  if (entry.kind !== 'line' || places.foldOf(index) !== undefined) {
    return none;
  }
  const run = places.runs.at(index);
  if (run) {
    const folded = run.until - index;
    return { fold: index, folded, repeats: folded + 1 };
  }
  const { number, redraws } = entry;
  return redraws === undefined
    ? none
    : { fold: redraws, folded: number - redraws, repeats: 0 };
}

/** The places of the rows in view, and of the one that has the focus. */
function drawnPlaces({ rows, from, to, focused }: LogRowsProps): number[] {
  const places = [];
  for (let seq = from; seq < to; seq = rows.after(seq)) {
    places.push(seq);
  }
  if (focused === undefined || (focused >= from && focused < to)) {
    return places;
  }
  return focused < from ? [focused, ...places] : [...places, focused];
}

/** The rows that are in view, and the one that has the focus. */
export const LogRows = (props: LogRowsProps) => {
  const {
    places,
    rows,
    folds,
    json,
    from,
    to,
    focused,
    range,
    place,
    tabbable,
    ...rest
  } = props;
  const drawn = [];
  for (const seq of drawnPlaces(props)) {
    const entry = places.at(seq);
    const number = entry?.kind === 'marker' ? 0 : (entry?.number ?? 0);
    const index = places.indexAt(seq);
    if (entry && (entry.kind === 'marker' || !rows.isHidden(index))) {
      const selected =
        range !== undefined && number >= range.from && number <= range.to;
      const fold = foldAt(places, index, entry);
      const current = number > 0 && number === place?.number;
      drawn.push(
        <LogRow
          key={seq}
          entry={entry}
          place={seq}
          away={seq < from || seq >= to}
          tabbable={number === tabbable}
          selected={selected}
          current={current}
          match={current ? place?.match : undefined}
          {...fold}
          open={fold.fold !== undefined && folds.unfolded.has(fold.fold)}
          onFold={folds.toggle}
          opened={json.opened.has(number)}
          onOpen={json.toggle}
          {...rest}
        />,
      );
    }
  }
  return <>{drawn}</>;
};
