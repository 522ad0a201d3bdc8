import {
  parseJobOrder,
  type JobFilter,
  type JobOrder,
  type JobState,
} from '@ml-platform/rayjob';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ALL_STATES } from '../states/stateLook';
import { PAGE_SIZE } from './useJobList';
import { searchable } from './useSearchText';

const LISTS = ['cluster', 'namespace', 'workload', 'owner'] as const;

export interface ListQuery {
  readonly filter: JobFilter;
  readonly sort: string;
  readonly order: JobOrder;
  /** Puts parts of the filter into the address, and removes empty parts. */
  readonly setFilter: (change: Partial<JobFilter>) => void;
  readonly setSort: (sort: string) => void;
  /** Rows to show, in pages of `PAGE_SIZE`. */
  readonly rows: number;
  readonly setRows: (rows: number) => void;
  readonly clear: () => void;
  readonly filtered: boolean;
}

/** The most rows that the list shows. */
export const MAX_ROWS = 500;

const DEFAULT_SORT = '-createdAt';

function readSort(value: string | null): string {
  try {
    parseJobOrder(value ?? undefined);
    return value || DEFAULT_SORT;
  } catch {
    return DEFAULT_SORT;
  }
}

function readRows(value: string | null): number {
  const rows = Number(value);
  return Number.isInteger(rows) && rows > 0
    ? Math.min(rows, MAX_ROWS)
    : PAGE_SIZE;
}

/** Filter and order of the list, kept in the address so that people can share it. */
export function useListQuery(): ListQuery {
  const [params, setParams] = useSearchParams();
  const text = params.toString();

  const filter = useMemo<JobFilter>(() => {
    const all = new URLSearchParams(text);
    const states = all
      .getAll('state')
      .filter((state): state is JobState =>
        ALL_STATES.includes(state as JobState),
      );
    const q = searchable(all.get('q') ?? '');
    const lists = LISTS.map(key => [key, all.getAll(key)] as const);
    return {
      ...Object.fromEntries(lists.filter(([, values]) => values.length > 0)),
      ...(states.length > 0 && { state: states }),
      ...(q && { q }),
    };
  }, [text]);

  const setFilter = useCallback(
    (change: Partial<JobFilter>) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(change)) {
            next.delete(key);
            for (const each of Array.isArray(value) ? value : [value]) {
              if (each) {
                next.append(key, each);
              }
            }
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );

  const setSort = useCallback(
    (sort: string) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          next.set('sort', sort);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );

  const setRows = useCallback(
    (rows: number) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          next.set('rows', String(rows));
          return next;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );

  const clear = useCallback(
    () => setParams(new URLSearchParams(), { replace: true }),
    [setParams],
  );

  const sort = readSort(params.get('sort'));
  return {
    filter,
    sort,
    order: parseJobOrder(sort),
    setFilter,
    setSort,
    rows: readRows(params.get('rows')),
    setRows,
    clear,
    filtered: Object.keys(filter).length > 0,
  };
}
