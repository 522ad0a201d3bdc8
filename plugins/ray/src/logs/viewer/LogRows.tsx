import type { Scrollback } from '../scrollback/Scrollback';
import { LogRow } from './LogRow';
import type { FoldsView } from './useFolds';
import type { LineRange } from './useLineSelection';
import type { SearchPlace } from './useLogSearch';
import type { RowIndexView } from './useRowIndex';
import type { LogRowClasses } from './useRowStyles';

export interface LogRowsProps {
  readonly buffer: Scrollback;
  readonly rows: RowIndexView;
  readonly folds: FoldsView;
  /** Sequence numbers. The second one is excluded. */
  readonly from: number;
  readonly to: number;
  readonly classes: LogRowClasses;
  readonly query: string;
  readonly place?: SearchPlace;
  readonly timestamps: boolean;
  readonly zone: string;
  readonly digits: number;
  readonly range?: LineRange;
  readonly onNumber: (number: number, extend: boolean) => void;
}

/** The rows that are in view. */
export const LogRows = (props: LogRowsProps) => {
  const { buffer, rows, folds, from, to, range, place, ...rest } = props;
  const drawn = [];
  for (let seq = from; seq < to; seq += 1) {
    const entry = buffer.at(seq);
    if (entry && !rows.index.isHidden(seq)) {
      const line = entry.kind === 'line' ? entry : undefined;
      const selected =
        line !== undefined &&
        range !== undefined &&
        line.number >= range.from &&
        line.number <= range.to;
      // The last line of a fold stays visible, with a button for the others.
      const fold = buffer.foldOf(seq) === undefined ? line?.redraws : undefined;
      const current = seq === place?.seq;
      drawn.push(
        <LogRow
          key={seq}
          entry={entry}
          selected={selected}
          current={current}
          match={current ? place?.match : undefined}
          fold={fold}
          folded={fold === undefined ? 0 : seq - Math.max(fold, buffer.first)}
          open={fold !== undefined && folds.unfolded.has(fold)}
          onFold={folds.toggle}
          {...rest}
        />,
      );
    }
  }
  return <>{drawn}</>;
};
