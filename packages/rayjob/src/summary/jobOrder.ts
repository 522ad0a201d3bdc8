import { InputError } from '@backstage/errors';
import type { JobSort, JobState, JobSummary } from './types';

/** Order of a job list. */
export interface JobOrder {
  readonly by: JobSort;
  readonly descending: boolean;
}

/** Newest first. */
export const DEFAULT_JOB_ORDER: JobOrder = {
  by: 'createdAt',
  descending: true,
};

const SORTS: readonly JobSort[] = [
  'createdAt',
  'name',
  'state',
  'workload',
  'duration',
];

/** What needs attention or is on its way comes first. */
const STATE_RANK: readonly JobState[] = [
  'running',
  'retrying',
  'pending',
  'queued',
  'suspended',
  'awaiting-sync',
  'awaiting-merge',
  'unknown',
  'failed',
  'stopped',
  'succeeded',
];

/**
 * Reads `sort` of the job list: a field, with a dash before it for descending.
 * @throws {InputError} when it is another field
 */
export function parseJobOrder(sort: string | undefined): JobOrder {
  if (!sort) {
    return DEFAULT_JOB_ORDER;
  }
  const descending = sort.startsWith('-');
  const by = SORTS.find(field => field === sort.replace(/^-/, ''));
  if (!by) {
    throw new InputError(
      `Can't sort by '${sort}'; use one of ${SORTS.join(', ')}, with - before it for descending`,
    );
  }
  return { by, descending };
}

/** Milliseconds from start to end, or to now; -1 before the start. */
export function jobDuration(job: JobSummary, now: number): number {
  if (!job.startedAt) {
    return -1;
  }
  const end = job.endedAt ? Date.parse(job.endedAt) : now;
  return Math.max(0, end - Date.parse(job.startedAt));
}

type SortKey = string | number;

/**
 * As {@link jobDuration}, but below 0 where clocks differ: the jobs that run keep
 * their order at any `now`.
 */
function durationKey(job: JobSummary, now: number): number {
  if (!job.startedAt) {
    return Number.MIN_SAFE_INTEGER;
  }
  const end = job.endedAt ? Date.parse(job.endedAt) : now;
  return end - Date.parse(job.startedAt);
}

/** Place of a job in a list: the value sorted by, then what is unique. */
export interface JobPosition {
  readonly key: SortKey;
  readonly id: string;
}

/** A place as a cursor keeps it. */
export interface CursorPosition extends JobPosition {
  /**
   * Milliseconds since the epoch: when the durations of running jobs were taken.
   * The pages that follow take them at the same time, so that no job changes places
   * between two pages.
   */
  readonly now?: number;
}

export function jobId(job: {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${job.cluster}/${job.namespace}/${job.name}`;
}

function sortKey(job: JobSummary, by: JobSort, now: number): SortKey {
  switch (by) {
    case 'createdAt':
      return job.createdAt;
    case 'state':
      return STATE_RANK.indexOf(job.state);
    case 'workload':
      return job.workload ?? '';
    case 'duration':
      return durationKey(job, now);
    default:
      return job.name;
  }
}

export function jobPosition(
  job: JobSummary,
  order: JobOrder,
  now: number,
): JobPosition {
  return { key: sortKey(job, order.by, now), id: jobId(job) };
}

/**
 * Compares two jobs in ascending order, without making anything new: equal only
 * for the same job.
 *
 * @param now - milliseconds since the epoch; decides only for `duration`
 */
export function compareJobs(
  a: JobSummary,
  b: JobSummary,
  by: JobSort,
  now: number,
): number {
  return (
    compareKeys(sortKey(a, by, now), sortKey(b, by, now)) ||
    compareKeys(a.cluster, b.cluster) ||
    compareKeys(a.namespace, b.namespace) ||
    compareKeys(a.name, b.name)
  );
}

/** Whether a job comes after a place, in ascending order. */
export function isAfterPosition(
  job: JobSummary,
  { key, id }: JobPosition,
  by: JobSort,
  now: number,
): boolean {
  const result = compareKeys(sortKey(job, by, now), key);
  return result > 0 || (result === 0 && compareIds(jobId(job), id) > 0);
}

function compareKeys<T extends SortKey>(a: T, b: T): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Part by part: a dash in a name must not count as smaller than its end. */
function compareIds(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  return left.reduce(
    (result, part, i) => result || compareKeys(part, right[i] ?? ''),
    0,
  );
}

/** Compares two places as `Array.sort` wants; equal only for the same job. */
export function comparePositions(
  a: JobPosition,
  b: JobPosition,
  order: JobOrder,
): number {
  const result = compareKeys(a.key, b.key) || compareIds(a.id, b.id);
  return order.descending ? -result : result;
}

/** Opaque text of a place, for `cursor`. */
export function encodeCursor(
  position: CursorPosition,
  order: JobOrder,
): string {
  const { key, id, now } = position;
  const json = JSON.stringify([
    order.by,
    order.descending,
    key,
    id,
    ...(order.by === 'duration' && now !== undefined ? [now] : []),
  ]);
  return btoa(encodeURIComponent(json))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * The place that {@link encodeCursor} wrote.
 * @throws {InputError} when it is not a cursor, or one of another order
 */
export function decodeCursor(cursor: string, order: JobOrder): CursorPosition {
  let parsed: unknown;
  try {
    parsed = JSON.parse(
      decodeURIComponent(atob(cursor.replace(/-/g, '+').replace(/_/g, '/'))),
    );
  } catch {
    throw new InputError('The cursor is damaged; start again without it');
  }
  const [by, descending, key, id, now] = Array.isArray(parsed) ? parsed : [];
  if (by !== order.by || descending !== order.descending) {
    throw new InputError(
      'The cursor belongs to another order; start again without it',
    );
  }
  if (
    (typeof key !== 'string' && typeof key !== 'number') ||
    typeof id !== 'string' ||
    (now !== undefined && typeof now !== 'number')
  ) {
    throw new InputError('The cursor is damaged; start again without it');
  }
  return { key, id, ...(now !== undefined && { now }) };
}
