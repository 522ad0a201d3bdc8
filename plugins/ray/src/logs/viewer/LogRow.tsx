import { memo, type MouseEvent } from 'react';
import type { ScrollbackEntry } from '../scrollback/ScrollbackEntry';
import { clockTime, fullTime } from '../../times/formatTime';
import { FoldButton, type FoldButtonProps } from './FoldButton';
import { StyledLine } from './StyledLine';
import type { LogRowClasses } from './useRowStyles';

export interface LogRowProps extends Omit<FoldButtonProps, 'className'> {
  readonly entry: ScrollbackEntry;
  readonly classes: LogRowClasses;
  readonly query: string;
  readonly timestamps: boolean;
  /** IANA name of the zone that times are shown in. */
  readonly zone: string;
  /** Width of the line numbers in characters. */
  readonly digits: number;
  readonly selected: boolean;
  /** True for the line with the current match. */
  readonly current: boolean;
  /** Index of the current match in this line. */
  readonly match?: number;
  readonly onNumber: (number: number, extend: boolean) => void;
}

/** A line of the log, or a note between lines. */
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
        <span className={classes.time} title={fullTime(entry.time, props.zone)}>
          {clockTime(entry.time, props.zone)}
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
