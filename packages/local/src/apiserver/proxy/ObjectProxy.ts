import { IncomingMessage, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import httpProxy from 'http-proxy';
import { StatusError } from '../errors/StatusError';
import {
  badRequest,
  noSuchResource,
  serviceUnavailable,
} from '../errors/statusErrors';
import { parseResourcePath } from '../http/parsePath';
import { respond } from '../http/respond';
import { ObjectStore } from '../store/ObjectStore';
import { isLoopback } from './isLoopback';
import { podEndpoint } from './podEndpoint';
import { parseProxyName } from './proxyName';
import { serviceEndpoint } from './serviceEndpoint';

/** Passes requests on to services and pods, web sockets too. */
export class ObjectProxy {
  readonly #store: ObjectStore;
  readonly #proxy = httpProxy.createProxyServer({
    ignorePath: true,
    changeOrigin: true,
    xfwd: true,
  });
  #turn = 0;

  constructor(options: { readonly store: ObjectStore }) {
    this.#store = options.store;
    this.#proxy.on('proxyReq', sent => {
      // The credentials are for this server and for nobody behind it.
      sent.removeHeader('authorization');
    });
    this.#proxy.on('proxyReqWs', sent => {
      sent.removeHeader('authorization');
    });
    this.#proxy.on('proxyRes', (answer, request) => {
      const { location } = answer.headers;
      if (location?.startsWith('/')) {
        answer.headers.location = proxyPrefix(request.url ?? '') + location;
      }
    });
  }

  /** Passes on a request below `…/proxy`. Throws a StatusError where it cannot. */
  web(
    request: IncomingMessage,
    response: ServerResponse,
    segments: readonly string[],
  ): void {
    const target = this.#target(request, segments);
    this.#proxy.web(request, response, { target }, error => {
      if (response.headersSent) {
        response.destroy();
      } else {
        const { code, status } = unreachable(error);
        respond(response, code, status);
      }
    });
  }

  /** Passes on a web socket. Throws a StatusError where it cannot. */
  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    segments: readonly string[],
  ): void {
    const target = this.#target(request, segments);
    this.#proxy.ws(request, socket, head, { target }, () => socket.destroy());
  }

  #target(request: IncomingMessage, segments: readonly string[]): string {
    const path = parseResourcePath(segments);
    const parsed = path?.name && parseProxyName(path.name);
    if (!path?.namespace || path.subresource !== 'proxy') {
      throw noSuchResource();
    }
    if (!parsed) {
      throw badRequest(`invalid ${path.plural} request "${path.name}"`);
    }
    const { scheme, name, port } = parsed;
    const { host, port: number } =
      path.plural === 'pods'
        ? podEndpoint(this.#store, path.namespace, name, port)
        : serviceEndpoint(this.#store, path.namespace, name, port, count => {
            this.#turn += 1;
            return this.#turn % count;
          });
    if (!isLoopback(host)) {
      throw badRequest('address not allowed');
    }
    const address = host.includes(':') ? `[${host}]` : host;
    return `${scheme}://${address}:${number}${rest(request.url ?? '')}`;
  }
}

const PROXY_PATH =
  /^(\/api\/v1\/namespaces\/[^/]+\/(?:services|pods)\/[^/?]+\/proxy)(.*)$/;

/** What follows `/proxy`, as it was sent: decoding it could change it. */
function rest(url: string): string {
  const below = PROXY_PATH.exec(url)?.[2] ?? '';
  return below.startsWith('/') ? below : `/${below}`;
}

function proxyPrefix(url: string): string {
  return PROXY_PATH.exec(url)?.[1] ?? '';
}

function unreachable(error: Error): StatusError {
  return serviceUnavailable(`error trying to reach service: ${error.message}`);
}
