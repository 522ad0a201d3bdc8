import { useMemo } from 'react';
import type { FindRanges } from '../file/findRanges';
import { jsonLine } from '../file/jsonLine';
import { lineTexts } from '../file/lineTexts';
import type { LineEntry } from '../file/LogEntry';
import { PLAIN } from '../terminal/TextStyle';
import { StyledLine } from './StyledLine';
import type { LogRowClasses } from './useRowStyles';

export interface LineTextProps {
  readonly entry: LineEntry;
  readonly classes: LogRowClasses;
  /** Finds what is searched for. */
  readonly find: FindRanges;
  /** Index of the current match in this line. */
  readonly match?: number;
  /** Whether the object of a line of JSON is shown. */
  readonly opened: boolean;
  /** True for the line whose parts can be reached with Tab. */
  readonly tabbable: boolean;
  readonly onOpen: (number: number) => void;
}

/** The text of a line. One JSON object is a summary, with a button for the whole object. */
export const LineText = (props: LineTextProps) => {
  const { entry, classes, find, match, opened, onOpen } = props;
  const shown = useMemo(
    () => lineTexts(entry, opened, find),
    [entry, opened, find],
  );
  const line = useMemo(
    () => (shown.line === entry.text ? entry : { ...entry, text: shown.line }),
    [entry, shown],
  );
  const below = useMemo(
    () => shown.below.map(text => ({ ...entry, text, start: PLAIN })),
    [entry, shown],
  );
  const json = jsonLine(entry);
  const text = <StyledLine entry={line} find={find} match={match} />;
  if (!json) {
    return text;
  }
  const more =
    shown.line !== entry.text && json.others > 0
      ? `+${json.others.toLocaleString()}`
      : '{…}';
  return (
    <>
      <button
        type="button"
        className={classes.fold}
        tabIndex={props.tabbable ? 0 : -1}
        aria-expanded={opened}
        aria-label={`${more}: all fields of line ${entry.number}`}
        title="All fields of this JSON line (→ on its number)"
        onClick={() => onOpen(entry.number)}
      >
        {opened ? '▾' : '▸'} {more}
      </button>
      {text}
      {below.length > 0 && (
        <span className={classes.json}>
          {below.map((part, i) => {
            // Lines of an object never change their order, so the index can be the key.
            const key = i;
            return (
              <span key={key} className={classes.jsonLine}>
                <StyledLine entry={part} find={find} />
              </span>
            );
          })}
        </span>
      )}
    </>
  );
};
