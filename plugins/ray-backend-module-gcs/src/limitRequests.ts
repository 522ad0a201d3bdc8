import type { Storage } from '@google-cloud/storage';

/**
 * Limits each request of a client. The library's own limit does not cover uploads.
 *
 * @param ms - milliseconds
 */
export function limitRequests(storage: Storage, ms: number): void {
  storage.timeout = ms;
  storage.interceptors.push({
    request: request => ({
      ...request,
      uri: 'uri' in request ? String(request.uri) : '',
      timeout: ms,
    }),
  });
}
