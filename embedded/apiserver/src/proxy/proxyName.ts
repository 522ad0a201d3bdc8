/** `[scheme:]name[:port]`, as in the path of a proxied service or pod. */
export interface ProxyName {
  readonly scheme: 'http' | 'https';
  readonly name: string;
  /** A number, or the name of a port; empty where it is left out. */
  readonly port: string;
}

/** Undefined where the text cannot be read. */
export function parseProxyName(text: string): ProxyName | undefined {
  const parts = text.split(':');
  if (parts.length > 3) {
    return undefined;
  }
  const [scheme, name, port = ''] =
    parts.length === 3 ? parts : ['http', ...parts];
  if (!name || !['http', 'https', ''].includes(scheme)) {
    return undefined;
  }
  return { scheme: scheme === 'https' ? 'https' : 'http', name, port };
}
