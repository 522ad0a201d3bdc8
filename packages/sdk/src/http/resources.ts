/** One kind of the Kubernetes API. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
}

const core = (kind: string, plural: string): Resource => ({
  group: '',
  version: 'v1',
  kind,
  plural,
});

export const RAYJOBS: Resource = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayJob',
  plural: 'rayjobs',
};
export const RAYCLUSTERS: Resource = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayCluster',
  plural: 'rayclusters',
};
export const PODS = core('Pod', 'pods');
export const EVENTS = core('Event', 'events');
export const SERVICES = core('Service', 'services');

/** Path of a collection or, with a name, of one object. */
export function resourcePath(
  resource: Resource,
  namespace?: string,
  name?: string,
  subresource?: string,
): string {
  const root = resource.group
    ? `/apis/${resource.group}/${resource.version}`
    : `/api/${resource.version}`;
  const parts = [
    ...(namespace ? ['namespaces', namespace] : []),
    resource.plural,
    ...(name ? [name] : []),
    ...(subresource ? [subresource] : []),
  ];
  return `${root}/${parts.map(encodeURIComponent).join('/')}`;
}

/**
 * Path of a service's own HTTP, through the API server.
 * @param path - begins with a slash
 */
export function serviceProxyPath(
  namespace: string,
  service: string,
  port: number | string,
  path: string,
): string {
  return `${resourcePath(SERVICES, namespace)}/${encodeURIComponent(
    service,
  )}:${port}/proxy${path}`;
}
