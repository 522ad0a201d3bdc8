import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import { isTerminal } from '@ml-platform/rayjob';
import { formatDuration } from '../times/formatDuration';
import { fullTime } from '../times/formatTime';
import { useNow } from '../times/useNow';
import { useTimeZone } from '../times/useTimeZone';
import { TIME_LOOKS, timeBackground } from './timeLooks';
import { timeSpent, type TimePart } from './timeSpent';
import { useUsualTimes } from './useUsualTimes';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  row: { marginTop: theme.spacing(1) },
  bar: {
    display: 'flex',
    gap: 2,
    height: 12,
    borderRadius: 6,
    overflow: 'hidden',
  },
  // A part of a second between hours can still be seen.
  part: { minWidth: 4 },
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0.5, 0, 0),
    padding: 0,
    listStyle: 'none',
    fontSize: 13,
    fontVariantNumeric: 'tabular-nums',
  },
  mark: {
    display: 'inline-block',
    width: 10,
    height: 10,
    marginRight: 6,
    borderRadius: 2,
  },
  usual: {
    margin: theme.spacing(1, 0, 0),
    fontSize: 13,
    color: theme.palette.text.secondary,
  },
}));

interface PartsProps {
  readonly parts: readonly TimePart[];
  /** Milliseconds that the whole width stands for. */
  readonly whole: number;
}

const Parts = ({ parts, whole }: PartsProps) => {
  const classes = useStyles();
  const theme = useTheme();
  const zone = useTimeZone();
  const shown = parts.map(({ use, from, to }) => ({
    key: `${use} ${from}`,
    title: TIME_LOOKS[use].title,
    background: timeBackground(theme, use),
    width: `${(100 * (to - from)) / whole}%`,
    took: formatDuration(to - from),
    times: [from, to]
      .map(at => fullTime(new Date(at).toISOString(), zone))
      .join(' – '),
  }));
  return (
    <>
      <div className={classes.bar} aria-hidden>
        {shown.map(({ key, title, background, width, times }) => (
          <div
            key={key}
            className={classes.part}
            style={{ background, width }}
            title={`${title}: ${times}`}
          />
        ))}
      </div>
      <ul className={classes.legend}>
        {shown.map(({ key, title, background, took, times }) => (
          <li key={key} title={times}>
            <span className={classes.mark} style={{ background }} aria-hidden />
            {title} {took}
          </li>
        ))}
      </ul>
    </>
  );
};

const total = (parts: readonly TimePart[]) =>
  parts.reduce((sum, { from, to }) => sum + to - from, 0);

/** Where the time of a run went, a bar for each attempt, and what is usual. */
export const TimeBars = ({ detail }: { readonly detail: JobDetail }) => {
  const classes = useStyles();
  const now = useNow(!isTerminal(detail.summary.state));
  const usual = useUsualTimes(detail.summary);
  const attempts = timeSpent(detail, now);
  if (attempts.length === 0) {
    return null;
  }
  const whole = Math.max(...attempts.map(({ parts }) => total(parts)));
  return (
    <section className={classes.root} aria-label="Where the time went">
      {attempts.map(({ attempt, parts }) => (
        <div key={attempt} className={classes.row}>
          {attempts.length > 1 && <div>Attempt {attempt}</div>}
          <Parts parts={parts} whole={whole} />
        </div>
      ))}
      {usual && (
        <p className={classes.usual}>
          Usually {formatDuration(usual.wait)} until it runs, and a run of{' '}
          {formatDuration(usual.run)} (median of the {usual.runs} runs before it
          that succeeded)
        </p>
      )}
    </section>
  );
};
