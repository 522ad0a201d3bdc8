import { IncomingMessage, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import { badRequest, noSuchResource } from '../errors/statusErrors';
import { parseResourcePath } from '../http/parsePath';
import { ObjectStore } from '../store/ObjectStore';
import { forwardRequest, forwardUpgrade } from './forward';
import { isLoopback } from './isLoopback';
import { missingStream } from './missingStreams';
import { podEndpoint } from './podEndpoint';
import { parseProxyName } from './proxyName';
import { serviceEndpoint } from './serviceEndpoint';

/** Passes requests on to services and pods, web sockets too. */
export class ObjectProxy {
  readonly #store: ObjectStore;
  #turn = 0;

  constructor(options: { readonly store: ObjectStore }) {
    this.#store = options.store;
  }

  /**
   * Passes on a request below `…/proxy`.
   *
   * @throws {StatusError} when it can't
   */
  web(
    request: IncomingMessage,
    response: ServerResponse,
    segments: readonly string[],
  ): void {
    forwardRequest({
      request,
      response,
      target: this.#target(request, segments),
      prefix: proxyPrefix(request.url ?? ''),
    });
  }

  /**
   * Passes on a web socket.
   *
   * @throws {StatusError} when it can't
   */
  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    segments: readonly string[],
  ): void {
    const target = this.#target(request, segments);
    forwardUpgrade({ request, socket, head, target });
  }

  #target(request: IncomingMessage, segments: readonly string[]): URL {
    const path = parseResourcePath(segments);
    const missing = path && missingStream(path.plural, path.subresource);
    if (missing) {
      throw badRequest(missing);
    }
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
    return new URL(
      `${scheme}://${address}:${number}${rest(request.url ?? '')}`,
    );
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
