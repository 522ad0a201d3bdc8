import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import DownIcon from '@material-ui/icons/ArrowDownward';
import type { Scrollback } from '../scrollback/Scrollback';
import { countLines } from './countLines';
import { LogRows } from './LogRows';
import { LOG_COLORS } from './textCss';
import type { FoldsView } from './useFolds';
import type { LineRange } from './useLineSelection';
import type { SearchPlace } from './useLogSearch';
import type { RowIndexView } from './useRowIndex';
import { ROW_HEIGHT, useRowStyles } from './useRowStyles';
import type { ViewportView } from './useViewport';

/** Number of rows to draw beyond each edge of the view. */
const OVERSCAN = 12;

const useStyles = makeStyles(theme => ({
  root: { position: 'relative', flex: '1 1 auto', minHeight: 0 },
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
  readonly buffer: Scrollback;
  readonly rows: RowIndexView;
  readonly view: ViewportView;
  readonly wrap: boolean;
  readonly timestamps: boolean;
  readonly zone: string;
  readonly query: string;
  readonly folds: FoldsView;
  readonly place?: SearchPlace;
  readonly range?: LineRange;
  readonly digits: number;
  readonly following: boolean;
  /** Number of new lines since the user left the end. */
  readonly unseen: number;
  readonly onJump: () => void;
  readonly onNumber: (number: number, extend: boolean) => void;
}

/** The lines of the log. Only the rows in view are in the page. */
export const LogViewport = (props: LogViewportProps) => {
  const { buffer, rows, view, wrap, following, unseen, onJump } = props;
  const classes = useStyles();
  const rowClasses = useRowStyles();
  const { index } = rows;
  const empty = buffer.next === buffer.first;
  const firstRow = Math.floor(view.top / ROW_HEIGHT) - OVERSCAN;
  const lastRow = Math.ceil((view.top + view.height) / ROW_HEIGHT) + OVERSCAN;
  const from = empty ? buffer.first : index.seqAt(firstRow);
  const to = empty ? buffer.first : index.seqAt(lastRow) + 1;
  // At the end, rows are aligned to the bottom. A line that is taller than computed
  // then pushes older lines up, not newer lines down.
  const atEnd = following && to === buffer.next;
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
          style={{ height: index.total * ROW_HEIGHT }}
        >
          <div
            className={`${classes.rows} ${wrap ? classes.wrapped : classes.plain}`}
            style={
              atEnd ? { bottom: 0 } : { top: index.rowOf(from) * ROW_HEIGHT }
            }
          >
            <LogRows
              buffer={buffer}
              rows={rows}
              from={from}
              to={to}
              classes={rowClasses}
              query={props.query}
              folds={props.folds}
              place={props.place}
              timestamps={props.timestamps}
              zone={props.zone}
              digits={props.digits}
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
