import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether a host is this machine. The server passes requests on to nothing
 * else: objects that anybody wrote name the addresses.
 */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) {
    return host === 'localhost';
  }
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
