import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { isTerminal, jobId, type JobSummary } from '@ml-platform/rayjob';
import { memo } from 'react';
import { foreignText } from '../foreign/foreignText';
import { ownerName } from '../foreign/ownerRef';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { formatResources } from '../states/formatResources';
import { QueuePosition } from '../states/QueuePosition';
import { JobChip } from '../states/JobChip';
import { Duration } from '../times/Duration';
import { TimeAgo } from '../times/TimeAgo';
import type { Column } from './columns';
import { CUT_TEXT } from './CutTexts';
import { WorkersCell } from './WorkersCell';

const useStyles = makeStyles(theme => ({
  row: {
    position: 'relative',
    // The head of the table covers the top of the window.
    '& a': { scrollMargin: theme.spacing(14, 0, 8) },
    '&:hover': { background: theme.palette.action.hover },
    '&:focus-within': { background: theme.palette.action.selected },
  },
  gone: { opacity: 0.5 },
  link: {
    display: 'block',
    fontWeight: 600,
    lineHeight: '20px',
    // You can click anywhere in the row.
    '&::after': { content: '""', position: 'absolute', inset: 0 },
  },
  name: {
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('xs')]: {
      display: '-webkit-box',
      '-webkit-box-orient': 'vertical',
      '-webkit-line-clamp': 2,
      whiteSpace: 'normal',
      overflowWrap: 'anywhere',
    },
  },
  sub: {
    display: 'block',
    marginTop: 2,
    lineHeight: '16px',
    fontSize: 12,
    color: theme.palette.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  cell: {
    boxSizing: 'border-box',
    padding: theme.spacing(0.75, 2),
    fontSize: 14,
    wordBreak: 'normal',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(0.75, 1) },
  },
}));

const HOLDS_WORKERS = ['pending', 'running', 'retrying'];

const placeOf = ({ cluster, namespace }: JobSummary) =>
  `${cluster} / ${namespace}`;

function cellContent(id: string, job: JobSummary) {
  switch (id) {
    case 'state':
      return (
        <>
          <JobChip job={job} />
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
      return placeOf(job);
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
  /** True if the job is no longer in the list. */
  readonly gone: boolean;
  /** True if the name alone doesn't tell which job it is. */
  readonly ambiguous: boolean;
  /** Place in the list, from 0. */
  readonly index: number;
  readonly columns: readonly Column[];
  /** Pixels */
  readonly height: number;
  /** Address of the job's page. */
  readonly to: string;
}

const Row = (props: JobTableRowProps) => {
  const { job, gone, ambiguous, index, columns, height, to } = props;
  const classes = useStyles();
  const about = [job.workload, job.version].map(foreignText).filter(Boolean);
  const sub = [
    gone && 'No longer in this list',
    ambiguous && placeOf(job),
    about.join(' '),
    foreignText(job.message),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <TableRow
      className={gone ? `${classes.row} ${classes.gone}` : classes.row}
      data-job={job.name}
      data-index={index}
      // The row of titles is the first.
      aria-rowindex={index + 2}
    >
      {columns.map(({ id }) => (
        <TableCell
          key={id}
          className={classes.cell}
          style={{ height }}
          {...(id === 'name' || id === 'state' ? {} : CUT_TEXT)}
        >
          {id === 'name' ? (
            <>
              <Link to={to} className={classes.link}>
                <span className={classes.name} {...CUT_TEXT}>
                  {foreignText(job.name)}
                </span>
              </Link>
              <span className={classes.sub} {...CUT_TEXT}>
                {sub}
              </span>
            </>
          ) : (
            cellContent(id, job)
          )}
        </TableCell>
      ))}
    </TableRow>
  );
};

/** One job of the list. Only drawn again when its own job changes. */
export const JobTableRow = memo((props: JobTableRowProps) => {
  const { job, columns, height } = props;
  return (
    <SectionBoundary
      what={jobId(job)}
      data={job}
      frame={notice => (
        <TableRow>
          <TableCell colSpan={columns.length} style={{ height }}>
            {notice}
          </TableCell>
        </TableRow>
      )}
    >
      <Row {...props} />
    </SectionBoundary>
  );
});
