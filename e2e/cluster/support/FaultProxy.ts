import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';

/** What goes wrong between the portal and the API server. */
export type Faults = {
  /** Ends each connection after so many bytes of answers, wherever a line is then. */
  readonly resetAfterBytes?: number;
  /** Ends a connection that was silent for so many milliseconds. */
  readonly idleMs?: number;
  /** Accepts no connection. */
  readonly refuse?: boolean;
};

/**
 * A load balancer on the way to the API server that passes TLS through, and does
 * what bad ones do. It runs beside the tests; they control it over HTTP.
 */
export class FaultProxy {
  #faults: Faults = {};
  readonly #sockets = new Set<Socket>();
  #resets = 0;

  readonly #target: URL;

  private constructor(target: URL) {
    this.#target = target;
  }

  /** @param port - of the control; the proxy itself has the one after it */
  static async start(
    server: string,
    port: number,
  ): Promise<{ readonly close: () => Promise<void> }> {
    const proxy = new FaultProxy(new URL(server));
    const control = createHttpServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      proxy.#set(JSON.parse(body) as Faults);
      response.end(JSON.stringify({ resets: proxy.#resets }));
    });
    const data = createServer(socket => proxy.#accept(socket));
    control.listen(port, '127.0.0.1');
    data.listen(port + 1, '127.0.0.1');
    await Promise.all([once(control, 'listening'), once(data, 'listening')]);
    return {
      close: async () => {
        proxy.#cut();
        control.close();
        data.close();
        await Promise.all([once(control, 'close'), once(data, 'close')]);
      },
    };
  }

  /** Open connections are cut, so that the new rule is there for all. */
  #set(faults: Faults): void {
    this.#faults = faults;
    this.#cut();
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #accept(client: Socket): void {
    const { refuse, idleMs, resetAfterBytes = Infinity } = this.#faults;
    if (refuse) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(
      Number(this.#target.port || 443),
      this.#target.hostname,
    );
    const end = () => {
      this.#resets += 1;
      client.resetAndDestroy();
      server.resetAndDestroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
      // An end of one side is an end of both; 'close' follows.
      socket.on('error', () => undefined);
      if (idleMs) socket.setTimeout(idleMs, end);
    }
    let answered = 0;
    server.on('data', chunk => {
      answered += chunk.length;
      const beyond = answered - resetAfterBytes;
      if (beyond > 0) {
        server.pause();
        client.write(chunk.subarray(0, -beyond), end);
      } else if (!client.write(chunk)) {
        server.pause();
        client.once('drain', () => server.resume());
      }
    });
    client.pipe(server);
  }
}

/** Sets what goes wrong from now on; nothing for `{}`. Tells how often it did. */
export async function setFaults(
  port: number,
  faults: Faults,
): Promise<{ readonly resets: number }> {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    body: JSON.stringify(faults),
  });
  return (await response.json()) as { resets: number };
}
