import type { RequestOptions } from 'node:https';
import { proxyAgents, socksAgents } from '../libraries';

const KEEP_ALIVE = { keepAlive: true } as const;

/**
 * An agent that leads through a proxy.
 *
 * @param tls - settings for the server behind the proxy
 */
export function proxyAgent(
  proxy: string,
  tls: RequestOptions,
): NonNullable<RequestOptions['agent']> {
  const agent = proxy.startsWith('socks') ? socks(proxy) : http(proxy);
  // Set here, they are for the cluster alone; the proxy has a certificate of its own.
  Object.assign(agent.options, tls);
  return agent;
}

function http(proxy: string) {
  const { HttpsProxyAgent } = proxyAgents();
  return new HttpsProxyAgent(proxy, KEEP_ALIVE);
}

function socks(proxy: string) {
  const { SocksProxyAgent } = socksAgents();
  // The proxy looks up names, as with kubectl: this machine may not know them.
  return new SocksProxyAgent(
    proxy.replace(/^socks5?:/, 'socks5h:'),
    KEEP_ALIVE,
  );
}
