import type { JobsQuery } from '@ml-platform/backstage-plugin-ray-common';
import { parseJobOrder } from '@ml-platform/rayjob';
import type { JobListQuery } from '../jobs/Jobs';

/**
 * A query of the API as the index takes it.
 * @throws {InputError} when the jobs can't be sorted that way
 */
export function listQuery(query: JobsQuery, defaultLimit = 50): JobListQuery {
  const { sort, limit, cursor, ...filter } = query;
  return {
    filter,
    order: parseJobOrder(sort),
    limit: limit ?? defaultLimit,
    cursor,
  };
}
