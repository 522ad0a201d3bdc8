import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { isTerminal, type JobSummary } from '@ml-platform/rayjob';
import { memo } from 'react';
import { Duration } from '../times/Duration';
import { formatResources } from '../states/formatResources';
import { QueuePosition } from '../states/QueuePosition';
import { StateChip } from '../states/StateChip';
import { TimeAgo } from '../times/TimeAgo';
import { jobRouteRef } from '../routes';
import type { Column } from './columns';
import { WorkersCell } from './WorkersCell';
import { foreignText } from '../foreign/foreignText';
import { ownerName } from '../foreign/ownerRef';

const useStyles = makeStyles(theme => ({
  row: {
    position: 'relative',
    '&:hover': { background: theme.palette.action.hover },
    '&:focus-within': { background: theme.palette.action.selected },
  },
  link: {
    fontWeight: 600,
    wordBreak: 'break-word',
    // You can click anywhere in the row.
    '&::after': { content: '""', position: 'absolute', inset: 0 },
  },
  sub: {
    display: '-webkit-box',
    '-webkit-box-orient': 'vertical',
    '-webkit-line-clamp': 2,
    marginTop: 2,
    lineHeight: '16px',
    fontSize: 12,
    color: theme.palette.text.secondary,
    overflow: 'hidden',
  },
  cell: {
    padding: theme.spacing(1.25, 2),
    fontSize: 14,
    wordBreak: 'normal',
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1.25, 1) },
  },
  wide: { width: '60%', whiteSpace: 'normal' },
}));

const HOLDS_WORKERS = ['pending', 'running', 'retrying'];

function cellContent(id: string, job: JobSummary) {
  switch (id) {
    case 'state':
      return (
        <>
          <StateChip state={job.state} />
          <QueuePosition job={job} />
        </>
      );
    case 'duration':
      return (
        <Duration
          from={job.startedAt}
          to={
            isTerminal(job.state) ? (job.endedAt ?? job.startedAt) : undefined
          }
        />
      );
    case 'workers':
      return (
        <WorkersCell
          workers={job.workers}
          active={HOLDS_WORKERS.includes(job.state)}
        />
      );
    case 'resources':
      return formatResources(job.resources) || '–';
    case 'place':
      return `${job.cluster} / ${job.namespace}`;
    case 'owner':
      return (
        <span title={foreignText(job.owner)}>
          {ownerName(job.owner) || '–'}
        </span>
      );
    case 'created':
      return <TimeAgo at={job.createdAt} />;
    default:
      return null;
  }
}

export interface JobTableRowProps {
  readonly job: JobSummary;
  readonly columns: readonly Column[];
}

/** One job of the list. Only drawn again when its own job changes. */
export const JobTableRow = memo(({ job, columns }: JobTableRowProps) => {
  const classes = useStyles();
  const to = useRouteRef(jobRouteRef)?.({
    cluster: job.cluster,
    namespace: job.namespace,
    name: job.name,
  });
  const about = [job.workload, job.version]
    .map(foreignText)
    .filter(Boolean)
    .join(' ');
  const message = foreignText(job.message);
  return (
    <TableRow className={classes.row} data-job={job.name}>
      {columns.map(({ id }) => (
        <TableCell
          key={id}
          className={
            id === 'name' ? `${classes.cell} ${classes.wide}` : classes.cell
          }
        >
          {id === 'name' ? (
            <>
              <Link to={to ?? ''} className={classes.link}>
                {foreignText(job.name)}
              </Link>
              <span className={classes.sub} title={message}>
                {about}
                {about && message ? ' · ' : ''}
                {message}
              </span>
            </>
          ) : (
            cellContent(id, job)
          )}
        </TableCell>
      ))}
    </TableRow>
  );
});
