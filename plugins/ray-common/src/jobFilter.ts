import type { JobFilter, JobSummary } from './types';

function holds<T>(wanted: readonly T[] | undefined, value: T | undefined) {
  return (
    !wanted ||
    wanted.length === 0 ||
    (value !== undefined && wanted.includes(value))
  );
}

/** The text that free-text search looks through, in small letters. */
export function searchText(job: JobSummary): string {
  return [
    job.name,
    job.namespace,
    job.cluster,
    job.workload,
    job.version,
    job.owner,
    job.message,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
}

/**
 * True when a job passes every part of the filter. Values of one part are
 * alternatives; the words of `q` must all occur, in any order.
 */
export function matchesFilter(job: JobSummary, filter: JobFilter): boolean {
  if (
    !holds(filter.cluster, job.cluster) ||
    !holds(filter.namespace, job.namespace) ||
    !holds(filter.state, job.state) ||
    !holds(filter.workload, job.workload) ||
    !holds(filter.owner, job.owner)
  ) {
    return false;
  }
  const words = filter.q?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  if (words.length === 0) {
    return true;
  }
  const text = searchText(job);
  return words.every(word => text.includes(word));
}
