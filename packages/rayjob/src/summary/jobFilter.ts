import type { JobFilter, JobSummary } from './types';

type Test = (job: JobSummary) => boolean;

function oneOf<T>(
  wanted: readonly T[] | undefined,
  value: (job: JobSummary) => T | undefined,
): Test[] {
  if (!wanted || wanted.length === 0) {
    return [];
  }
  const values = new Set<T | undefined>(wanted);
  return [job => values.has(value(job))];
}

function contains(text: string | undefined, word: string): boolean {
  return text !== undefined && text.toLowerCase().includes(word);
}

/** Looks for one word, in lowercase, in all that free text searches. */
function mentions(job: JobSummary, word: string): boolean {
  return (
    contains(job.name, word) ||
    contains(job.workload, word) ||
    contains(job.owner, word) ||
    contains(job.version, word) ||
    contains(job.namespace, word) ||
    contains(job.cluster, word) ||
    contains(job.message, word)
  );
}

/** Tests the time of creation. A job whose cluster doesn't tell it passes no limit. */
function created({ since, until }: JobFilter): Test[] {
  const [first, end] = [Date.parse(since ?? ''), Date.parse(until ?? '')];
  return [
    ...(since ? [(job: JobSummary) => Date.parse(job.createdAt) >= first] : []),
    ...(until ? [(job: JobSummary) => Date.parse(job.createdAt) < end] : []),
  ];
}

/**
 * The test whether a job passes every part of a filter, prepared for many jobs.
 * Values of one part are alternatives; the words of `q` must all occur, in any
 * order. `undefined` when the filter lets every job pass.
 */
export function jobMatcher(filter: JobFilter): Test | undefined {
  const words = filter.q?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const tests: Test[] = [
    ...oneOf(filter.cluster, job => job.cluster),
    ...oneOf(filter.namespace, job => job.namespace),
    ...oneOf(filter.state, job => job.state),
    ...oneOf(filter.workload, job => job.workload),
    ...oneOf(filter.owner, job => job.owner),
    ...created(filter),
    ...words.map(
      (word): Test =>
        job =>
          mentions(job, word),
    ),
  ];
  return tests.length > 0 ? job => tests.every(test => test(job)) : undefined;
}

/** True when a job passes a filter; for many jobs see {@link jobMatcher}. */
export function matchesFilter(job: JobSummary, filter: JobFilter): boolean {
  return jobMatcher(filter)?.(job) ?? true;
}
