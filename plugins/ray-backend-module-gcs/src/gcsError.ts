import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * What the storage library throws: errors of two HTTP clients, and at times the
 * service's own JSON, which is no Error.
 */
interface GcsFailure {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly response?: { readonly status?: unknown };
}

function failure(error: unknown): GcsFailure {
  return typeof error === 'object' && error !== null ? error : {};
}

/** HTTP status of what the storage library throws. */
export function statusOf(error: unknown): number | undefined {
  const { code, status, response } = failure(error);
  return [response?.status, status, code]
    .map(Number)
    .find(value => value >= 100 && value < 600);
}

/**
 * What went wrong with a bucket, and what to do. The library's error holds the
 * request with its credentials, so that only its words are passed on.
 *
 * @param bucket - for people, as `gs://logs`
 */
export function gcsError(error: unknown, bucket: string): Error {
  const words = String(failure(error).message ?? 'no reason').slice(0, 300);
  switch (statusOf(error)) {
    case 401:
    case 403:
      return new NotAllowedError(
        `${bucket} can't be used (${words}); grant the Google identity of the backend roles/storage.objectUser on the bucket`,
      );
    case 404:
      return new NotFoundError(
        `${bucket} is not there (${words}); make the bucket, or correct ray.logs.archive.bucket`,
      );
    case 412:
      return new ConflictError(
        `Another backend has written the same log to ${bucket}; nothing was replaced`,
      );
    default:
      return new ServiceUnavailableError(
        `Couldn't reach ${bucket} (${words}); it is tried again`,
      );
  }
}
