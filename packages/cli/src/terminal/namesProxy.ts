import type { Io } from './Io';

const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** True where the environment has a proxy for some server. */
export function namesProxy(env: Io['env']): boolean {
  return PROXIES.some(name => env[name]);
}
