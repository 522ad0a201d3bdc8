import { makeStyles } from '@material-ui/core/styles';
import type { JobSummary } from '@ml-platform/rayjob';
import { HIDDEN_TEXT } from './hiddenText';
import { describeQueue, shortQueuePosition } from './describeQueue';

const useStyles = makeStyles(theme => ({
  root: {
    // Cut a long name, because the column is for the states.
    maxWidth: 150,
    marginTop: 2,
    paddingLeft: 6,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: 12,
    lineHeight: '16px',
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** Where a job is in its queue. Nothing if it doesn't wait there. */
export const QueuePosition = ({ job }: { readonly job: JobSummary }) => {
  const classes = useStyles();
  const { queue, state } = job;
  if (state !== 'queued' || !queue) {
    return null;
  }
  const place = describeQueue(queue);
  return (
    <div className={classes.root} title={place}>
      <span aria-hidden>{shortQueuePosition(queue)}</span>
      <span style={HIDDEN_TEXT}>, {place}</span>
    </div>
  );
};
