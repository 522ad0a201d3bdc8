import {
  type ClusterStatus,
  type JobList,
  type JobStreamEvent,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  comparePositions,
  jobId,
  jobPosition,
  type JobOrder,
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
  totalStale: false,
  changes: 0,
};

export type JobListAction =
  | { readonly type: 'reset' }
  | {
      readonly type: 'events';
      readonly events: readonly JobStreamEvent[];
      readonly order: JobOrder;
      /** Milliseconds since the epoch. */
      readonly now: number;
    }
  /** The next rows, asked for by the reader. */
  | { readonly type: 'page'; readonly page: JobList }
  | { readonly type: 'total'; readonly total: number };

function sameRow(a: JobSummary, b: JobSummary): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

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

function remove(state: JobListState, id: string): JobListState {
  const rows = state.rows.filter(row => jobId(row) !== id);
  const here = rows.length < state.rows.length;
  return {
    ...state,
    rows,
    total: here ? state.total - 1 : state.total,
    totalStale: state.totalStale || !here,
    changes: state.changes + 1,
  };
}

/** Folds what the stream says, and what the reader asks for, into the list. */
export function jobListReducer(
  state: JobListState,
  action: JobListAction,
): JobListState {
  switch (action.type) {
    case 'events':
      return action.events.reduce((current, event) => {
        switch (event.event) {
          case 'snapshot':
            return snapshot(current, event.data);
          case 'upsert':
            return upsert(current, event.data, action.order, action.now);
          case 'remove':
            return remove(current, jobId(event.data));
          case 'clusters':
            return { ...current, clusters: event.data };
          default:
            return current;
        }
      }, state);
    case 'page': {
      const known = new Set(state.rows.map(jobId));
      const fresh = action.page.items.filter(item => !known.has(jobId(item)));
      return {
        ...state,
        rows: [...state.rows, ...fresh],
        total: action.page.total,
        nextCursor: action.page.nextCursor,
        totalStale: false,
      };
    }
    case 'total':
      return { ...state, total: action.total, totalStale: false };
    default:
      return EMPTY_LIST;
  }
}
