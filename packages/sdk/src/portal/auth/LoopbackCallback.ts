import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotAllowedError } from '@backstage/errors';

/** The path that the portal knows of command lines. */
const PATH = '/callback';

function say(title: string): string {
  return `${title} You can close this page.\n`;
}

/**
 * Where the browser brings the code of a login: a server on this machine's loopback
 * interface (RFC 8252, section 7.3).
 */
export class LoopbackCallback {
  /** The code that the browser brings. Rejects when the portal refuses, or the signal aborts. */
  readonly code: Promise<string>;
  readonly #server: Server;

  private constructor(server: Server, code: Promise<string>) {
    this.#server = server;
    this.code = code;
  }

  /** Address of the page that the browser is sent to. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${PATH}`;
  }

  static async start(options: {
    /** A secret that comes back with the code. */
    readonly state: string;
    readonly signal?: AbortSignal;
  }): Promise<LoopbackCallback> {
    const { state, signal } = options;
    const server = createServer();
    const code = new Promise<string>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), {
        once: true,
      });
      server.on('request', (request, response) => {
        const { pathname, searchParams } = new URL(
          request.url ?? '/',
          'http://127.0.0.1',
        );
        response.setHeader('content-type', 'text/plain; charset=utf-8');
        response.setHeader('connection', 'close');
        if (pathname !== PATH || searchParams.get('state') !== state) {
          response.statusCode = 404;
          response.end(say('Nobody waits for this.'));
          return;
        }
        const given = searchParams.get('code');
        if (given) {
          response.end(say("You're logged in."));
          resolve(given);
        } else {
          const why =
            searchParams.get('error_description') ?? 'The portal gave no code';
          response.end(say(`You're not logged in: ${why}.`));
          reject(new NotAllowedError(`The login was refused: ${why}`));
        }
      });
    });
    // Whoever waits is told; nobody may wait yet.
    code.catch(() => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new LoopbackCallback(server, code);
  }

  close(): void {
    this.#server.close();
  }
}
