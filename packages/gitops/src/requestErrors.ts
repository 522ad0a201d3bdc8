import { isError } from '@backstage/errors';

/** True when a GitHub call was answered with this HTTP status. */
export function hasStatus(error: unknown, status: number): boolean {
  return isError(error) && error.status === status;
}
