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
import { useJobOnPage, useRunOnPage } from './JobContext';
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
  older: { marginTop: theme.spacing(1) },
  empty: { padding: theme.spacing(4), textAlign: 'center' },
}));

/** Kubernetes events of the job, its Ray cluster and its pods, for as long as the job is kept. */
export const EventsTab = () => {
  const classes = useStyles();
  const api = useApi(rayApiRef);
  const { changes } = useJobOnPage();
  const run = useRunOnPage();
  const load = useCallback(
    (signal: AbortSignal) => api.getEvents(run, signal),
    [api, run],
  );
  const { value, error, loading, retry } = useJobData(load, changes);
  const [onlyWarnings, setOnlyWarnings] = useState(false);
  const failure = error && (
    <LoadError what="the events" error={error} onRetry={retry} />
  );
  if (!value) {
    return failure ?? <Progress />;
  }
  const { items, olderLeftOut } = value;
  const warnings = items.filter(({ type }) => type === 'Warning').length;
  const shown = onlyWarnings
    ? items.filter(({ type }) => type === 'Warning')
    : items;
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
            There are no events. The portal keeps those that it saw while the
            job was on its cluster.
          </Typography>
        )}
      </Paper>
      {olderLeftOut && (
        <Typography className={classes.older} color="textSecondary">
          Only the last {items.length} events are kept. Older ones are left out.
        </Typography>
      )}
    </>
  );
};
