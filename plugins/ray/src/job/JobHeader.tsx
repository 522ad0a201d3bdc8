import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Breadcrumbs from '@material-ui/core/Breadcrumbs';
import type { JobSummary } from '@ml-platform/rayjob';
import { Duration } from '../times/Duration';
import { describeQueue } from '../states/describeQueue';
import { StateChip } from '../states/StateChip';
import { rootRouteRef } from '../routes';
import { JobActionButtons } from './JobActionButtons';
import { WorkloadLink } from './WorkloadLink';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 3),
  },
  title: {
    margin: theme.spacing(0.5, 0, 1),
    fontSize: 24,
    lineHeight: '30px',
    fontWeight: 700,
    wordBreak: 'break-word',
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    color: theme.palette.text.secondary,
  },
}));

export interface JobHeaderProps {
  readonly job: JobSummary;
  /** True if there is a newer run with this name: actions would affect that one. */
  readonly earlier: boolean;
}

/** The name and state of the job, and what you can do with it. */
export const JobHeader = ({ job, earlier }: JobHeaderProps) => {
  const classes = useStyles();
  const list = useRouteRef(rootRouteRef)?.() ?? '/ray';
  return (
    <header className={classes.root}>
      <div>
        <Breadcrumbs aria-label="Breadcrumb">
          <Link to={list}>Training jobs</Link>
          <span>{job.cluster}</span>
          <span>{job.namespace}</span>
        </Breadcrumbs>
        <h1 className={classes.title}>{foreignText(job.name)}</h1>
        <div className={classes.line}>
          <span role="status">
            <StateChip state={job.state} />
          </span>
          {job.state === 'queued' && job.queue && (
            <span>{describeQueue(job.queue)}</span>
          )}
          {job.startedAt && (
            <span>
              for <Duration from={job.startedAt} to={job.endedAt} />
            </span>
          )}
          {job.workload && (
            <span>
              <WorkloadLink workload={job.workload} />{' '}
              {foreignText(job.version)}
            </span>
          )}
          {job.attempt > 1 && <span>attempt {job.attempt}</span>}
        </div>
      </div>
      {!earlier && <JobActionButtons job={job} />}
    </header>
  );
};
