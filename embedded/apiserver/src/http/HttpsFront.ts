import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { InputError, isError } from '@backstage/errors';
import type { Logger } from '@ml-platform/kube';
import { StatusError } from '../errors/StatusError';
import { badRequest, internalError } from '../errors/statusErrors';
import { parseAccept } from './accept';
import { ApiRequest } from './ApiRequest';
import { TokenAuthenticator } from './authenticate';
import { respond } from './respond';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
/** Probes that kubelets and people make without credentials. */
const OPEN_PATHS = ['/healthz', '/livez', '/readyz', '/version'];

/** Takes over a connection that asks for another protocol; may throw a StatusError. */
export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  segments: readonly string[],
) => void;

/** TLS, credentials and errors: what every request passes. */
export class HttpsFront {
  readonly #server: Server;
  readonly #authenticator: TokenAuthenticator;
  readonly #logger: Logger;
  readonly #route: (api: ApiRequest) => Promise<void>;
  readonly #upgrade: UpgradeHandler;

  constructor(options: {
    readonly tls: { readonly key: string; readonly cert: string };
    readonly authenticator: TokenAuthenticator;
    readonly logger: Logger;
    readonly route: (api: ApiRequest) => Promise<void>;
    readonly upgrade: UpgradeHandler;
  }) {
    this.#authenticator = options.authenticator;
    this.#logger = options.logger;
    this.#route = options.route;
    this.#upgrade = options.upgrade;
    this.#server = createServer(
      { ...options.tls, requestTimeout: 0, keepAliveTimeout: 65_000 },
      (request, response) => {
        void this.#serve(request, response);
      },
    );
    this.#server.on('upgrade', (request, socket, head) =>
      this.#serveUpgrade(request, socket, head),
    );
  }

  /**
   * Listens, and answers with the port.
   *
   * @throws {InputError} when the address is not one of this machine alone
   */
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

  #serveUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    try {
      this.#authenticator.authenticate(request);
      const url = parseUrl(request.url ?? '/');
      this.#upgrade(request, socket, head, decodedSegments(url));
    } catch (error) {
      const { code, status } = asStatusError(error);
      const body = JSON.stringify(status);
      socket.end(
        `HTTP/1.1 ${code} ${status.reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      );
    }
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
        error: isError(error) ? error.stack : String(error),
      });
    }
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { code, status } = asStatusError(error);
    respond(response, code, status);
    // A body that nobody reads would hold the connection.
    request.resume();
  }
}

function asStatusError(error: unknown): StatusError {
  return error instanceof StatusError
    ? error
    : internalError(isError(error) ? error.message : String(error));
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
