import type { JobFilter } from '@ml-platform/rayjob';

/** The most characters that the backend accepts in a search. */
export const SEARCH_MAX_LENGTH = 200;

/** A request for a list of jobs. */
export interface JobListRequest {
  readonly filter: JobFilter;
  /** A field of `JobSort`, with a dash before it for descending. */
  readonly sort?: string;
  readonly limit?: number;
  readonly cursor?: string;
  /** For a stream: also counts the jobs. */
  readonly counts?: boolean;
}

const LISTS = ['cluster', 'namespace', 'state', 'workload', 'owner'] as const;

/** The query of `/api/ray/jobs`. A list becomes one parameter for each value. */
export function jobListParams(query: JobListRequest): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of LISTS) {
    for (const value of query.filter[key] ?? []) {
      params.append(key, value);
    }
  }
  if (query.filter.q?.trim()) {
    params.set('q', query.filter.q.trim());
  }
  for (const key of ['since', 'until'] as const) {
    const moment = query.filter[key];
    if (moment) {
      params.set(key, moment);
    }
  }
  if (query.sort) {
    params.set('sort', query.sort);
  }
  if (query.limit !== undefined) {
    params.set('limit', String(query.limit));
  }
  if (query.cursor) {
    params.set('cursor', query.cursor);
  }
  if (query.counts) {
    params.set('counts', 'true');
  }
  return params;
}
