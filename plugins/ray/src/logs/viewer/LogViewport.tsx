import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import DownIcon from '@material-ui/icons/ArrowDownward';
import { useEffect } from 'react';
import type { FindRanges } from '../file/findRanges';
import type { LogPlaces } from '../file/LogPlaces';
import type { RowIndex } from '../file/RowIndex';
import { countLines } from './countLines';
import type { LineTimes } from './lineTimes';
import { LogRows } from './LogRows';
import { LOG_COLORS } from './textCss';
import type { FoldsView } from './useFolds';
import type { JsonLinesView } from './useJsonLines';
import type { LineRange } from './useLineSelection';
import type { SearchPlace } from './useLogSearch';
import { useFocusedRow } from './useFocusedRow';
import { useRovingNumber } from './useRovingNumber';
import { ROW_HEIGHT, useRowStyles } from './useRowStyles';
import type { ViewportView } from './useViewport';

/** Number of rows to draw beyond each edge of the view. */
const OVERSCAN = 12;
/** The same at the end of a log that is followed, where all rows may be new each time. */
const OVERSCAN_AT_END = 4;

const useStyles = makeStyles(theme => ({
  root: { position: 'relative', flex: '1 1 0', minHeight: 0 },
  scroll: {
    height: '100%',
    overflow: 'auto',
    overflowAnchor: 'none',
    fontFamily:
      'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSize: 12.5,
    fontVariantLigatures: 'none',
    color: LOG_COLORS.text,
    background: LOG_COLORS.background,
    '&:focus-visible': { outline: '2px solid #58a6ff', outlineOffset: -2 },
  },
  space: { position: 'relative', minWidth: '100%' },
  spaceWrapped: { position: 'relative', width: '100%' },
  rows: { position: 'absolute', left: 0, minWidth: '100%' },
  plain: { whiteSpace: 'pre' },
  wrapped: {
    width: '100%',
    whiteSpace: 'break-spaces',
    wordBreak: 'break-all',
  },
  jump: {
    position: 'absolute',
    bottom: theme.spacing(2),
    left: '50%',
    transform: 'translateX(-50%)',
    borderRadius: 999,
    textTransform: 'none',
  },
}));

export interface LogViewportProps {
  readonly label: string;
  readonly places: LogPlaces;
  /** Grows with each change of what is shown. */
  readonly version: number;
  readonly rows: RowIndex;
  readonly view: ViewportView;
  readonly wrap: boolean;
  readonly times: LineTimes;
  /** The color for what wrote a line. */
  readonly colorOf: (source: string) => string;
  readonly find: FindRanges;
  readonly folds: FoldsView;
  readonly json: JsonLinesView;
  readonly place?: SearchPlace;
  readonly range?: LineRange;
  readonly digits: number;
  readonly following: boolean;
  /** Number of new lines since the user left the end. */
  readonly unseen: number;
  /** Has the lines between two places loaded. */
  readonly onShow: (
    from: number,
    to: number,
    open: ReadonlySet<number>,
  ) => void;
  readonly onJump: () => void;
  readonly onNumber: (number: number, extend: boolean) => void;
}

/** The lines of the log. Only the rows in view are in the page. */
export const LogViewport = (props: LogViewportProps) => {
  const { places, version, rows, view, wrap, following, unseen } = props;
  const { onJump, onShow } = props;
  const classes = useStyles();
  const rowClasses = useRowStyles();
  const overscan = following ? OVERSCAN_AT_END : OVERSCAN;
  const firstRow = Math.floor(view.top / ROW_HEIGHT) - overscan;
  const lastRow = Math.ceil((view.top + view.height) / ROW_HEIGHT) + overscan;
  const from = rows.seqAt(firstRow);
  const to = Math.min(places.next, rows.seqAt(lastRow) + 1);
  // At the end, rows are aligned to the bottom. A line that is taller than computed
  // then pushes older lines up, not newer lines down.
  const roving = useRovingNumber(props.onNumber);
  const { focused, handlers } = useFocusedRow();
  const top = places.lineAt(rows.seqAt(Math.ceil(view.top / ROW_HEIGHT)));
  const [start, end] = [places.lineAt(from), places.lineAt(to)];
  const isDrawn = (number: number) => number >= start && number < end;
  const tabbable =
    [roving.number, props.range?.from]
      .filter(number => number !== undefined)
      .find(isDrawn) ?? top;
  const atEnd = following && to === places.next;
  const { unfolded } = props.folds;
  useEffect(
    () => onShow(from, to, unfolded),
    [onShow, from, to, unfolded, version],
  );
  return (
    <div className={classes.root}>
      <div
        ref={view.ref}
        className={classes.scroll}
        onScroll={view.onScroll}
        role="log"
        // Lines start at the left in all languages.
        dir="ltr"
        aria-live="off"
        aria-label={props.label}
        // The keyboard must be able to reach a scrolling region.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div
          className={wrap ? classes.spaceWrapped : classes.space}
          style={{ height: view.space }}
        >
          <div
            {...handlers}
            className={`${classes.rows} ${wrap ? classes.wrapped : classes.plain}`}
            style={
              atEnd ? { bottom: 0 } : { top: view.offsetOf(rows.rowOf(from)) }
            }
          >
            <LogRows
              places={places}
              rows={rows}
              from={from}
              to={to}
              focused={focused}
              classes={rowClasses}
              find={props.find}
              folds={props.folds}
              json={props.json}
              place={props.place}
              times={props.times}
              colorOf={props.colorOf}
              digits={props.digits}
              tabbable={tabbable}
              onNumberFocus={roving.onFocus}
              onNumberKey={roving.onKeyDown}
              range={props.range}
              onNumber={props.onNumber}
            />
          </div>
        </div>
      </div>
      {!following && (
        <Button
          className={classes.jump}
          variant="contained"
          color="primary"
          size="small"
          startIcon={<DownIcon />}
          onClick={onJump}
        >
          Jump to latest
          {unseen > 0 ? ` · ${countLines(unseen, 'new')}` : ''}
        </Button>
      )}
    </div>
  );
};
