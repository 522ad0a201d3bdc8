import type { RequestOptions } from 'node:https';
import { clientNode, proxyAgents } from '../libraries';
import type { SignedIn } from './ClusterAccess';

/**
 * An agent that leads through a proxy.
 *
 * @param tls - settings for the server behind the proxy
 */
export async function proxyAgent(
  proxy: string,
  server: string,
  tls: RequestOptions,
): Promise<SignedIn['options']['agent']> {
  if (proxy.startsWith('socks')) {
    return socksAgent(proxy, server, tls);
  }
  const { HttpsProxyAgent } = proxyAgents();
  const agent = new HttpsProxyAgent(proxy, { keepAlive: true });
  // Set here, they are for the cluster alone; the proxy has a certificate of its own.
  Object.assign(agent.options, tls);
  return agent;
}

async function socksAgent(
  proxyUrl: string,
  server: string,
  tls: RequestOptions,
): Promise<SignedIn['options']['agent']> {
  const { KubeConfig } = clientNode();
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { name: 'cluster', server, proxyUrl, skipTLSVerify: false },
    { name: 'user' },
  );
  const options: RequestOptions = { ...tls };
  await kubeConfig.applyToHTTPSOptions(options);
  return options.agent;
}
