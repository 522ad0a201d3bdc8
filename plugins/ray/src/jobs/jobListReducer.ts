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

/** What the list shows. A row stays the same object until its job changes. */
export interface JobListState {
  readonly rows: readonly JobSummary[];
  readonly total: number;
  readonly nextCursor?: string;
  readonly clusters: readonly ClusterStatus[];
  /** False until the first snapshot. */
  readonly loaded: boolean;
  /** True while the rows belong to an earlier request, until the snapshot arrives. */
  readonly outdated: boolean;
  /** True if the total may be wrong: a job that has no row came or went. */
  readonly totalStale: boolean;
  /** Number of changes so far. */
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
  /** Something else was requested. The rows stay until the answer arrives. */
  | { readonly type: 'ask' }
  /** The user may no longer see the rows. */
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

/** A snapshot is complete: rows that aren't in it no longer exist. */
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
    // The job belongs below the known rows.
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
  // A later run with the same name is another job, and stays.
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
    // The change doesn't belong to the rows of an earlier request.
    return state;
  }
  return event.event === 'upsert'
    ? upsert(state, event.data, order, now)
    : remove(state, event.data);
}

/** Applies events of the stream and requests of the user to the list. */
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
