import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type { Environment } from '../Environment';
import type { SignedIn } from './ClusterAccess';
import type { ClusterEntry } from './entries';
import { proxyAgent } from './proxyAgent';
import { proxyFor } from './proxyFor';

/** What proves who makes a request. */
export interface Identity {
  readonly token?: string;
  /** `name:password` */
  readonly auth?: string;
  /** PEM */
  readonly cert?: string | Buffer;
  /** PEM */
  readonly key?: string | Buffer;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/**
 * The settings of a connection to a cluster.
 *
 * @param proxies - variables that name proxies; none are used where absent
 * @throws {Error} when a file can't be read
 */
export async function connect(
  cluster: ClusterEntry,
  identity: Identity,
  proxies?: Environment,
): Promise<SignedIn> {
  const { server, caData, caFile, skipTLSVerify, tlsServerName } = cluster;
  const { token, auth, cert, key } = identity;
  const ca = await pem(caData, caFile);
  const tls: RequestOptions = {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(skipTLSVerify && { rejectUnauthorized: false }),
    ...(tlsServerName && { servername: tlsServerName }),
  };
  const proxy = cluster.proxyUrl ?? (proxies && proxyFor(server, proxies));
  return {
    server,
    options: {
      ...tls,
      ...(auth && { auth }),
      headers: {
        ...identity.headers,
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(proxy && { agent: proxyAgent(proxy, tls) }),
    },
    viaProxy: proxy !== undefined,
  };
}

/** The content of base64 text or of a file; the text wins, as in kubectl. */
export async function pem(
  data: string | undefined,
  file: string | undefined,
): Promise<Buffer | undefined> {
  if (data) {
    return Buffer.from(data, 'base64');
  }
  return file ? readFile(file) : undefined;
}
