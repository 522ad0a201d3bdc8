import { makeStyles } from '@material-ui/core/styles';
import type { JobAttempt } from '@ml-platform/rayjob';
import { Duration } from '../times/Duration';
import { StateChip } from '../states/StateChip';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  root: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(0.5, 0),
  },
  name: { color: theme.palette.text.secondary, wordBreak: 'break-all' },
}));

/** The attempts of a job. Each has its own Ray cluster. */
export const AttemptsList = ({
  attempts,
}: {
  readonly attempts: readonly JobAttempt[];
}) => {
  const classes = useStyles();
  return (
    <ul className={classes.root}>
      {attempts.map(attempt => (
        <li key={attempt.attempt} className={classes.item}>
          <span>Attempt {attempt.attempt}</span>
          <StateChip state={attempt.state} />
          <Duration from={attempt.startedAt} to={attempt.endedAt} />
          <span className={classes.name}>
            {foreignText(attempt.rayCluster)}
          </span>
        </li>
      ))}
    </ul>
  );
};
