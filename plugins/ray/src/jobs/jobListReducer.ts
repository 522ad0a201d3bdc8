import type {
  ClusterStatus,
  JobList,
  JobStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  comparePositions,
  jobId,
  jobPosition,
  type JobOrder,
  type JobRef,
  type JobSummary,
} from '@ml-platform/rayjob';

/** What the list shows. A row keeps its identity until its own job changes. */
export interface JobListState {
  readonly rows: readonly JobSummary[];
  readonly total: number;
  readonly nextCursor?: string;
  readonly clusters: readonly ClusterStatus[];
  /** False until the first snapshot. */
  readonly loaded: boolean;
  /** True while the rows are those of an earlier question, until its snapshot comes. */
  readonly outdated: boolean;
  /** True when the total may be off: a job beyond the rows came or went. */
  readonly totalStale: boolean;
  /** Number of changes seen, for whoever recounts. */
  readonly changes: number;
}

export const EMPTY_LIST: JobListState = {
  rows: [],
  total: 0,
  clusters: [],
  loaded: false,
  outdated: false,
  totalStale: false,
  changes: 0,
};

export type JobListAction =
  /** Something else is asked for: what is here stays until the answer comes. */
  | { readonly type: 'ask' }
  /** The reader may no longer see what is here. */
  | { readonly type: 'forget' }
  | {
      readonly type: 'events';
      readonly events: readonly JobStreamEvent[];
      readonly order: JobOrder;
      /** Milliseconds since the epoch. */
      readonly now: number;
    }
  | { readonly type: 'total'; readonly total: number };

function sameRow(a: JobSummary, b: JobSummary): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The whole truth: a row that is not in it is no longer so. */
function snapshot(state: JobListState, list: JobList): JobListState {
  const known = new Map(state.rows.map(row => [jobId(row), row]));
  return {
    rows: list.items.map(item => {
      const row = known.get(jobId(item));
      return row && sameRow(row, item) ? row : item;
    }),
    total: list.total,
    nextCursor: list.nextCursor,
    clusters: list.clusters,
    loaded: true,
    outdated: false,
    totalStale: false,
    changes: state.changes + 1,
  };
}

function upsert(
  state: JobListState,
  job: JobSummary,
  order: JobOrder,
  now: number,
): JobListState {
  const id = jobId(job);
  const index = state.rows.findIndex(row => jobId(row) === id);
  const complete = state.nextCursor === undefined;
  const others =
    index < 0 ? state.rows : state.rows.filter((_, i) => i !== index);
  const place = jobPosition(job, order, now);
  const found = others.findIndex(
    row => comparePositions(place, jobPosition(row, order, now), order) < 0,
  );
  const changes = state.changes + 1;
  if (found < 0 && !complete) {
    // It belongs below the rows that are here, or nobody knows where.
    return index < 0
      ? { ...state, totalStale: true, changes }
      : { ...state, rows: [...others, job], changes };
  }
  const at = found < 0 ? others.length : found;
  return {
    ...state,
    rows: [...others.slice(0, at), job, ...others.slice(at)],
    total: index < 0 && complete ? state.total + 1 : state.total,
    totalStale: state.totalStale || (index < 0 && !complete),
    changes,
  };
}

function remove(
  state: JobListState,
  gone: JobRef & { readonly uid: string },
): JobListState {
  const id = jobId(gone);
  // A run of that name that came later is another job, and stays.
  const rows = state.rows.filter(
    row => jobId(row) !== id || row.uid !== gone.uid,
  );
  const here = rows.length < state.rows.length;
  return {
    ...state,
    rows,
    total: here ? state.total - 1 : state.total,
    totalStale: state.totalStale || !here,
    changes: state.changes + 1,
  };
}

type EventsAction = JobListAction & { readonly type: 'events' };

function foldEvent(
  state: JobListState,
  event: JobStreamEvent,
  { order, now }: EventsAction,
): JobListState {
  if (event.event === 'snapshot') {
    return snapshot(state, event.data);
  }
  if (event.event === 'clusters') {
    return { ...state, clusters: event.data };
  }
  if (state.outdated) {
    // A change says nothing of rows that answer another question.
    return state;
  }
  return event.event === 'upsert'
    ? upsert(state, event.data, order, now)
    : remove(state, event.data);
}

/** Folds what the stream says, and what the reader asks for, into the list. */
export function jobListReducer(
  state: JobListState,
  action: JobListAction,
): JobListState {
  switch (action.type) {
    case 'events':
      return action.events.reduce(
        (current, event) => foldEvent(current, event, action),
        state,
      );
    case 'total':
      return { ...state, total: action.total, totalStale: false };
    case 'ask':
      return { ...state, outdated: state.loaded };
    default:
      return EMPTY_LIST;
  }
}
