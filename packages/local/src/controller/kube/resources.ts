/** Where the API server serves a kind. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
}

export const resources = {
  rayJobs: {
    group: 'ray.io',
    version: 'v1',
    plural: 'rayjobs',
    kind: 'RayJob',
  },
  rayClusters: {
    group: 'ray.io',
    version: 'v1',
    plural: 'rayclusters',
    kind: 'RayCluster',
  },
  pods: { group: '', version: 'v1', plural: 'pods', kind: 'Pod' },
  services: { group: '', version: 'v1', plural: 'services', kind: 'Service' },
  events: { group: '', version: 'v1', plural: 'events', kind: 'Event' },
  jobs: { group: 'batch', version: 'v1', plural: 'jobs', kind: 'Job' },
} as const satisfies Record<string, Resource>;

export function apiVersionOf(resource: Resource): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}

/** Path of a collection (no namespace: in all of them) or of one object. */
export function pathOf(
  resource: Resource,
  where: { readonly namespace?: string; readonly name?: string } = {},
): string {
  const root = resource.group
    ? `/apis/${resource.group}/${resource.version}`
    : `/api/${resource.version}`;
  const namespace = where.namespace
    ? `/namespaces/${encodeURIComponent(where.namespace)}`
    : '';
  const name = where.name ? `/${encodeURIComponent(where.name)}` : '';
  return `${root}${namespace}/${resource.plural}${name}`;
}
