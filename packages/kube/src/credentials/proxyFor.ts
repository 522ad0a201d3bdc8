import { BlockList, isIP } from 'node:net';
import type { Environment } from '../Environment';

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
};

/**
 * The proxy that leads to a server, by the rules of kubectl: this machine is never
 * asked through a proxy, nor are the hosts, domains and networks of `NO_PROXY`.
 *
 * Source: golang.org/x/net/http/httpproxy.
 */
export function proxyFor(server: string, env: Environment): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const proxy =
    protocol === 'https:'
      ? env.HTTPS_PROXY || env.https_proxy
      : env.HTTP_PROXY || env.http_proxy;
  if (!proxy) {
    return undefined;
  }
  const host = hostname.replace(/^\[|\]$/g, '');
  const exceptions = (env.NO_PROXY || env.no_proxy || '')
    .split(',')
    .map(each => each.trim().toLowerCase())
    .filter(Boolean);
  const direct =
    host === 'localhost' ||
    inNetwork(host, '127.0.0.0/8') ||
    inNetwork(host, '::1') ||
    exceptions.some(exception =>
      excepts(exception, host, port || DEFAULT_PORTS[protocol]),
    );
  if (direct) {
    return undefined;
  }
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function excepts(exception: string, host: string, port: string): boolean {
  if (exception === '*') {
    return true;
  }
  const [, name, onlyPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(
    // The last part of a bare IPv6 address is no port.
    isIP(exception) === 6 ? `[${exception}]` : exception,
  ) ?? ['', exception];
  if (onlyPort !== undefined && onlyPort !== port) {
    return false;
  }
  if (isIP(host) !== 0) {
    return inNetwork(host, name);
  }
  const domain = name.replace(/^\*\./, '.');
  return domain.startsWith('.')
    ? host.endsWith(domain)
    : host === domain || host.endsWith(`.${domain}`);
}

/** Whether a host is an address in a network, `10.0.0.0/8`, or the address itself. */
function inNetwork(host: string, network: string): boolean {
  const [address, bits] = network.split('/');
  const version = isIP(address);
  if (version === 0 || isIP(host) !== version) {
    return false;
  }
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(address, Number(bits ?? (version === 6 ? 128 : 32)), family);
  return list.check(host, family);
}
