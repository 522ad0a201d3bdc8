import { Content, Progress } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { lazy, Suspense, useMemo } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { StreamNotice } from '../streams/StreamNotice';
import { jobRouteRef } from '../routes';
import { JobContext } from './JobContext';
import { JobHeader } from './JobHeader';
import { JobMissing } from './JobMissing';
import { OverviewTab } from './OverviewTab';
import { JobTabs } from './JobTabs';
import { useJob } from './useJob';

const LogsTab = lazy(() =>
  import('./LogsTab').then(module => ({ default: module.LogsTab })),
);
const ManifestTab = lazy(() =>
  import('./ManifestTab').then(module => ({ default: module.ManifestTab })),
);
const EventsTab = lazy(() =>
  import('./EventsTab').then(module => ({ default: module.EventsTab })),
);

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: 0,
  },
}));

/** One training job, from its pull request to its end. */
export const JobDetailPage = () => {
  const classes = useStyles();
  const { cluster = '', namespace = '', name = '' } = useParams();
  const job = useJob({ cluster, namespace, name });
  const base = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  const { summary, detail, error, changes, stream, retry } = job;
  const onPage = useMemo(
    () => summary && detail && { summary, detail, changes },
    [summary, detail, changes],
  );
  if (!onPage) {
    return (
      <Content>
        {error ? (
          <JobMissing name={name} error={error} onRetry={retry} />
        ) : (
          <Progress />
        )}
      </Content>
    );
  }
  return (
    <JobContext.Provider value={onPage}>
      <Content className={classes.root}>
        <JobHeader job={onPage.summary} />
        <StreamNotice state={stream} what="this job" onRetry={retry} />
        <JobTabs base={base} />
        <Suspense fallback={<Progress />}>
          <Routes>
            <Route path="/" element={<OverviewTab />} />
            <Route path="/logs" element={<LogsTab />} />
            <Route path="/manifest" element={<ManifestTab />} />
            <Route path="/events" element={<EventsTab />} />
          </Routes>
        </Suspense>
      </Content>
    </JobContext.Provider>
  );
};
