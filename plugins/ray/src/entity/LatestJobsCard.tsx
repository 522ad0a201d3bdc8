import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { jobId } from '@ml-platform/rayjob';
import Skeleton from '@material-ui/lab/Skeleton';
import { useMemo } from 'react';
import { ClusterBanners } from '../jobs/ClusterBanners';
import { CreateJobButton } from '../jobs/CreateJobButton';
import { JobItem } from '../jobs/JobItem';
import { useJobList, useRowsVersion } from '../jobs/rows/useJobList';
import { formatCount } from '../states/formatCount';
import { StreamNotice } from '../streams/StreamNotice';
import { rootRouteRef } from '../routes';
import { RunHistory } from './RunHistory';
import { workloadOf } from './workloadOf';
import { SectionBoundary } from '../foreign/SectionBoundary';

/** Number of runs that the card lists, and that its history draws. */
const SHOWN = 5;
const HISTORY = 30;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  empty: { display: 'grid', gap: theme.spacing(2), justifyItems: 'start' },
}));

const LatestJobs = ({ entity }: { readonly entity: Entity }) => {
  const classes = useStyles();
  const workload = workloadOf(entity) ?? '';
  const query = useMemo(
    () => ({ filter: { workload: [workload] } }),
    [workload],
  );
  const { store, facts, stream, retry } = useJobList(query, HISTORY);
  const { total, loaded, clusters } = facts;
  const version = useRowsVersion(store);
  const rows = useMemo(
    () => store.first(HISTORY),
    // The version stands for what is in the store.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [store, version],
  );
  const list = useRouteRef(rootRouteRef)?.() ?? '/ray';
  const empty = loaded && rows.length === 0;
  return (
    <InfoCard
      title="Latest training jobs"
      deepLink={
        empty
          ? undefined
          : {
              title: `All training jobs (${formatCount(total)})`,
              link: `${list}?workload=${encodeURIComponent(workload)}`,
            }
      }
    >
      <StreamNotice state={stream} what="this list" onRetry={retry} />
      <ClusterBanners clusters={clusters} />
      {!loaded && stream.kind !== 'failed' && <Skeleton height={120} />}
      {empty ? (
        <div className={classes.empty}>
          <Typography>
            {clusters.every(({ ok }) => ok)
              ? 'This workload has not run yet.'
              : 'No runs of this workload so far.'}
          </Typography>
          <CreateJobButton workload={stringifyEntityRef(entity)} />
        </div>
      ) : (
        <>
          <SectionBoundary what="the history" data={rows}>
            <RunHistory jobs={rows} />
          </SectionBoundary>
          <ul className={classes.list}>
            {rows.slice(0, SHOWN).map(job => (
              <SectionBoundary key={jobId(job)} what="this run" data={job}>
                <JobItem job={job} />
              </SectionBoundary>
            ))}
          </ul>
        </>
      )}
    </InfoCard>
  );
};

/** The latest runs of the workload on a catalog page, live. */
export const LatestJobsCard = () => {
  const { entity } = useEntity();
  return <LatestJobs key={stringifyEntityRef(entity)} entity={entity} />;
};
