import { ServiceUnavailableError } from '@backstage/errors';
import { createServer } from 'node:net';

/*
 * Below the ports that Linux and macOS give to outgoing connections, so that
 * none of those takes a port between its allotment and its use.
 */
const FIRST = 20_000;
const LAST = 32_000;

/** Gives out local ports that nothing listens on, each to one pod at a time. */
export class PortAllotment {
  readonly #taken = new Set<number>();
  readonly #random: () => number;

  constructor(options: { readonly random?: () => number } = {}) {
    this.#random = options.random ?? Math.random;
  }

  /** @throws {ServiceUnavailableError} when no port is left */
  async take(): Promise<number> {
    for (let tries = 0; tries < 200; tries += 1) {
      const port = FIRST + Math.floor(this.#random() * (LAST - FIRST));
      if (!this.#taken.has(port)) {
        this.#taken.add(port);
        if (await isFree(port)) {
          return port;
        }
        this.#taken.delete(port);
      }
    }
    throw new ServiceUnavailableError(
      `No free port between ${FIRST} and ${LAST} on this machine`,
    );
  }

  release(ports: Iterable<number>): void {
    for (const port of ports) {
      this.#taken.delete(port);
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
