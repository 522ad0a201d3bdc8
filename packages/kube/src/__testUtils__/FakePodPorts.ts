import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** How a test answers a connection to a pod's port. */
export type PortAnswer = (
  channel: {
    /** Sends data of the pod. */
    readonly send: (data: Buffer | string) => void;
    /** Says why the port doesn't answer. */
    readonly complain: (text: string) => void;
    readonly socket: WebSocket;
  },
  path: string,
) => void;

/**
 * The part of an API server that leads to ports of pods, in `v4.channel.k8s.io`.
 * By itself a port sends back what it gets.
 */
export class FakePodPorts {
  /** Path and credentials of every connection so far. */
  readonly connections: string[] = [];
  /** Refuses the credentials that it is not told. */
  accepted = 'Bearer secret';
  answer: PortAnswer = ({ send, socket }) =>
    socket.on('message', (message: Buffer) => send(message.subarray(1)));

  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });

  /** Answers on a server that answers everything else by itself. */
  constructor(server: Server) {
    this.#server = server;
    this.#server.on('upgrade', (request, socket, head) => {
      const { authorization } = request.headers;
      const path = request.url ?? '';
      this.connections.push(`${path} ${authorization}`);
      if (authorization !== this.accepted) {
        const body = JSON.stringify({
          kind: 'Status',
          message: 'Unauthorized',
        });
        socket.end(
          `HTTP/1.1 401 Unauthorized\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
        );
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, webSocket => {
        this.#open(webSocket, path);
      });
    });
  }

  static async start(): Promise<FakePodPorts> {
    const ports = new FakePodPorts(createServer());
    await new Promise<void>(resolve => {
      ports.#server.listen(0, '127.0.0.1', resolve);
    });
    return ports;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get openCount(): number {
    return this.#sockets.clients.size;
  }

  /** Breaks every connection, as the end of a node does. */
  breakAll(): void {
    this.#sockets.clients.forEach(socket => socket.terminate());
  }

  async close(): Promise<void> {
    this.breakAll();
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #open(socket: WebSocket, path: string): void {
    const port = Number(new URLSearchParams(path.split('?')[1]).get('ports'));
    const send = (channel: number, data: Buffer | string) =>
      socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(data)]));
    const number = Buffer.alloc(2);
    number.writeUInt16LE(port);
    send(0, number);
    send(1, number);
    this.answer(
      {
        send: data => send(0, data),
        complain: text => send(1, text),
        socket,
      },
      path,
    );
  }
}
