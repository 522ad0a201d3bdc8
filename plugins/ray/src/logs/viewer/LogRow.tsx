import { memo, type KeyboardEvent, type MouseEvent } from 'react';
import type { FindRanges } from '../file/findRanges';
import type { LogEntry } from '../file/LogEntry';
import { HIDDEN_TEXT } from '../../states/hiddenText';
import { fullTime } from '../../times/formatTime';
import { FoldButton, type FoldButtonProps } from './FoldButton';
import { lineTime, type LineTimes } from './lineTimes';
import { LineText, type LineTextProps } from './LineText';
import type { LogRowClasses } from './useRowStyles';

export interface LogRowProps
  extends
    Omit<FoldButtonProps, 'className'>,
    Pick<LineTextProps, 'opened' | 'onOpen'> {
  readonly entry: LogEntry;
  /** Where it is in the log. */
  readonly place: number;
  /** True for a row out of view, which is there because it has the focus. */
  readonly away: boolean;
  readonly classes: LogRowClasses;
  /** Finds what is searched for. */
  readonly find: FindRanges;
  readonly times: LineTimes;
  /** The color for what wrote a line. */
  readonly colorOf: (source: string) => string;
  /** Width of the line numbers in characters. */
  readonly digits: number;
  readonly selected: boolean;
  /** True for the line with the current match. */
  readonly current: boolean;
  /** Index of the current match in this line. */
  readonly match?: number;
  readonly onNumber: (number: number, extend: boolean) => void;
  readonly onNumberFocus: (number: number) => void;
  readonly onNumberKey: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Stands for the text of a line that isn't loaded. */
const Loading = () => (
  <>
    <span aria-hidden>…</span>
    <span style={HIDDEN_TEXT}>Loading</span>
  </>
);

/** A line of the log, or a note between lines. */
export const LogRow = memo((props: LogRowProps) => {
  const { entry, classes, find, times, digits, onNumber } = props;
  if (entry.kind === 'marker') {
    return (
      <div
        className={`${classes.row} ${classes.marker} ${classes[entry.marker]}`}
      >
        {entry.text}
      </div>
    );
  }
  const { number } = entry;
  if (number === undefined) {
    return (
      <div className={`${classes.row} ${classes.marker}`}>
        <Loading />
      </div>
    );
  }
  const line = entry.kind === 'line' ? entry : undefined;
  const names = [
    classes.row,
    props.selected && classes.selected,
    props.current && classes.current,
    props.away && classes.away,
  ];
  const onClick = (event: MouseEvent) => onNumber(number, event.shiftKey);
  return (
    <div
      className={names.filter(Boolean).join(' ')}
      data-line={number}
      data-place={props.place}
    >
      <button
        type="button"
        tabIndex={props.tabbable ? 0 : -1}
        data-number
        onFocus={() => props.onNumberFocus(number)}
        onKeyDown={props.onNumberKey}
        aria-pressed={props.selected}
        className={classes.number}
        style={{ width: `${digits + 3}ch` }}
        aria-label={`Line ${number}`}
        onClick={onClick}
      >
        {number}
      </button>
      {times.column !== 'off' && (
        <span className={classes.time} title={fullTime(line?.time, times.zone)}>
          {lineTime(line?.time, times)}
        </span>
      )}
      {line?.source && (
        <span
          className={classes.source}
          style={{ color: props.colorOf(line.source) }}
        >
          {line.source}
        </span>
      )}
      <span className={classes.text}>
        <FoldButton
          className={classes.fold}
          fold={props.fold}
          folded={props.folded}
          repeats={props.repeats}
          open={props.open}
          tabbable={props.tabbable}
          onFold={props.onFold}
        />
        {line ? (
          <LineText
            entry={line}
            classes={classes}
            find={find}
            match={props.match}
            opened={props.opened}
            tabbable={props.tabbable}
            onOpen={props.onOpen}
          />
        ) : (
          <span className={classes.absent}>
            <Loading />
          </span>
        )}
      </span>
    </div>
  );
});
