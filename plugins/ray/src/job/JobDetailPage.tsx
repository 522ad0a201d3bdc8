import { Content, Progress } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { jobId } from '@ml-platform/rayjob';
import {
  lazy,
  Suspense,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { Route, Routes, useParams, useSearchParams } from 'react-router-dom';
import type { RunRef } from '../api/RayApi';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { ClusterBanners } from '../jobs/ClusterBanners';
import { SHORT_WINDOW } from '../layout/shortWindow';
import { StreamNotice } from '../streams/StreamNotice';
import { JobContext } from './JobContext';
import { JobHeader } from './JobHeader';
import { JobMissing } from './JobMissing';
import { OverviewTab } from './OverviewTab';
import { JobTabs } from './JobTabs';
import { isEarlierRun } from './jobView';
import { LoadError } from './LoadError';
import { RunNotice } from './RunNotice';
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
    [SHORT_WINDOW]: { gap: theme.spacing(0.5), paddingBottom: 0 },
  },
}));

/** Removes search parameters that belong to a run that was replaced. */
function useFreshAddress(replacedUid: string | undefined): string | undefined {
  const [, setParams] = useSearchParams();
  const [freshFor, setFreshFor] = useState(replacedUid);
  useEffect(() => {
    if (replacedUid !== freshFor) {
      setParams({}, { replace: true });
      setFreshFor(replacedUid);
    }
  }, [replacedUid, freshFor, setParams]);
  return freshFor;
}

const JobOfRun = ({ run }: { readonly run: RunRef }) => {
  const classes = useStyles();
  const job = useJob(run);
  const { summary, detail, error, changes, stream, retry, pinned } = job;
  const earlier = isEarlierRun(job);
  const freshFor = useFreshAddress(job.replacedUid);
  const onPage = useMemo(
    () => summary && detail && { summary, detail, changes, pinned, earlier },
    [summary, detail, changes, pinned, earlier],
  );
  const tab = (what: string, element: ReactNode) => (
    <SectionBoundary key={what} what={what} data={onPage}>
      {element}
    </SectionBoundary>
  );
  if (!onPage) {
    return (
      <Content>
        {error ? (
          <JobMissing
            name={run.name}
            error={error}
            cluster={job.cluster}
            onRetry={retry}
          />
        ) : (
          <Progress />
        )}
      </Content>
    );
  }
  return (
    <JobContext.Provider value={onPage}>
      <Content className={classes.root} key={freshFor}>
        <SectionBoundary what="the heading" data={onPage}>
          <JobHeader
            job={onPage.summary}
            detail={onPage.detail}
            earlier={earlier}
          />
        </SectionBoundary>
        <StreamNotice state={stream} what="this job" onRetry={retry} />
        {job.cluster && <ClusterBanners clusters={[job.cluster]} />}
        {error && (
          <LoadError what="the newest details" error={error} onRetry={retry} />
        )}
        <RunNotice
          job={onPage.summary}
          earlier={earlier}
          replacedUid={job.replacedUid}
        />
        <JobTabs />
        <Suspense fallback={<Progress />}>
          <Routes>
            <Route path="/logs" element={tab('the log', <LogsTab />)} />
            <Route
              path="/manifest"
              element={tab('the manifest', <ManifestTab />)}
            />
            <Route path="/events" element={tab('the events', <EventsTab />)} />
            <Route path="*" element={tab('the overview', <OverviewTab />)} />
          </Routes>
        </Suspense>
      </Content>
    </JobContext.Provider>
  );
};

/** One training job, from its pull request to its end. */
export const JobDetailPage = () => {
  const { cluster = '', namespace = '', name = '' } = useParams();
  const [params] = useSearchParams();
  const uid = params.get('uid') ?? undefined;
  const run = { cluster, namespace, name, uid };
  return <JobOfRun key={`${jobId(run)} ${uid ?? ''}`} run={run} />;
};
