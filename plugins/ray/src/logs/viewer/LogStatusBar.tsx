import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { LogFile } from '../file/LogFile';
import type { StreamState } from '../../streams/StreamState';
import { SHORT_WINDOW } from '../../layout/shortWindow';
import { countLines } from './countLines';
import { LOG_COLORS } from './textCss';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexShrink: 0,
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    minHeight: 30,
    [SHORT_WINDOW]: { minHeight: 20 },
    padding: theme.spacing(0.25, 1.5),
    fontSize: 12,
    color: LOG_COLORS.muted,
    background: LOG_COLORS.hover,
    borderTop: `1px solid ${LOG_COLORS.line}`,
  },
  state: { display: 'inline-flex', alignItems: 'center', gap: 6 },
  dot: { width: 8, height: 8, borderRadius: 4 },
  warn: { color: '#e3b341' },
}));

export interface LogStatusBarProps {
  readonly stream: StreamState;
  readonly file: LogFile;
  /** Number of the lines that are shown, where others are hidden. */
  readonly shown?: number;
  /** Why lines couldn't be loaded; another try follows. */
  readonly failure?: Error;
  /** Why a line that was asked for isn't shown. */
  readonly absent?: string;
  /** Why the times of lines aren't shown. */
  readonly timeless?: string;
  readonly onRetry: () => void;
}

const COLORS = {
  ended: '#8b949e',
  good: '#56d364',
  wait: '#e3b341',
  bad: '#ff7b72',
} as const;

function describe({ stream, file }: LogStatusBarProps): {
  readonly text: string;
  readonly color: string;
} {
  if (file.hasFailed) {
    return { text: 'Not read to its end', color: COLORS.bad };
  }
  if (file.facts.end) {
    return { text: 'Ended', color: COLORS.ended };
  }
  switch (stream.kind) {
    case 'live':
      return file.facts.state === 'reading'
        ? { text: 'Reading…', color: COLORS.wait }
        : { text: 'Live', color: COLORS.good };
    case 'reconnecting':
      return { text: 'Reconnecting…', color: COLORS.wait };
    case 'failed':
      return {
        text: `Couldn't load the log: ${stream.error.message}`,
        color: COLORS.bad,
      };
    default:
      return { text: 'Connecting…', color: COLORS.wait };
  }
}

/** What of the log can't be seen as it was written. */
function warnings(props: LogStatusBarProps): string[] {
  const { file, failure, absent, timeless } = props;
  const { first, last, lasting } = file.facts;
  const { lost } = file;
  const dropped = first - 1 - lost;
  return [
    absent,
    timeless,
    failure && `Couldn't load lines, trying again: ${failure.message}`,
    lost > 0 && `${countLines(lost)} lost.`,
    dropped > 0 &&
      last > 0 &&
      `The first ${countLines(dropped)} aren't kept here any more. To see them, download the log.`,
    !lasting &&
      'Lines of all containers are numbered as they were read: after a reload, a number may stand for another line.',
  ].filter(text => typeof text === 'string');
}

/** How many lines there are, and how many of them are hidden. */
function lengthOf({ file, shown }: LogStatusBarProps): string {
  const { first, last } = file.facts;
  if (shown === undefined) {
    return countLines(last);
  }
  const hidden = Math.max(0, last - first + 1 - file.lost - shown);
  return `${shown.toLocaleString()} of ${countLines(last)} shown, ${hidden.toLocaleString()} hidden`;
}

/** Whether the log is live, how many lines it has, and what is missing. */
export const LogStatusBar = (props: LogStatusBarProps) => {
  const classes = useStyles();
  const { stream, file, onRetry } = props;
  const { text, color } = describe(props);
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
      <span>{lengthOf(props)}</span>
      {warnings(props).map(warning => (
        <span key={warning} className={classes.warn} role="status">
          {warning}
        </span>
      ))}
      {(stream.kind === 'failed' || file.hasFailed || file.facts.end) && (
        <Button size="small" color="inherit" onClick={onRetry}>
          Reload
        </Button>
      )}
    </div>
  );
};
