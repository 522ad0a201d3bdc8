import {
  decodeCursor,
  encodeCursor,
  isAfterPosition,
  jobMatcher,
  jobPosition,
  type JobFilter,
  type JobOrder,
  type JobSummary,
} from '@ml-platform/rayjob';

export interface JobQuery {
  readonly filter: JobFilter;
  readonly order: JobOrder;
  readonly limit: number;
  readonly cursor?: string;
  /** What the caller may see, the rest does not even count; all where absent. */
  readonly visible?: (job: JobSummary) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface JobPage {
  readonly items: readonly JobSummary[];
  readonly total: number;
  readonly nextCursor?: string;
}

/** Where the page begins, counted in the direction of the order. */
function begin(rows: readonly JobSummary[], query: JobQuery): number {
  const { order, cursor, now } = query;
  if (!cursor) {
    return 0;
  }
  const position = decodeCursor(cursor, order);
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isAfterPosition(rows[middle], position, order.by, now)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  // `low` is the first row after the place. The row of the place itself, where
  // it still exists, is the one before, and not wanted in either direction.
  const at = rows[low - 1];
  const here =
    at !== undefined && jobPosition(at, order, now).id === position.id ? 1 : 0;
  return order.descending ? rows.length - low + here : low;
}

/**
 * One page of the jobs that match.
 *
 * @param rows - in ascending order of the field that the query is ordered by
 * @throws {InputError} for a bad cursor
 */
export function queryJobs(
  rows: readonly JobSummary[],
  query: JobQuery,
): JobPage {
  const { filter, order, limit, visible, now } = query;
  const matches = jobMatcher(filter);
  const first = begin(rows, query);
  const items: JobSummary[] = [];
  let total = 0;
  let more = false;
  for (let i = 0; i < rows.length; i += 1) {
    if (!matches && !visible && more) {
      total = rows.length;
      break;
    }
    const job = rows[order.descending ? rows.length - 1 - i : i];
    if ((matches && !matches(job)) || (visible && !visible(job))) {
      continue;
    }
    total += 1;
    if (i < first) {
      continue;
    }
    if (items.length < limit) {
      items.push(job);
    } else {
      more = true;
    }
  }
  const last = items[items.length - 1];
  return {
    items,
    total,
    nextCursor:
      more && last
        ? encodeCursor(jobPosition(last, order, now), order)
        : undefined,
  };
}
