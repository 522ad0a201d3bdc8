import { IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';

/** The part of Backstage's configuration that is read. */
interface HostConfig {
  has(key: string): boolean;
  getOptional(key: string): unknown;
  getOptionalString(key: string): string | undefined;
}

interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
};
/** Orchestrators probe these by the pod's address; they tell nothing. */
const HEALTH = '/.backstage/health/';

function listenAddress(config: HostConfig): ListenAddress {
  const text = config.getOptional('backend.listen');
  if (typeof text === 'string' || typeof text === 'number') {
    const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(String(text)) ?? [];
    return { host: host ?? '', port: Number(port) };
  }
  return {
    host: config.getOptionalString('backend.listen.host') ?? '',
    port: Number(config.getOptional('backend.listen.port') ?? 7007),
  };
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
}

/** The `Host` headers that a browser sends for an address. */
function hostsOf(address: string | undefined): string[] {
  if (!address || !URL.canParse(address)) {
    return [];
  }
  const { protocol, hostname, port } = new URL(address);
  return port
    ? [`${hostname}:${port}`]
    : [hostname, `${hostname}:${DEFAULT_PORTS[protocol]}`];
}

/**
 * The values of the `Host` header that the portal answers, in lowercase;
 * `undefined` where it answers any. A page from elsewhere can point its own name
 * at this machine (DNS rebinding), and the browser then sends that name. Where
 * being able to reach the portal is enough to use it, as on loopback or with guest
 * sign-in, the name must be one that the portal has.
 */
export function answeredHosts(
  config: HostConfig,
): ReadonlySet<string> | undefined {
  const { host, port } = listenAddress(config);
  if (!isLoopback(host) && !config.has('auth.providers.guest')) {
    return undefined;
  }
  const scheme = config.has('backend.https') ? 'https' : 'http';
  const local = [...LOOPBACK, ...(host ? [host] : [])];
  return new Set(
    [
      ...local.flatMap(name => hostsOf(`${scheme}://${name}:${port}`)),
      ...hostsOf(config.getOptionalString('app.baseUrl')),
      ...hostsOf(config.getOptionalString('backend.baseUrl')),
    ].map(name => name.toLowerCase()),
  );
}

/**
 * Refuses requests and upgrades to WebSockets that come under a name which is not
 * the portal's. To be called before any route is added.
 */
export function guardHosts(options: {
  readonly app: {
    use(
      handler: (
        request: IncomingMessage,
        response: ServerResponse,
        next: () => void,
      ) => void,
    ): unknown;
  };
  readonly server: Server;
  readonly config: HostConfig;
}): void {
  const { app, server, config } = options;
  const hosts = answeredHosts(config);
  if (!hosts) {
    return;
  }
  const open = config.getOptionalString('app.baseUrl') ?? 'its own address';
  const sentence = `The portal doesn't answer under this host name. Open ${open}, or set app.baseUrl and backend.baseUrl to the address that you use.\n`;
  const isAnswered = ({ headers }: IncomingMessage) =>
    hosts.has(headers.host?.toLowerCase() ?? '');

  app.use((request, response, next) => {
    if (isAnswered(request) || request.url?.startsWith(HEALTH)) {
      next();
      return;
    }
    response.writeHead(421, {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    response.end(sentence);
  });

  // Ahead of all listeners, also of those that plugins add later. With a listener
  // of its own the server would treat upgrades differently.
  const emit: (event: string, ...args: unknown[]) => boolean =
    server.emit.bind(server);
  Object.assign(server, {
    emit(event: string, ...args: unknown[]): boolean {
      const [request, socket] = args;
      if (
        event === 'upgrade' &&
        request instanceof IncomingMessage &&
        socket instanceof Duplex &&
        !isAnswered(request)
      ) {
        socket.end(
          `HTTP/1.1 421 Misdirected Request\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(sentence)}\r\n\r\n${sentence}`,
        );
        return true;
      }
      return emit(event, ...args);
    },
  });
}
