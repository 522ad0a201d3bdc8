import { InputError, isError, NotFoundError } from '@backstage/errors';
import { timingSafeEqual } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@ml-platform/kube';
import { parseLogQuery } from './LogQuery';
import type { LogQuery } from './LogQuery';

/** Finds and reads the logs of containers. */
export interface LogSource {
  /**
   * @throws NotFoundError where there is no such pod or container
   * @throws InputError where the container has no log yet
   */
  read(
    at: {
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
    },
    query: LogQuery,
    signal: AbortSignal,
  ): AsyncIterable<Buffer>;
}

/**
 * The part of kubelet's HTTP API that the API server needs for `pods/log`:
 * `GET /containerLogs/{namespace}/{pod}/{container}`, on loopback, with a bearer
 * token.
 */
export class LogServer {
  readonly #source: LogSource;
  readonly #token: Buffer;
  readonly #logger: Logger;
  readonly #server: Server;

  constructor(options: {
    readonly source: LogSource;
    readonly token: string;
    readonly logger: Logger;
  }) {
    this.#source = options.source;
    this.#token = Buffer.from(`Bearer ${options.token}`);
    this.#logger = options.logger;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(error => {
        this.#logger.warn(`Log request failed: ${error}`);
        response.destroy();
      });
    });
  }

  /** Listens on a free port of 127.0.0.1, and returns it. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => {
        const { port } = this.#server.address() as AddressInfo;
        resolve(port);
      });
    });
  }

  /** Ends all streams. */
  close(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://node');
    if (url.pathname === '/healthz') {
      answer(response, 200, 'ok');
      return;
    }
    if (!this.#authorized(request)) {
      answer(response, 401, 'Unauthorized');
      return;
    }
    const [, route, namespace, pod, container, ...rest] = url.pathname
      .split('/')
      .map(decodeURIComponent);
    if (route !== 'containerLogs' || !container || rest.length > 0) {
      answer(response, 404, '404 page not found');
      return;
    }
    if (request.method !== 'GET') {
      answer(response, 405, 'Method Not Allowed');
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const query = parseLogQuery(url.searchParams, Date.now());
      const at = { namespace, pod, container };
      const chunks = this.#source.read(at, query, gone.signal);
      await send(chunks, response, gone.signal);
    } catch (error) {
      if (response.headersSent) {
        response.destroy();
        throw error;
      }
      answer(
        response,
        statusOf(error),
        isError(error) ? error.message : String(error),
      );
    }
  }

  #authorized(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    return (
      given.length === this.#token.length && timingSafeEqual(given, this.#token)
    );
  }
}

async function send(
  chunks: AsyncIterable<Buffer>,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const start = () => {
    if (!response.headersSent) {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.flushHeaders();
    }
  };
  const iterator = chunks[Symbol.asyncIterator]();
  // An error comes with the first piece; a quiet log must not hold the headers.
  const first = iterator.next();
  const timer = setTimeout(start, 20);
  try {
    let next = await first;
    start();
    while (!next.done && !signal.aborted) {
      if (!response.write(next.value)) {
        await drained(response, signal);
      }
      next = await iterator.next();
    }
  } finally {
    clearTimeout(timer);
    await iterator.return?.();
  }
  response.end();
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    response.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function statusOf(error: unknown): number {
  if (error instanceof InputError) {
    return 400;
  }
  return error instanceof NotFoundError ? 404 : 500;
}

function answer(
  response: ServerResponse,
  statusCode: number,
  text: string,
): void {
  response.writeHead(statusCode, { 'content-type': 'text/plain' });
  response.end(text);
}
