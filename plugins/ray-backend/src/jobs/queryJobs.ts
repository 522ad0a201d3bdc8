import {
  decodeCursor,
  encodeCursor,
  jobMatcher,
  jobPosition,
  type JobFilter,
  type JobOrder,
  type JobSummary,
} from '@ml-platform/rayjob';
import { EVERY_JOB, type JobScope } from '../permissions/Authorizer';
import type { JobIndex } from './JobIndex';
import { SortedJobs } from './SortedJobs';

export interface JobQuery {
  readonly filter: JobFilter;
  readonly order: JobOrder;
  readonly limit: number;
  readonly cursor?: string;
  /** What the caller may see, the rest does not even count. */
  readonly scope: JobScope;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface JobPage {
  readonly items: readonly JobSummary[];
  readonly total: number;
  readonly nextCursor?: string;
}

/** True where to take out and sort what matches is less work than to walk past the rest. */
function isRare(total: number, all: number, limit: number): boolean {
  return total * Math.log2(total + 1) < (limit * all) / total;
}

/**
 * One page of the jobs that match.
 * @throws {InputError} for a bad cursor
 */
export function queryJobs(
  index: Pick<JobIndex, 'inOrder' | 'select' | 'size'>,
  query: JobQuery,
): JobPage {
  const { filter, order, limit, cursor, scope } = query;
  const after = cursor ? decodeCursor(cursor, order) : undefined;
  const now = after?.now ?? query.now;
  const selection = index.select(filter, scope);
  const total = selection.count(filter);
  if (total === 0) {
    return { items: [], total };
  }
  const walk = { after, descending: order.descending, now };
  const rare = isRare(total, index.size, limit);
  const jobs = rare
    ? new SortedJobs(order.by, selection.matching(filter), now).walk(walk)
    : index.inOrder(order.by).walk(walk);
  const matches = rare ? undefined : jobMatcher(filter);
  const covers = rare || scope.covers === EVERY_JOB ? undefined : scope.covers;
  const items: JobSummary[] = [];
  let more = false;
  for (const job of jobs) {
    if ((!matches || matches(job)) && (!covers || covers(job))) {
      if (items.length === limit) {
        more = true;
        break;
      }
      items.push(job);
      if (!after && items.length === total) {
        break;
      }
    }
  }
  const last = items[items.length - 1];
  return {
    items,
    total,
    nextCursor:
      more && last
        ? encodeCursor({ ...jobPosition(last, order, now), now }, order)
        : undefined,
  };
}
