import {
  parseJobOrder,
  type JobFilter,
  type JobOrder,
  type JobState,
} from '@ml-platform/rayjob';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ALL_STATES } from '../states/stateLook';
import { useOfNow } from '../times/useNow';
import { useTimeZone } from '../times/useTimeZone';
import {
  momentsOf,
  readDateRange,
  stepOf,
  type DateRange,
} from './filters/dateRange';
import { searchable } from './useSearchText';

const LISTS = ['cluster', 'namespace', 'workload', 'owner'] as const;

/** What of an address says which jobs are shown, and in which order. */
const KEYS = [...LISTS, 'state', 'q', 'since', 'until', 'sort'] as const;

export interface ListQuery {
  readonly filter: JobFilter;
  /** The range of dates of the filter, as the address has it. */
  readonly dates: DateRange;
  readonly sort: string;
  readonly order: JobOrder;
  /** Puts parts of the filter into the address, and removes empty parts. */
  readonly setFilter: (change: Partial<JobFilter>) => void;
  /** Takes the place of the range in the address. */
  readonly setDates: (dates: DateRange) => void;
  readonly setSort: (sort: string) => void;
  readonly clear: () => void;
  readonly filtered: boolean;
  /** Filter and order as text, to be kept. */
  readonly view: string;
  /** Shows what such a text says. */
  readonly setView: (view: string) => void;
}

const DEFAULT_SORT = '-createdAt';

function readSort(value: string | null): string {
  try {
    parseJobOrder(value ?? undefined);
    return value || DEFAULT_SORT;
  } catch {
    return DEFAULT_SORT;
  }
}

function readFilter(params: URLSearchParams): JobFilter {
  const states = params
    .getAll('state')
    .flatMap(name => ALL_STATES.filter((state: JobState) => state === name));
  const q = searchable(params.get('q') ?? '');
  const lists = LISTS.map(key => [key, params.getAll(key)] as const);
  return {
    ...Object.fromEntries(lists.filter(([, values]) => values.length > 0)),
    ...(states.length > 0 && { state: states }),
    ...(q && { q }),
  };
}

/** Only what belongs to the list, in one order. */
function viewOf(params: URLSearchParams): string {
  const own = KEYS.flatMap(key =>
    params.getAll(key).map(value => [key, value]),
  );
  return new URLSearchParams(own).toString();
}

/** Filter and order of the list, kept in the address so that people can share it. */
export function useListQuery(): ListQuery {
  const [params, setParams] = useSearchParams();
  const zone = useTimeZone();
  const view = viewOf(params);

  const dates = useMemo(() => readDateRange(new URLSearchParams(view)), [view]);
  const step = stepOf(dates);
  const steps = useOfNow(
    time => (step === undefined ? 0 : Math.floor(time / step)),
    step !== undefined,
  );
  /** What counts as now, until a range before it has to begin later. */
  const { now } = useMemo(() => ({ now: Date.now(), steps }), [steps]);
  const filter = useMemo(
    () => ({
      ...readFilter(new URLSearchParams(view)),
      ...momentsOf(dates, zone, now),
    }),
    [view, dates, zone, now],
  );

  const change = useCallback(
    (values: Readonly<Record<string, unknown>>) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(values)) {
            next.delete(key);
            for (const each of [value].flat()) {
              if (typeof each === 'string' && each) {
                next.append(key, each);
              }
            }
          }
          return next;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  const setFilter = useCallback(
    (parts: Partial<JobFilter>) => change({ ...parts }),
    [change],
  );
  const setDates = useCallback(
    ({ since, until }: DateRange) => change({ since, until }),
    [change],
  );
  const setSort = useCallback((sort: string) => change({ sort }), [change]);
  const setView = useCallback(
    (text: string) => setParams(new URLSearchParams(text)),
    [setParams],
  );
  const clear = useCallback(
    () => setParams(new URLSearchParams(), { replace: true }),
    [setParams],
  );

  const sort = readSort(params.get('sort'));
  return {
    filter,
    dates,
    sort,
    order: parseJobOrder(sort),
    setFilter,
    setDates,
    setSort,
    clear,
    filtered: Object.keys(filter).length > 0,
    view,
    setView,
  };
}
