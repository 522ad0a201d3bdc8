import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import RefreshIcon from '@material-ui/icons/Refresh';
import { useCallback, useState } from 'react';
import { rayApiRef } from '../api/RayApi';
import { EventsTable } from './EventsTable';
import { useJobOnPage } from './JobContext';
import { LoadError } from './LoadError';
import { useJobData } from './useJobData';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  space: { flex: 1 },
  empty: { padding: theme.spacing(4), textAlign: 'center' },
}));

/** Kubernetes events of the job, its Ray cluster and its pods. */
export const EventsTab = () => {
  const classes = useStyles();
  const api = useApi(rayApiRef);
  const { summary, changes } = useJobOnPage();
  const { cluster, namespace, name } = summary;
  const load = useCallback(
    (signal: AbortSignal) =>
      api.getEvents({ cluster, namespace, name }, signal),
    [api, cluster, namespace, name],
  );
  const { value, error, loading, retry } = useJobData(load, changes);
  const [onlyWarnings, setOnlyWarnings] = useState(false);
  const failure = error && (
    <LoadError what="the events" error={error} onRetry={retry} />
  );
  if (!value) {
    return failure ?? <Progress />;
  }
  const warnings = value.filter(({ type }) => type === 'Warning').length;
  const shown = onlyWarnings
    ? value.filter(({ type }) => type === 'Warning')
    : value;
  return (
    <>
      {failure}
      <div className={classes.bar}>
        <Button
          size="small"
          variant={onlyWarnings ? 'contained' : 'outlined'}
          aria-pressed={onlyWarnings}
          disabled={warnings === 0}
          onClick={() => setOnlyWarnings(!onlyWarnings)}
        >
          {warnings === 1 ? '1 warning' : `${warnings} warnings`}
        </Button>
        <span className={classes.space} />
        <Button
          size="small"
          startIcon={<RefreshIcon />}
          disabled={loading}
          onClick={retry}
        >
          Refresh
        </Button>
      </div>
      <Paper variant="outlined">
        {shown.length > 0 ? (
          <EventsTable events={shown} />
        ) : (
          <Typography className={classes.empty} color="textSecondary">
            There are no events. Kubernetes keeps events for one hour, and a job
            that isn't on its cluster has none.
          </Typography>
        )}
      </Paper>
    </>
  );
};
