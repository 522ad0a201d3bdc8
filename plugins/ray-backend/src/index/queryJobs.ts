import {
  comparePositions,
  decodeCursor,
  encodeCursor,
  jobPosition,
  matchesFilter,
  type JobFilter,
  type JobOrder,
  type JobPosition,
  type JobSummary,
} from '@ml-platform/backstage-plugin-ray-common';

export interface JobQuery {
  readonly filter: JobFilter;
  readonly order: JobOrder;
  readonly limit: number;
  readonly cursor?: string;
  /** What the caller may see; the rest does not even count. */
  readonly visible: (job: JobSummary) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface JobPage {
  readonly items: readonly JobSummary[];
  readonly total: number;
  readonly nextCursor?: string;
}

interface Placed {
  readonly job: JobSummary;
  readonly position: JobPosition;
}

/**
 * One page of the jobs that match. Only the page is sorted, not the whole: the
 * cost of a page grows with the number of jobs, not with its logarithm.
 *
 * @throws InputError for a bad cursor
 */
export function queryJobs(
  jobs: Iterable<JobSummary>,
  query: JobQuery,
): JobPage {
  const { filter, order, limit, visible, now } = query;
  const after = query.cursor ? decodeCursor(query.cursor, order) : undefined;
  const page: Placed[] = [];
  let total = 0;
  let more = false;
  for (const job of jobs) {
    if (!matchesFilter(job, filter) || !visible(job)) {
      continue;
    }
    total += 1;
    const position = jobPosition(job, order, now);
    if (after && comparePositions(position, after, order) <= 0) {
      continue;
    }
    const last = page[page.length - 1];
    if (
      page.length >= limit &&
      (!last || comparePositions(position, last.position, order) >= 0)
    ) {
      more = true;
      continue;
    }
    let low = 0;
    let high = page.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (comparePositions(page[middle].position, position, order) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    page.splice(low, 0, { job, position });
    if (page.length > limit) {
      page.pop();
      more = true;
    }
  }
  const last = page[page.length - 1];
  return {
    items: page.map(({ job }) => job),
    total,
    nextCursor: more && last ? encodeCursor(last.position, order) : undefined,
  };
}
