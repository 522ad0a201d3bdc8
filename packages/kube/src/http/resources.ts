import { InputError } from '@backstage/errors';

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

export const PODS = core('Pod', 'pods');
export const EVENTS = core('Event', 'events');
export const SERVICES = core('Service', 'services');

/**
 * A part of a path. What Kubernetes takes for no name is refused here already: two
 * dots would lead to another path, one to the whole collection.
 *
 * Source: k8s.io/apimachinery, IsValidPathSegmentName.
 */
function segment(name: string): string {
  if (name === '.' || name === '..' || /[/%]/.test(name)) {
    throw new InputError(`Nothing in Kubernetes can be called '${name}'`);
  }
  return encodeURIComponent(name);
}

/**
 * Path of a collection or, with a name, of one object.
 * @throws {InputError} for what is no name
 */
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
  return `${root}/${parts.map(segment).join('/')}`;
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
