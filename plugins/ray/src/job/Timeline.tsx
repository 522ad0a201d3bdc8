import { makeStyles, useTheme } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/Check';
import CloseIcon from '@material-ui/icons/Close';
import MoreIcon from '@material-ui/icons/MoreHoriz';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { HIDDEN_TEXT } from '../states/hiddenText';
import { Duration } from '../times/Duration';
import { fullTime, shortTime } from '../times/formatTime';
import { useNow } from '../times/useNow';
import { useTimeZone } from '../times/useTimeZone';
import type { Tone } from '../states/stateLook';
import { toneColor } from '../states/tones';
import { timelineStages, type Stage, type StageStatus } from './timelineStages';

const TONES: Readonly<Record<StageStatus, Tone>> = {
  done: 'good',
  current: 'active',
  failed: 'bad',
};

const SPOKEN: Readonly<Record<StageStatus, string>> = {
  done: 'done',
  current: 'now',
  failed: 'failed',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    listStyle: 'none',
    margin: 0,
    padding: 0,
    [theme.breakpoints.down('sm')]: { flexDirection: 'column' },
  },
  stage: {
    position: 'relative',
    flex: '1 1 0',
    minWidth: 0,
    paddingRight: theme.spacing(2),
    // The line to the next stage starts behind the mark of this one.
    '&:not(:last-child)::before': {
      content: '""',
      position: 'absolute',
      background: 'var(--line)',
      top: 13,
      left: 28,
      right: 0,
      height: 3,
    },
    [theme.breakpoints.down('sm')]: {
      padding: theme.spacing(0, 0, 2, 5),
      '&:not(:last-child)::before': {
        top: 28,
        bottom: 0,
        left: 13,
        right: 'auto',
        width: 3,
        height: 'auto',
      },
    },
  },
  mark: {
    position: 'relative',
    display: 'grid',
    placeItems: 'center',
    width: 28,
    height: 28,
    borderRadius: 14,
    border: '2px solid',
    background: theme.palette.background.paper,
    '& svg': { fontSize: 18 },
    [theme.breakpoints.down('sm')]: { position: 'absolute', left: 0, top: 0 },
  },
  filled: { color: `${theme.palette.background.paper} !important` },
  pulsing: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$ring 1.8s ease-out infinite',
    },
  },
  '@keyframes ring': {
    from: { boxShadow: `0 0 0 0 ${toneColor(theme, 'active')}66` },
    to: { boxShadow: `0 0 0 10px ${toneColor(theme, 'active')}00` },
  },
  title: {
    marginTop: 8,
    fontWeight: 600,
    [theme.breakpoints.down('sm')]: { marginTop: 3 },
  },
  time: {
    fontSize: 13,
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
  note: { overflowWrap: 'anywhere' },
}));

const ICONS = {
  done: CheckIcon,
  failed: CloseIcon,
  current: MoreIcon,
} as const;

const StageItem = ({ stage }: { readonly stage: Stage }) => {
  const classes = useStyles();
  const theme = useTheme();
  const zone = useTimeZone();
  const now = useNow(false);
  const { status, from, to, title, note, id } = stage;
  const color = toneColor(theme, TONES[status]);
  const Icon = ICONS[status];
  const filled = status === 'done' || status === 'failed';
  const mark = [
    classes.mark,
    filled && classes.filled,
    status === 'current' && classes.pulsing,
  ];
  const at = from ?? to;
  return (
    <li
      className={classes.stage}
      style={
        {
          '--line': status === 'done' ? color : theme.palette.divider,
        } as React.CSSProperties
      }
      aria-current={status === 'current' ? 'step' : undefined}
    >
      <span
        className={mark.filter(Boolean).join(' ')}
        style={{
          borderColor: color,
          color,
          ...(filled && { background: color }),
        }}
        aria-hidden
      >
        <Icon />
      </span>
      <div className={classes.title}>
        {title}
        <span style={HIDDEN_TEXT}>, {SPOKEN[status]}</span>
      </div>
      <div className={classes.time}>
        {at && (
          <time dateTime={at} title={fullTime(at, zone)}>
            {shortTime(at, zone, now)}
          </time>
        )}
        {from && id !== 'end' && (
          <>
            {' · '}
            <Duration from={from} to={to} />
          </>
        )}
      </div>
      {note && <div className={`${classes.time} ${classes.note}`}>{note}</div>}
    </li>
  );
};

export interface TimelineProps {
  readonly detail: JobDetail;
  /** Whether the page says above what the job waits for. */
  readonly told: boolean;
}

/** The stages of a run with their times. */
export const Timeline = ({ detail, told }: TimelineProps) => {
  const classes = useStyles();
  return (
    <ol className={classes.root} aria-label="Stages of this run">
      {timelineStages(detail, told).map(stage => (
        <StageItem key={stage.id} stage={stage} />
      ))}
    </ol>
  );
};
