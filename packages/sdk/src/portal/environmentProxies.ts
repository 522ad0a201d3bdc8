import { proxyFor } from '@ml-platform/kube';
import { Agent, Dispatcher, ProxyAgent, setGlobalDispatcher } from 'undici';
import type { Environment } from './environmentFetch';

/** Sends each request by the proxy that the environment names for its server. */
class EnvironmentDispatcher extends Dispatcher {
  readonly #environment: Environment;
  readonly #direct = new Agent();
  readonly #proxies = new Map<string, ProxyAgent>();

  constructor(environment: Environment) {
    super();
    this.#environment = environment;
  }

  dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const proxy = proxyFor(String(options.origin), this.#environment);
    const way = proxy === undefined ? this.#direct : this.#by(proxy);
    return way.dispatch(options, handler);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map(one => one.close()));
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#all.map(one => one.destroy()));
  }

  get #all(): readonly Dispatcher[] {
    return [this.#direct, ...this.#proxies.values()];
  }

  #by(proxy: string): ProxyAgent {
    const known = this.#proxies.get(proxy) ?? new ProxyAgent(proxy);
    this.#proxies.set(proxy, known);
    return known;
  }
}

/**
 * A way for `fetch` of `undici` by the proxies of the environment, with the rules of
 * kubectl: this machine is never asked by a proxy.
 */
export function environmentDispatcher(environment: Environment): Dispatcher {
  return new EnvironmentDispatcher(environment);
}

/** Has all `fetch` of this process go by the proxies of the environment. */
export function useEnvironmentProxies(environment: Environment): void {
  setGlobalDispatcher(environmentDispatcher(environment));
}
