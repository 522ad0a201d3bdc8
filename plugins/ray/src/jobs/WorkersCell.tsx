import { makeStyles } from '@material-ui/core/styles';
import type { JobWorkers } from '@ml-platform/rayjob';
import { formatScaling } from '../states/formatResources';
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
  readonly workers: JobWorkers;
  /** False if the job has no workers: before it starts and after it ends. */
  readonly active: boolean;
}

/** How many of the workers are ready. */
export const WorkersCell = ({ workers, active }: WorkersCellProps) => {
  const { ready, desired } = workers;
  const classes = useStyles();
  if (!active || desired === 0) {
    return (
      <span
        className={classes.text}
        title={formatScaling(workers) || undefined}
      >
        {desired}
      </span>
    );
  }
  const share = Math.min(1, ready / desired);
  return (
    <span
      className={classes.root}
      title={[`${ready} of ${desired} workers ready`, formatScaling(workers)]
        .filter(Boolean)
        .join(', ')}
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
