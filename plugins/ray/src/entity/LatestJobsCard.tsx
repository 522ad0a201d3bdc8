import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { isTerminal, jobId, type JobSummary } from '@ml-platform/rayjob';
import Skeleton from '@material-ui/lab/Skeleton';
import { useMemo } from 'react';
import { ClusterBanners } from '../jobs/ClusterBanners';
import { CreateJobButton } from '../jobs/CreateJobButton';
import { useJobList } from '../jobs/useJobList';
import { Duration } from '../times/Duration';
import { StateChip } from '../states/StateChip';
import { StreamNotice } from '../streams/StreamNotice';
import { TimeAgo } from '../times/TimeAgo';
import { jobRouteRef, rootRouteRef } from '../routes';
import { RunHistory } from './RunHistory';
import { workloadOf } from './workloadOf';
import { foreignText } from '../foreign/foreignText';
import { SectionBoundary } from '../foreign/SectionBoundary';

/** Number of runs that the card lists, and that its history draws. */
const SHOWN = 5;
const HISTORY = 30;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: theme.spacing(0.5, 2),
    alignItems: 'center',
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 0 },
  },
  name: { overflowWrap: 'anywhere', fontWeight: 600 },
  sub: { fontSize: 13, color: theme.palette.text.secondary },
  empty: { display: 'grid', gap: theme.spacing(2), justifyItems: 'start' },
}));

const LatestJob = ({ job }: { readonly job: JobSummary }) => {
  const classes = useStyles();
  const { cluster, namespace, name } = job;
  const to = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  return (
    <li className={classes.item}>
      <Link to={to} className={classes.name}>
        {foreignText(name)}
      </Link>
      <StateChip state={job.state} />
      <span className={classes.sub}>
        {foreignText(job.version)} · <TimeAgo at={job.createdAt} />
      </span>
      <span className={classes.sub}>
        <Duration
          from={job.startedAt}
          to={
            isTerminal(job.state) ? (job.endedAt ?? job.startedAt) : undefined
          }
        />
      </span>
    </li>
  );
};

const LatestJobs = ({ entity }: { readonly entity: Entity }) => {
  const classes = useStyles();
  const workload = workloadOf(entity) ?? '';
  const query = useMemo(
    () => ({ filter: { workload: [workload] } }),
    [workload],
  );
  const jobs = useJobList(query, HISTORY);
  const { rows, total, loaded, clusters, stream, retry } = jobs;
  const list = useRouteRef(rootRouteRef)?.() ?? '/ray';
  const empty = loaded && rows.length === 0;
  return (
    <InfoCard
      title="Latest training jobs"
      deepLink={
        empty
          ? undefined
          : {
              title: `All training jobs (${total})`,
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
                <LatestJob job={job} />
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
