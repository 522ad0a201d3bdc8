import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { isTerminal, type JobSummary } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';
import { jobRouteRef } from '../routes';
import { JobChip } from '../states/JobChip';
import { Duration } from '../times/Duration';
import { TimeAgo } from '../times/TimeAgo';

const useStyles = makeStyles(theme => ({
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
}));

/** A job in a short list, with a link to its page. */
export const JobItem = ({ job }: { readonly job: JobSummary }) => {
  const classes = useStyles();
  const { cluster, namespace, name } = job;
  const to = useRouteRef(jobRouteRef)?.({ cluster, namespace, name }) ?? '';
  return (
    <li className={classes.item}>
      <Link to={to} className={classes.name}>
        {foreignText(name)}
      </Link>
      <JobChip job={job} />
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
