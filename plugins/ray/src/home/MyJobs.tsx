import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { jobId } from '@ml-platform/rayjob';
import { useMemo } from 'react';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { ClusterBanners } from '../jobs/ClusterBanners';
import { CreateJobButton } from '../jobs/CreateJobButton';
import { useUser } from '../jobs/filters/useUser';
import { JobItem } from '../jobs/JobItem';
import { useJobList, useRowsVersion } from '../jobs/rows/useJobList';
import { rootRouteRef } from '../routes';
import { formatCount } from '../states/formatCount';
import { StreamNotice } from '../streams/StreamNotice';

/** Jobs that are listed. */
const SHOWN = 8;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  empty: { display: 'grid', gap: theme.spacing(2), justifyItems: 'start' },
}));

const JobsOf = ({ user }: { readonly user: string }) => {
  const classes = useStyles();
  const query = useMemo(() => ({ filter: { owner: [user] } }), [user]);
  const { store, facts, stream, retry } = useJobList(query, SHOWN);
  useRowsVersion(store);
  const jobs = store.first(SHOWN);
  const list = useRouteRef(rootRouteRef)?.() ?? '/ray';
  const { total, loaded, clusters } = facts;
  return (
    <>
      <StreamNotice state={stream} what="your jobs" onRetry={retry} />
      <ClusterBanners clusters={clusters} />
      {!loaded && stream.kind !== 'failed' && <Skeleton height={120} />}
      {loaded && jobs.length === 0 && (
        <div className={classes.empty}>
          <Typography>You have no training jobs.</Typography>
          <CreateJobButton />
        </div>
      )}
      <ul className={classes.list}>
        {jobs.map(job => (
          <SectionBoundary key={jobId(job)} what="this job" data={job}>
            <JobItem job={job} />
          </SectionBoundary>
        ))}
      </ul>
      {jobs.length > 0 && (
        <Link to={`${list}?owner=${encodeURIComponent(user)}`}>
          All my training jobs ({formatCount(total)})
        </Link>
      )}
    </>
  );
};

/** The latest jobs that the user asked for, live. */
export const MyJobs = () => {
  const user = useUser();
  return user === undefined ? (
    <Skeleton height={120} role="status" aria-label="Loading your jobs" />
  ) : (
    <JobsOf key={user} user={user} />
  );
};
