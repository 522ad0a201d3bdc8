import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { InputError } from '@backstage/errors';
import { Logger } from '../../platformTypes';
import { StatusError } from '../errors/StatusError';
import { badRequest, internalError } from '../errors/statusErrors';
import { parseAccept } from './accept';
import { ApiRequest } from './ApiRequest';
import { TokenAuthenticator } from './authenticate';
import { respond } from './respond';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
/** Probes that kubelets and people make without credentials. */
const OPEN_PATHS = ['/healthz', '/livez', '/readyz', '/version'];

/** TLS, credentials and errors: what every request passes. */
export class HttpsFront {
  readonly #server: Server;
  readonly #authenticator: TokenAuthenticator;
  readonly #logger: Logger;
  readonly #route: (api: ApiRequest) => Promise<void>;

  constructor(options: {
    readonly tls: { readonly key: string; readonly cert: string };
    readonly authenticator: TokenAuthenticator;
    readonly logger: Logger;
    readonly route: (api: ApiRequest) => Promise<void>;
  }) {
    this.#authenticator = options.authenticator;
    this.#logger = options.logger;
    this.#route = options.route;
    this.#server = createServer(
      { ...options.tls, requestTimeout: 0, keepAliveTimeout: 65_000 },
      (request, response) => {
        void this.#serve(request, response);
      },
    );
  }

  /** Listens, and answers with the port. Throws InputError for a public address. */
  async listen(host: string, port: number): Promise<number> {
    if (!LOOPBACK.includes(host)) {
      throw new InputError(
        `The embedded API server listens on loopback only, not on ${host}`,
      );
    }
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      await this.#route(this.#apiRequest(request, response));
    } catch (error) {
      this.#fail(request, response, error);
    }
  }

  #apiRequest(request: IncomingMessage, response: ServerResponse): ApiRequest {
    const url = parseUrl(request.url ?? '/');
    const user = OPEN_PATHS.includes(url.pathname)
      ? { username: 'system:anonymous', groups: ['system:unauthenticated'] }
      : this.#authenticator.authenticate(request);
    return {
      request,
      response,
      method: request.method ?? 'GET',
      segments: decodedSegments(url),
      url,
      query: url.searchParams,
      user,
      // Read late: what is proxied takes any media type.
      get accepted() {
        return parseAccept(request.headers.accept);
      },
    };
  }

  #fail(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
  ): void {
    if (!(error instanceof StatusError)) {
      this.#logger.error(`${request.method} ${request.url} failed`, {
        error: error instanceof Error ? error.stack : String(error),
      });
    }
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { code, status } =
      error instanceof StatusError
        ? error
        : internalError(error instanceof Error ? error.message : String(error));
    respond(response, code, status);
    // A body that nobody reads would hold the connection.
    request.resume();
  }
}

function parseUrl(text: string): URL {
  try {
    return new URL(text, 'https://localhost');
  } catch {
    throw badRequest('the path of the request cannot be read');
  }
}

function decodedSegments(url: URL): string[] {
  try {
    return url.pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    throw badRequest('the path of the request cannot be read');
  }
}
