import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ClusterStatus } from '@ml-platform/backstage-plugin-ray-common';
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
  /** Status of the job's cluster, once it is known. */
  readonly cluster?: ClusterStatus;
  readonly onRetry: () => void;
}

function textOf({ name, error, cluster }: JobMissingProps) {
  if (error.name !== 'NotFoundError') {
    return { title: "Couldn't load this training job", text: error.message };
  }
  if (cluster && !cluster.ok) {
    return {
      title: "This training job isn't known yet",
      text: `Jobs from ${cluster.name} may be missing${cluster.error ? `: ${cluster.error}` : ''}. This page shows ${name} as soon as it is found.`,
    };
  }
  return {
    title: 'There is no such training job',
    text: `${name} may have been deleted, its pull request closed, or the address mistyped. If you created it a moment ago, it appears here as soon as it exists.`,
  };
}

/** Shown when a job can't be shown. */
export const JobMissing = (props: JobMissingProps) => {
  const classes = useStyles();
  const list = useRouteRef(rootRouteRef)?.() ?? '/ray';
  const { title, text } = textOf(props);
  return (
    <div className={classes.root} role="alert">
      <Typography variant="h4" component="h1">
        {title}
      </Typography>
      <Typography>{text}</Typography>
      <div className={classes.buttons}>
        <Button variant="outlined" onClick={props.onRetry}>
          Try again
        </Button>
        <LinkButton to={list} variant="contained" color="primary">
          All training jobs
        </LinkButton>
      </div>
    </div>
  );
};
