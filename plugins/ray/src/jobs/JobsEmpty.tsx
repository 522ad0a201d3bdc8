import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CreateJobButton } from './CreateJobButton';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(6, 3),
    textAlign: 'center',
    borderRadius: 8,
    border: `1px dashed ${theme.palette.divider}`,
  },
}));

export interface JobsEmptyProps {
  readonly filtered: boolean;
  readonly onClear: () => void;
  readonly workload?: string;
}

/** In the place of rows: says why there are none and what to do. */
export const JobsEmpty = ({ filtered, onClear, workload }: JobsEmptyProps) => {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="h5" component="h2">
        {filtered ? 'No job matches these filters' : 'No training jobs yet'}
      </Typography>
      <Typography color="textSecondary">
        {filtered
          ? 'Search for less, or show all jobs again.'
          : 'Choose a workload and its size; the portal builds the image, opens a pull request, and shows the run here from then on.'}
      </Typography>
      {filtered ? (
        <Button variant="outlined" onClick={onClear}>
          Clear filters
        </Button>
      ) : (
        <CreateJobButton workload={workload} />
      )}
    </div>
  );
};
