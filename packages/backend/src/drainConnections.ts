import type { Server, ServerResponse } from 'node:http';
import type {
  LifecycleService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';

/** Milliseconds between two looks at connections that have become idle. */
const LOOK = 250;
/** Milliseconds that requests have to be answered, once nobody sends any more. */
const PATIENCE = 25_000;

export interface DrainOptions {
  readonly app: {
    use(
      handler: (
        request: unknown,
        response: ServerResponse,
        next: () => void,
      ) => void,
    ): unknown;
  };
  readonly server: Pick<Server, 'closeIdleConnections' | 'closeAllConnections'>;
  /** The root's, which the router hands on as if it were a plugin's. */
  readonly lifecycle: LifecycleService;
  /** Milliseconds that requests have to be answered before the end. */
  readonly patienceMs?: number;
}

/**
 * Sends clients to other backends before this one stops. A client that keeps its
 * connection would lose the request that it sends while the connection is closed, and
 * would hold up the end as long as it keeps the connection. To be called before any
 * route is added.
 */
export function drainConnections(options: DrainOptions) {
  const { app, server, lifecycle, patienceMs = PATIENCE } = options;
  let isStopping = false;
  app.use((_, response, next) => {
    if (isStopping) {
      response.setHeader('connection', 'close');
    }
    next();
  });
  (lifecycle as RootLifecycleService).addBeforeShutdownHook(() => {
    isStopping = true;
  });
  lifecycle.addShutdownHook(() => {
    setInterval(() => server.closeIdleConnections(), LOOK).unref();
    setTimeout(() => server.closeAllConnections(), patienceMs).unref();
  });
}
