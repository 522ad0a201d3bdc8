import { useRouteRef } from '@backstage/frontend-plugin-api';
import TableBody from '@material-ui/core/TableBody';
import { jobId } from '@ml-platform/rayjob';
import { useEffect, type RefObject } from 'react';
import { jobRouteRef } from '../routes';
import type { Column } from './columns';
import { JobTableRow } from './JobTableRow';
import type { ListPlace } from './places/ListPlaces';
import { useKeptPlace } from './places/useKeptPlace';
import type { JobListStore } from './rows/JobListStore';
import type { HeldRows } from './rows/useHeldRows';
import { useRowsVersion } from './rows/useJobList';
import type { RowWindow } from './rows/useRowWindow';
import { useRowKeys } from './useRowKeys';

/** Rows below the window that are loaded before anybody scrolls to them. */
const AHEAD = 60;

export interface JobTableRowsProps {
  readonly store: JobListStore;
  readonly body: RefObject<HTMLTableSectionElement>;
  readonly inView: RowWindow;
  readonly held: HeldRows;
  readonly columns: readonly Column[];
  /** Pixels */
  readonly rowHeight: number;
  /** True while rows that keep their place may be loaded again. */
  readonly refilling: boolean;
  readonly className?: string;
  /** Called when the end of the rows comes near. */
  readonly onEnd: () => void;
  /** Where the user comes back to. */
  readonly place?: ListPlace;
}

/** The rows in view, and the one that has the focus. */
function drawnRows(
  from: number,
  to: number,
  focused: number | undefined,
): readonly number[] {
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  if (focused === undefined || (focused >= from && focused < to)) {
    return rows;
  }
  return focused < from ? [focused, ...rows] : [...rows, focused];
}

/** Holds the place of rows that aren't drawn. */
const Spacer = ({ height }: { readonly height: number }) => (
  <tr aria-hidden>
    <td style={{ height, padding: 0, border: 0 }} />
  </tr>
);

/** The rows of the list. Only those in the window and the focused one are drawn. */
export const JobTableRows = (props: JobTableRowsProps) => {
  const { store, body, inView, held, columns, rowHeight } = props;
  const { refilling, className, onEnd, place } = props;
  useRowsVersion(store);
  const { rows } = store;
  const { size } = rows;
  const { from, to } = inView;
  const { focused, focusRow } = held;
  const keys = useRowKeys(focused, size, focusRow);
  const jobPage = useRouteRef(jobRouteRef);
  useKeptPlace({ store, body, size, place, loadMore: onEnd });

  const near = to + AHEAD >= size;
  useEffect(() => {
    if (near) {
      onEnd();
    }
  }, [near, size, onEnd]);

  const drawn = drawnRows(
    Math.min(from, size),
    Math.min(to, size),
    focused !== undefined && focused < size ? focused : undefined,
  );
  const showsPlace = columns.some(({ id }) => id === 'place');
  return (
    <TableBody ref={body} className={className} onKeyDown={keys}>
      {drawn.flatMap((index, i) => {
        const row = rows.at(index);
        if (!row) {
          return [];
        }
        const { job, gone } = row;
        const { cluster, namespace, name } = job;
        const above = index - 1 - (drawn[i - 1] ?? -1);
        return [
          // The first one is always there: themes color every other row.
          (i === 0 || above > 0) && (
            <Spacer key={`above ${index}`} height={above * rowHeight} />
          ),
          <JobTableRow
            key={`${jobId(job)} ${job.uid}`}
            job={job}
            gone={gone && !refilling}
            ambiguous={!showsPlace && store.repeats(name)}
            index={index}
            columns={columns}
            height={rowHeight}
            to={jobPage?.({ cluster, namespace, name }) ?? ''}
          />,
        ];
      })}
      <Spacer height={(size - 1 - (drawn.at(-1) ?? -1)) * rowHeight} />
    </TableBody>
  );
};
