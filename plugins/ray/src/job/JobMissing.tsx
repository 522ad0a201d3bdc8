import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { rootRouteRef } from '../routes';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    maxWidth: 640,
  },
  buttons: { display: 'flex', gap: theme.spacing(1) },
}));

export interface JobMissingProps {
  readonly name: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** In the place of a job that can't be shown. */
export const JobMissing = ({ name, error, onRetry }: JobMissingProps) => {
  const classes = useStyles();
  const list = useRouteRef(rootRouteRef)?.() ?? '/ray';
  const missing = error.name === 'NotFoundError';
  return (
    <div className={classes.root} role="alert">
      <Typography variant="h4" component="h1">
        {missing ? 'There is no such training job' : 'This job can’t be shown'}
      </Typography>
      <Typography>
        {missing
          ? `${name} may be deleted, its pull request closed, or the address mistyped. If it was asked for a moment ago, this page shows it as soon as it is there.`
          : error.message}
      </Typography>
      <div className={classes.buttons}>
        <Button variant="outlined" onClick={onRetry}>
          Look again
        </Button>
        <LinkButton to={list} variant="contained" color="primary">
          All training jobs
        </LinkButton>
      </div>
    </div>
  );
};
