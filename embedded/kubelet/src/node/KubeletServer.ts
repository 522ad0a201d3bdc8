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
import { parseLogQuery } from '../logs/LogQuery';
import type { LogSource } from '../logs/LogSource';
import { sendLog } from '../logs/sendLog';
import type { StatsSummary } from '../stats/StatsSummary';

/**
 * The part of kubelet's HTTP API that the API server needs, on loopback and for
 * a bearer token:
 *
 * - `GET /containerLogs/{namespace}/{pod}/{container}` for `pods/log`
 * - `GET /stats/summary` for `metrics.k8s.io`
 */
export class KubeletServer {
  readonly #logs: LogSource;
  readonly #stats: () => Promise<StatsSummary>;
  readonly #token: Buffer;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #server: Server;

  constructor(options: {
    readonly logs: LogSource;
    readonly stats: () => Promise<StatsSummary>;
    readonly token: string;
    readonly logger: Logger;
    readonly now: () => number;
  }) {
    this.#logs = options.logs;
    this.#stats = options.stats;
    this.#token = Buffer.from(`Bearer ${options.token}`);
    this.#logger = options.logger;
    this.#now = options.now;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(error => {
        this.#logger.warn(`Request to the node failed: ${error}`);
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
    if (request.method !== 'GET') {
      answer(response, 405, 'Method Not Allowed');
      return;
    }
    try {
      if (!(await this.#route(url, response))) {
        answer(response, 404, '404 page not found');
      }
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

  /** False where there is no such path. */
  async #route(url: URL, response: ServerResponse): Promise<boolean> {
    const [, ...path] = url.pathname.split('/').map(decodeURIComponent);
    if (path.join('/') === 'stats/summary') {
      const text = JSON.stringify(await this.#stats());
      answer(response, 200, text, 'application/json');
      return true;
    }
    const [route, namespace, pod, container, ...rest] = path;
    if (route !== 'containerLogs' || !container || rest.length > 0) {
      return false;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const query = parseLogQuery(url.searchParams, this.#now());
    const at = { namespace, pod, container };
    const log = this.#logs.read(at, query, gone.signal);
    await sendLog(log, response, gone.signal);
    return true;
  }

  #authorized(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    return (
      given.length === this.#token.length && timingSafeEqual(given, this.#token)
    );
  }
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
  contentType = 'text/plain',
): void {
  response.writeHead(statusCode, { 'content-type': contentType });
  response.end(text);
}
