import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { jobId, type JobOrder, type JobSummary } from '@ml-platform/rayjob';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { COLUMNS, type Column } from './columns';
import { JobTableRow } from './JobTableRow';
import { JobsSkeleton } from './JobsSkeleton';
import { useRowKeys } from './useRowKeys';
import { useWindowWidth } from './useWindowWidth';

const useStyles = makeStyles(theme => ({
  root: { borderRadius: 8 },
  outdated: { opacity: 0.55 },
  head: {
    padding: theme.spacing(1.25, 2),
    whiteSpace: 'nowrap',
    wordBreak: 'normal',
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1.25, 1) },
  },
}));

export interface JobsTableProps {
  readonly jobs: readonly JobSummary[];
  /** True until there are rows. */
  readonly loading: boolean;
  /** True while rows are loading. */
  readonly busy: boolean;
  /** True while the rows belong to an earlier filter or order. */
  readonly outdated: boolean;
  readonly order: JobOrder;
  readonly onSort: (sort: string) => void;
  /** Columns with the same content in each row. */
  readonly hidden?: readonly string[];
}

function nextSort(column: Column, order: JobOrder): string {
  const same = column.sort === order.by;
  // The first click shows the newest or the longest first.
  const first = column.sort === 'createdAt' || column.sort === 'duration';
  const descending = same ? !order.descending : first;
  return `${descending ? '-' : ''}${column.sort}`;
}

/** The jobs as a table. The server sorts it. */
export const JobsTable = ({
  jobs,
  loading,
  busy,
  outdated,
  order,
  onSort,
  hidden = [],
}: JobsTableProps) => {
  const classes = useStyles();
  const width = useWindowWidth();
  const keys = useRowKeys();
  const columns = COLUMNS.filter(
    column => (column.from ?? 0) <= width && !hidden.includes(column.id),
  );
  return (
    <TableContainer
      component={Paper}
      variant="outlined"
      className={classes.root}
    >
      <Table aria-label="Training jobs" aria-busy={busy}>
        <TableHead>
          <TableRow>
            {columns.map(column => {
              const active = column.sort === order.by;
              const direction = order.descending ? 'desc' : 'asc';
              return (
                <TableCell
                  key={column.id}
                  className={classes.head}
                  sortDirection={active ? direction : false}
                >
                  {column.sort ? (
                    <TableSortLabel
                      active={active}
                      direction={active ? direction : 'asc'}
                      onClick={() => onSort(nextSort(column, order))}
                    >
                      {column.title}
                    </TableSortLabel>
                  ) : (
                    column.title
                  )}
                </TableCell>
              );
            })}
          </TableRow>
        </TableHead>
        <TableBody
          onKeyDown={keys}
          className={outdated ? classes.outdated : undefined}
        >
          {loading ? (
            <JobsSkeleton columns={columns.length} />
          ) : (
            jobs.map(job => (
              <SectionBoundary
                key={`${jobId(job)} ${job.uid}`}
                what={jobId(job)}
                data={job}
                frame={notice => (
                  <TableRow>
                    <TableCell colSpan={columns.length}>{notice}</TableCell>
                  </TableRow>
                )}
              >
                <JobTableRow job={job} columns={columns} />
              </SectionBoundary>
            ))
          )}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
