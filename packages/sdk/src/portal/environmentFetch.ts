import type { Dispatcher } from 'undici';

/** Environment variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A way to send requests, and to close its connections. */
export interface Fetch {
  send(request: Request): Promise<Response>;
  close(): void;
}

const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** Sends requests through the proxy that the environment names, with its exceptions. */
class ProxiedFetch implements Fetch {
  #dispatcher: Dispatcher | undefined;
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  async send(request: Request): Promise<Response> {
    // Most go by no proxy, and need not wait until this is loaded.
    const { fetch } = await import('undici');
    const { environmentDispatcher } = await import('./environmentProxies');
    this.#dispatcher ??= environmentDispatcher(this.#environment);
    const { method, signal } = request;
    const answer = await fetch(request.url, {
      method,
      headers: [...request.headers],
      body: request.body ? await request.text() : undefined,
      signal,
      dispatcher: this.#dispatcher,
    });
    // The same class as Node's own, described a second time.
    return answer as unknown as Response;
  }

  close(): void {
    void this.#dispatcher?.close();
  }
}

/** Sends requests as the environment says: HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
export function environmentFetch(environment: Environment): Fetch {
  return PROXIES.some(name => environment[name])
    ? new ProxiedFetch(environment)
    : { send: request => fetch(request), close: () => {} };
}
