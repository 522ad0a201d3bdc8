import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { formatCount } from '../states/formatCount';
import { TimeZoneSelect } from '../times/TimeZoneSelect';
import { useRowsVersion, type JobListView } from './rows/useJobList';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    flexWrap: 'wrap',
    padding: theme.spacing(1, 0),
    // In sight while somebody scrolls; on a phone, the portal's own bar is there.
    [theme.breakpoints.up('sm')]: {
      position: 'sticky',
      bottom: 0,
      zIndex: 2,
      background: theme.palette.background.default,
    },
  },
}));

export interface ListFooterProps {
  readonly list: JobListView;
  /** True while not all clusters have been read. */
  readonly incomplete: boolean;
}

/** How many rows of how many jobs are loaded, and what brings the next ones. */
export const ListFooter = ({ list, incomplete }: ListFooterProps) => {
  const classes = useStyles();
  const { store, facts, pages } = list;
  useRowsVersion(store);
  const { size } = store.rows;
  const total = Math.max(facts.total, size);
  return (
    <div className={classes.root}>
      <Typography variant="body2" color="textSecondary">
        {formatCount(size)} of {formatCount(total)}{' '}
        {total === 1 ? 'job' : 'jobs'}
        {incomplete && ' so far'}
      </Typography>
      {pages.error && (
        <Typography variant="body2" color="error" role="alert">
          Couldn't load more jobs: {pages.error.message}
        </Typography>
      )}
      {facts.cursor && (
        <Button
          variant="outlined"
          disabled={facts.outdated || pages.loading}
          onClick={pages.load}
        >
          {pages.loading ? 'Loading more…' : 'Show more'}
        </Button>
      )}
      <TimeZoneSelect />
    </div>
  );
};
