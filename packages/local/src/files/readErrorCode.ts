import { isError } from '@backstage/errors';

/** The system's code of an error, as ENOENT, where it has one. */
export function readErrorCode(error: unknown): string | undefined {
  // Not instanceof: an error of another realm, as a test runner's, has one too.
  return isError(error) && typeof error.code === 'string'
    ? error.code
    : undefined;
}
