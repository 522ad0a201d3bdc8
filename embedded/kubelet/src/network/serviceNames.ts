/** A service, and the port that is meant, as a text names them. */
export interface ServiceRef {
  readonly service: string;
  readonly namespace: string;
  readonly port?: number;
}

/** Knows where services are. */
export interface ServiceLookup {
  /** Whether there is such a service now. */
  has(namespace: string, service: string): boolean;
  /** The local port that stands for a port of the service, once it has one. */
  localPort(ref: Required<ServiceRef>): number | undefined;
}

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const DNS_NAME = new RegExp(
  `(?<![-.\\w@])(?<![^/]/)(${LABEL})\\.(${LABEL})\\.svc(?:\\.cluster\\.local)?\\.?(?::(\\d+))?(?![-.\\w])`,
  'g',
);
const SHORT_NAME = new RegExp(
  `(?<![-.\\w@:])(${LABEL})(?:\\.(${LABEL}))?:(\\d+)(?![-.\\w])`,
  'g',
);
const LOOPBACK =
  /(?<![-.\w])(localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)(?![-.\w])/g;

export interface RewriteOptions {
  /** The namespace of the pod. */
  readonly namespace: string;
  /** The pod's own ports, see `PortMap`. */
  readonly ownPorts: ReadonlyMap<number, number>;
  readonly services: ServiceLookup;
}

/**
 * Puts local addresses in the place of what only a pod network would resolve:
 * `<service>.<namespace>.svc[.cluster.local][:port]`, `<service>:port`, and the
 * pod's own ports on localhost.
 */
export function rewriteAddresses(
  text: string,
  options: RewriteOptions,
): string {
  const { namespace, ownPorts, services } = options;
  const local = (ref: ServiceRef) => {
    const port =
      ref.port && (services.localPort({ ...ref, port: ref.port }) ?? ref.port);
    return port ? `127.0.0.1:${port}` : '127.0.0.1';
  };
  // The pod's own first: what the others become is local already.
  return text
    .replace(LOOPBACK, (whole, _host, port) => {
      const own = ownPorts.get(Number(port));
      return own === undefined ? whole : `127.0.0.1:${own}`;
    })
    .replace(DNS_NAME, (_, service, ns, port) =>
      local({ service, namespace: ns, port: port && Number(port) }),
    )
    .replace(SHORT_NAME, (whole, service, ns = namespace, port) =>
      services.has(ns, service)
        ? local({ service, namespace: ns, port: Number(port) })
        : whole,
    );
}

/** As {@link rewriteAddresses}; a value that is a service's bare name as well. */
export function rewriteValue(value: string, options: RewriteOptions): string {
  return options.services.has(options.namespace, value)
    ? '127.0.0.1'
    : rewriteAddresses(value, options);
}

/**
 * The services with a port that the texts name: by their DNS name, whether they
 * are there yet or not; by their short name only where they are.
 */
export function servicesIn(
  texts: readonly string[],
  namespace: string,
  services: Pick<ServiceLookup, 'has'>,
): Required<ServiceRef>[] {
  const found = new Map<string, Required<ServiceRef>>();
  const add = (ref: Required<ServiceRef>) =>
    found.set(`${ref.namespace}/${ref.service}:${ref.port}`, ref);
  for (const text of texts) {
    for (const [, service, ns, port] of text.matchAll(DNS_NAME)) {
      if (port) {
        add({ service, namespace: ns, port: Number(port) });
      }
    }
    for (const [, service, ns = namespace, port] of text.matchAll(SHORT_NAME)) {
      if (services.has(ns, service)) {
        add({ service, namespace: ns, port: Number(port) });
      }
    }
  }
  return [...found.values()];
}
