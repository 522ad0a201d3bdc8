import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Breadcrumbs from '@material-ui/core/Breadcrumbs';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobSummary } from '@ml-platform/rayjob';
import { Duration } from '../times/Duration';
import { describeQueue } from '../states/describeQueue';
import { JobChip } from '../states/JobChip';
import { useListLink } from '../jobs/places/useListLink';
import { JobActionButtons } from './JobActionButtons';
import { WorkloadLink } from './WorkloadLink';
import { foreignText } from '../foreign/foreignText';
import { SHORT_WINDOW } from '../layout/shortWindow';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 3),
    // One line that scrolls leaves room for what is below.
    [SHORT_WINDOW]: {
      flexWrap: 'nowrap',
      alignItems: 'center',
      overflowX: 'auto',
      whiteSpace: 'nowrap',
      '& > *': { flexShrink: 0 },
      '& ol': { flexWrap: 'nowrap' },
    },
  },
  facts: {
    [SHORT_WINDOW]: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0, 2),
    },
  },
  title: {
    margin: theme.spacing(0.5, 0, 1),
    fontSize: 24,
    lineHeight: '30px',
    fontWeight: 700,
    wordBreak: 'break-word',
    // The name is what has to be in view without scrolling.
    [SHORT_WINDOW]: { order: -1, margin: 0, fontSize: 18, lineHeight: '24px' },
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    color: theme.palette.text.secondary,
    [SHORT_WINDOW]: { flexWrap: 'nowrap' },
  },
}));

export interface JobHeaderProps {
  readonly job: JobSummary;
  readonly detail: JobDetail;
  /** True if there is a newer run with this name: actions would affect that one. */
  readonly earlier: boolean;
}

/** The name and state of the job, and what you can do with it. */
export const JobHeader = ({ job, detail, earlier }: JobHeaderProps) => {
  const classes = useStyles();
  const list = useListLink();
  return (
    <header className={classes.root}>
      <div className={classes.facts}>
        <Breadcrumbs aria-label="Breadcrumb">
          <Link {...list}>Back to the list</Link>
          <span>{job.cluster}</span>
          <span>{job.namespace}</span>
        </Breadcrumbs>
        <h1 className={classes.title}>{foreignText(job.name)}</h1>
        <div className={classes.line}>
          <span role="status">
            <JobChip job={job} />
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
      {!earlier && <JobActionButtons job={job} detail={detail} />}
    </header>
  );
};
