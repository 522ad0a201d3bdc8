import { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { badRequest } from '../errors/statusErrors';
import { parseResourcePath } from '../http/parsePath';
import { ObjectStore } from '../store/ObjectStore';
import { forwardTarget } from './forwardTarget';
import { CHANNEL_PROTOCOL, serveChannels } from './serveChannels';

/** `pods/portforward`, by web socket. */
export class PortForwarder {
  readonly #store: ObjectStore;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => CHANNEL_PROTOCOL,
  });

  constructor(options: { readonly store: ObjectStore }) {
    this.#store = options.store;
  }

  /**
   * Takes over a connection to the ports of a pod; false for other requests.
   *
   * @throws {StatusError} when it can't
   */
  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    segments: readonly string[],
  ): boolean {
    const path = parseResourcePath(segments);
    const { group, plural, namespace, name, subresource } = path ?? {};
    if (
      group !== '' ||
      plural !== 'pods' ||
      subresource !== 'portforward' ||
      !namespace ||
      !name
    ) {
      return false;
    }
    const protocols = request.headers['sec-websocket-protocol'] ?? '';
    if (!protocols.split(/, */).includes(CHANNEL_PROTOCOL)) {
      throw badRequest(
        "The embedded cluster forwards ports by web sockets with v4.channel.k8s.io only, which kubectl doesn't speak. A pod's ports are ports of this machine: its annotation local.ml-platform.dev/ports tells which",
      );
    }
    const { searchParams } = new URL(request.url ?? '', 'https://localhost');
    const ports = searchParams.getAll('ports');
    if (ports.length !== 1) {
      throw badRequest('query parameter "ports" has to name one port');
    }
    const target = forwardTarget(this.#store, namespace, name, ports[0]);
    this.#sockets.handleUpgrade(request, socket, head, webSocket => {
      void serveChannels(webSocket, target);
    });
    return true;
  }

  /** Ends all connections. */
  close(): void {
    this.#sockets.clients.forEach(client => client.terminate());
  }
}
