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
  /** True while not all clusters have been read. */
  readonly incomplete: boolean;
  readonly onClear: () => void;
  readonly workload?: string;
}

function textOf({ filtered, incomplete }: JobsEmptyProps) {
  if (incomplete) {
    return {
      title: filtered ? 'No matching job so far' : 'No training job so far',
      text: 'Not all jobs have been read. They appear here as soon as they are.',
    };
  }
  return filtered
    ? {
        title: 'No job matches these filters',
        text: 'Change the filters, or clear them to see all jobs.',
      }
    : {
        title: 'No training jobs yet',
        text: 'Choose a workload and its size. The portal builds the image, opens a pull request and shows the run here.',
      };
}

/** Shown when there are no rows: says why, and what to do. */
export const JobsEmpty = (props: JobsEmptyProps) => {
  const { filtered, incomplete, onClear, workload } = props;
  const classes = useStyles();
  const { title, text } = textOf(props);
  return (
    <div className={classes.root}>
      <Typography variant="h5" component="h2">
        {title}
      </Typography>
      <Typography color="textSecondary">{text}</Typography>
      {filtered && (
        <Button variant="outlined" onClick={onClear}>
          Clear filters
        </Button>
      )}
      {!filtered && !incomplete && <CreateJobButton workload={workload} />}
    </div>
  );
};
