import { Content, Progress } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { lazy, Suspense, useMemo } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { StreamNotice } from '../look/StreamNotice';
import { jobRouteRef } from '../routes';
import { JobContext } from './JobContext';
import { JobHeader } from './JobHeader';
import { JobMissing } from './JobMissing';
import { JobOverview } from './JobOverview';
import { JobTabs } from './JobTabs';
import { useJob } from './useJob';

const JobLogs = lazy(() =>
  import('./JobLogs').then(module => ({ default: module.JobLogs })),
);
const JobManifest = lazy(() =>
  import('./JobManifest').then(module => ({ default: module.JobManifest })),
);
const JobEvents = lazy(() =>
  import('./JobEvents').then(module => ({ default: module.JobEvents })),
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
export const JobPage = () => {
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
            <Route path="/" element={<JobOverview />} />
            <Route path="/logs" element={<JobLogs />} />
            <Route path="/manifest" element={<JobManifest />} />
            <Route path="/events" element={<JobEvents />} />
          </Routes>
        </Suspense>
      </Content>
    </JobContext.Provider>
  );
};
