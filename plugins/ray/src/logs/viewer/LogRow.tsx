import { memo, type MouseEvent } from 'react';
import type { ScrollbackEntry } from '../scrollback/ScrollbackEntry';
import { FoldButton, type FoldButtonProps } from './FoldButton';
import { StyledLine } from './StyledLine';
import type { LogRowClasses } from './useRowStyles';

export interface LogRowProps extends Omit<FoldButtonProps, 'className'> {
  readonly entry: ScrollbackEntry;
  readonly classes: LogRowClasses;
  readonly query: string;
  readonly timestamps: boolean;
  /** Width of the line numbers in characters. */
  readonly digits: number;
  readonly selected: boolean;
  /** The line that the reader stands on. */
  readonly current: boolean;
  /** Which of its matches the reader stands on. */
  readonly match?: number;
  readonly onNumber: (number: number, extend: boolean) => void;
}

/** `2025-11-24T02:15:31.204123456Z` as `02:15:31.204`. */
function clock(time: string | undefined): string {
  return (time?.split('T')[1]?.replace('Z', '') ?? '').slice(0, 12).padEnd(12);
}

/** One line of the log, or one note between lines. */
export const LogRow = memo((props: LogRowProps) => {
  const { entry, classes, query, digits, onNumber } = props;
  if (entry.kind === 'marker') {
    return (
      <div
        className={`${classes.row} ${classes.marker} ${classes[entry.marker]}`}
      >
        {entry.text}
      </div>
    );
  }
  const names = [
    classes.row,
    props.selected && classes.selected,
    props.current && classes.current,
  ];
  const onClick = (event: MouseEvent) => onNumber(entry.number, event.shiftKey);
  return (
    <div className={names.filter(Boolean).join(' ')} data-line={entry.number}>
      <button
        type="button"
        tabIndex={-1}
        className={classes.number}
        style={{ width: `${digits + 3}ch` }}
        aria-label={`Line ${entry.number}`}
        onClick={onClick}
      >
        {entry.number}
      </button>
      {props.timestamps && (
        <span className={classes.time} title={entry.time}>
          {clock(entry.time)}
        </span>
      )}
      {entry.source && <span className={classes.source}>{entry.source}</span>}
      <span className={classes.text}>
        <FoldButton
          className={classes.fold}
          fold={props.fold}
          folded={props.folded}
          open={props.open}
          onFold={props.onFold}
        />
        <StyledLine entry={entry} query={query} match={props.match} />
      </span>
    </div>
  );
});
