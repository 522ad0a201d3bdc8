import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { JobOrder } from '@ml-platform/rayjob';
import { useMemo, useRef } from 'react';
import { COLUMNS, type Column } from './columns';
import { CutTexts } from './CutTexts';
import { JobsSkeleton } from './JobsSkeleton';
import { JobTableRows } from './JobTableRows';
import type { ListPlace } from './places/ListPlaces';
import type { JobListStore } from './rows/JobListStore';
import { useHeldRows } from './rows/useHeldRows';
import { useRowWindow } from './rows/useRowWindow';
import { useWindowWidth } from '../layout/useWindowWidth';
import { WaitingChanges } from './WaitingChanges';

/** Height of a row in pixels: two lines, or three where a name takes two. */
const ROW_HEIGHT = 56;
const NARROW_ROW_HEIGHT = 72;
const NARROW = 600;

const useStyles = makeStyles(theme => ({
  root: { borderRadius: 8 },
  // Columns keep their width, whatever is in the rows.
  table: { tableLayout: 'fixed' },
  outdated: { opacity: 0.55 },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    padding: theme.spacing(1.25, 2),
    whiteSpace: 'nowrap',
    wordBreak: 'normal',
    background: theme.palette.background.paper,
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1.25, 1) },
  },
}));

export interface JobsTableProps {
  readonly store: JobListStore;
  /** Number of jobs, on all pages. */
  readonly total: number;
  /** True until there are rows. */
  readonly loading: boolean;
  /** True while rows are loading. */
  readonly busy: boolean;
  /** True while the rows belong to an earlier filter or order. */
  readonly outdated: boolean;
  /** True while rows are loaded again, so that those in the page may not be the last. */
  readonly refilling: boolean;
  readonly order: JobOrder;
  readonly onSort: (sort: string) => void;
  /** Called when the end of the rows comes near. */
  readonly onEnd: () => void;
  /** Where the user comes back to. */
  readonly place?: ListPlace;
}

/** The name needs most of a narrow window. */
function widthOf(column: Column, width: number): number | undefined {
  return column.id === 'state' && width < NARROW ? 144 : column.width;
}

function nextSort(column: Column, order: JobOrder): string {
  const same = column.sort === order.by;
  // The first click shows the newest or the longest first.
  const first = column.sort === 'createdAt' || column.sort === 'duration';
  const descending = same ? !order.descending : first;
  return `${descending ? '-' : ''}${column.sort}`;
}

/** The jobs as a table. The server sorts it. */
export const JobsTable = (props: JobsTableProps) => {
  const { store, total, loading, busy, outdated, refilling } = props;
  const { order, onSort, onEnd, place } = props;
  const classes = useStyles();
  const width = useWindowWidth();
  // The same object while nothing changes: rows are drawn again only for their own job.
  const columns = useMemo(
    () => COLUMNS.filter(column => (column.from ?? 0) <= width),
    [width],
  );
  const rowHeight = width < NARROW ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const region = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const inView = useRowWindow(body, rowHeight);
  const held = useHeldRows(store, region, inView.scrolled);
  return (
    <div ref={region} {...held.handlers}>
      <WaitingChanges store={store} onShow={held.showWaiting} />
      <CutTexts>
        <Paper variant="outlined" className={classes.root}>
          <Table
            aria-label="Training jobs"
            aria-busy={busy}
            aria-rowcount={loading ? -1 : total + 1}
            className={classes.table}
          >
            <colgroup>
              {columns.map(column => (
                <col
                  key={column.id}
                  style={{ width: widthOf(column, width) }}
                />
              ))}
            </colgroup>
            <TableHead>
              <TableRow aria-rowindex={1}>
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
            {loading ? (
              <TableBody>
                <JobsSkeleton columns={columns.length} />
              </TableBody>
            ) : (
              <JobTableRows
                store={store}
                columns={columns}
                body={body}
                inView={inView}
                held={held}
                rowHeight={rowHeight}
                refilling={refilling}
                className={outdated ? classes.outdated : undefined}
                onEnd={onEnd}
                place={place}
              />
            )}
          </Table>
        </Paper>
      </CutTexts>
    </div>
  );
};
