import { makeStyles } from '@material-ui/core/styles';
import { toneColor } from '../states/tones';

const useStyles = makeStyles(theme => ({
  root: { display: 'inline-flex', alignItems: 'center', gap: 8 },
  track: {
    width: 40,
    height: 6,
    borderRadius: 3,
    overflow: 'hidden',
    background: theme.palette.action.disabledBackground,
  },
  fill: { height: '100%', background: toneColor(theme, 'active') },
  text: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
}));

export interface WorkersCellProps {
  readonly ready: number;
  readonly desired: number;
  /** False if the job has no workers: before it starts and after it ends. */
  readonly active: boolean;
}

/** How many of the workers are ready. */
export const WorkersCell = ({ ready, desired, active }: WorkersCellProps) => {
  const classes = useStyles();
  if (!active || desired === 0) {
    return <span className={classes.text}>{desired}</span>;
  }
  const share = Math.min(1, ready / desired);
  return (
    <span
      className={classes.root}
      title={`${ready} of ${desired} workers ready`}
    >
      <span className={classes.text}>
        {ready}/{desired}
      </span>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          style={{ display: 'block', width: `${share * 100}%` }}
        />
      </span>
    </span>
  );
};
