import type { IncomingMessage, ServerResponse } from 'node:http';
import { metrics } from '@opentelemetry/api';
import onHeaders from 'on-headers';

/** Seconds; a page has to be there within the first, a template's check may take ten. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Methods that have a label of their own: a client can send any word. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Whose request it is: `api/<plugin>` as far as the backend has such a plugin, which
 * its answer tells, `health`, or `app` for the pages. Never more of the address, which
 * anyone can make up.
 */
function routeOf(url: string, status: number): string {
  const [, first = '', second = ''] = url.split(/[/?]/);
  if (first === '.backstage') {
    return 'health';
  }
  if (first !== 'api') {
    return 'app';
  }
  return status !== 404 && /^[a-z][a-z-]{0,40}$/.test(second)
    ? `api/${second}`
    : 'api';
}

/**
 * Measures each request as `portal.http.response.time`: seconds until its answer
 * begins, by `route`, `method` and `status`. A log that is followed or a list that is
 * watched is answered at once and then stays open, so the end would tell nothing. To
 * be called before any route is added.
 */
export function measureRequests(options: {
  readonly app: {
    use(
      handler: (
        request: IncomingMessage,
        response: ServerResponse,
        next: () => void,
      ) => void,
    ): unknown;
  };
}): void {
  const time = metrics
    .getMeter('portal')
    .createHistogram('portal.http.response.time', {
      description: 'Time until the answer to a request begins',
      unit: 's',
      advice: { explicitBucketBoundaries: BUCKETS },
    });
  options.app.use((request, response, next) => {
    const { method = '', url = '' } = request;
    const begin = performance.now();
    onHeaders(response, () => {
      const { statusCode: status } = response;
      time.record((performance.now() - begin) / 1_000, {
        route: routeOf(url, status),
        method: METHODS.includes(method) ? method : 'other',
        status,
      });
    });
    next();
  });
}
