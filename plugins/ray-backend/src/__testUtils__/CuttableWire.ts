import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { listen } from './realBackend';

/** A wire to a server, whose connections a test can cut. */
export class CuttableWire {
  /** Where the server is reached over the wire. */
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(url: string, server: Server, sockets: Set<Socket>) {
    this.url = url;
    this.#server = server;
    this.#sockets = sockets;
  }

  static async to(target: string): Promise<CuttableWire> {
    const { hostname, port } = new URL(target);
    const sockets = new Set<Socket>();
    const server = createServer(near => {
      const far = connect(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ]) {
        sockets.add(socket);
        socket.pipe(other);
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
      }
    });
    const url = `http://127.0.0.1:${await listen(server)}`;
    return new CuttableWire(url, server, sockets);
  }

  /** Breaks all connections; new ones can be made. */
  cut(): void {
    this.#sockets.forEach(socket => socket.destroy());
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }
}
