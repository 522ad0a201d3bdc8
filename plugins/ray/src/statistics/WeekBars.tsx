import { makeStyles } from '@material-ui/core/styles';

const HEIGHT = 96;
/** Pixels of a part that is not nothing, so that one sees it. */
const LEAST = 3;

const useStyles = makeStyles(theme => ({
  root: { margin: 0, minWidth: 0 },
  title: { marginBottom: theme.spacing(1), fontWeight: 600 },
  sub: { fontWeight: 400, color: theme.palette.text.secondary },
  bars: {
    display: 'flex',
    alignItems: 'flex-end',
    gap: 4,
    height: HEIGHT,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  bar: {
    display: 'flex',
    flexDirection: 'column-reverse',
    flex: '1 1 0',
    maxWidth: 40,
    borderRadius: '3px 3px 0 0',
    overflow: 'hidden',
  },
  ends: {
    display: 'flex',
    justifyContent: 'space-between',
    fontSize: 13,
    color: theme.palette.text.secondary,
  },
}));

/** One week as a bar, made of parts from below to the top. */
export interface WeekBar {
  /** The day that it begins with. */
  readonly day: string;
  /** What it says, for those who can't see it and on hover. */
  readonly text: string;
  readonly parts: readonly {
    readonly amount: number;
    readonly color: string;
  }[];
}

const sum = ({ parts }: WeekBar) =>
  parts.reduce((total, { amount }) => total + amount, 0);

/** A bar for each week, the newest on the right. */
export const WeekBars = ({
  title,
  about,
  weeks,
}: {
  readonly title: string;
  /** What the highest bar stands for. */
  readonly about: (most: number) => string;
  readonly weeks: readonly WeekBar[];
}) => {
  const classes = useStyles();
  const most = Math.max(...weeks.map(sum), 0);
  return (
    <figure className={classes.root}>
      <figcaption className={classes.title}>
        {title} <span className={classes.sub}>{about(most)}</span>
      </figcaption>
      <div
        role="img"
        aria-label={`${title} by week: ${weeks
          .map(({ day, text }) => `${day} ${text}`)
          .join('; ')}`}
      >
        <div className={classes.bars}>
          {weeks.map(({ day, text, parts }) => (
            <div key={day} className={classes.bar} title={`${day}: ${text}`}>
              {parts.map(({ amount, color }) => (
                <div
                  key={color}
                  style={{
                    height:
                      amount > 0
                        ? Math.max(LEAST, (HEIGHT * amount) / most)
                        : 0,
                    background: color,
                  }}
                />
              ))}
            </div>
          ))}
        </div>
        <div className={classes.ends}>
          <span>{weeks[0]?.day}</span>
          <span>This week</span>
        </div>
      </div>
    </figure>
  );
};
