import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { StreamState } from '../../streams/StreamState';
import { countLines } from './countLines';
import { LOG_COLORS } from './textCss';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    minHeight: 30,
    padding: theme.spacing(0.25, 1.5),
    fontSize: 12,
    color: LOG_COLORS.muted,
    background: '#161b22',
    borderTop: `1px solid ${LOG_COLORS.line}`,
  },
  state: { display: 'inline-flex', alignItems: 'center', gap: 6 },
  dot: { width: 8, height: 8, borderRadius: 4 },
  warn: { color: '#e3b341' },
  bad: { color: '#ff7b72' },
}));

export interface LogStatusBarProps {
  readonly stream: StreamState;
  readonly ended?: string;
  readonly lines: number;
  readonly dropped: number;
  readonly onRetry: () => void;
}

function describe(
  stream: StreamState,
  ended: string | undefined,
): { text: string; color: string } {
  if (ended) {
    return { text: 'Ended', color: '#8b949e' };
  }
  switch (stream.kind) {
    case 'live':
      return { text: 'Live', color: '#56d364' };
    case 'reconnecting':
      return { text: 'Reconnecting…', color: '#e3b341' };
    case 'failed':
      return {
        text: `Couldn't load the log: ${stream.error.message}`,
        color: '#ff7b72',
      };
    default:
      return { text: 'Connecting…', color: '#e3b341' };
  }
}

/** Whether the log is live, how many lines it has, and how many were dropped. */
export const LogStatusBar = (props: LogStatusBarProps) => {
  const classes = useStyles();
  const { stream, ended, lines, dropped, onRetry } = props;
  const { text, color } = describe(stream, ended);
  return (
    <div className={classes.root}>
      <span role="status" className={classes.state}>
        <span
          aria-hidden
          className={classes.dot}
          style={{ background: color }}
        />
        {text}
      </span>
      <span>{countLines(lines)}</span>
      {dropped > 0 && (
        <span className={classes.warn}>
          The first {countLines(dropped)} aren't shown. To see them, download
          the log.
        </span>
      )}
      {(stream.kind === 'failed' || ended) && (
        <Button size="small" color="inherit" onClick={onRetry}>
          Reload
        </Button>
      )}
    </div>
  );
};
