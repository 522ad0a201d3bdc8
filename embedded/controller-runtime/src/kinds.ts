import type { Resource } from '@ml-platform/kube';

const kind = (group: string, version: string, name: string, plural: string) =>
  ({ group, version, kind: name, plural }) satisfies Resource;

/** Where the API server serves what the node and its controllers work with. */
export const kinds = {
  pods: kind('', 'v1', 'Pod', 'pods'),
  nodes: kind('', 'v1', 'Node', 'nodes'),
  services: kind('', 'v1', 'Service', 'services'),
  endpoints: kind('', 'v1', 'Endpoints', 'endpoints'),
  configMaps: kind('', 'v1', 'ConfigMap', 'configmaps'),
  secrets: kind('', 'v1', 'Secret', 'secrets'),
  events: kind('', 'v1', 'Event', 'events'),
  namespaces: kind('', 'v1', 'Namespace', 'namespaces'),
  serviceAccounts: kind('', 'v1', 'ServiceAccount', 'serviceaccounts'),
  jobs: kind('batch', 'v1', 'Job', 'jobs'),
  leases: kind('coordination.k8s.io', 'v1', 'Lease', 'leases'),
  endpointSlices: kind(
    'discovery.k8s.io',
    'v1',
    'EndpointSlice',
    'endpointslices',
  ),
} as const;

/** `v1` or `group/version`. */
export function apiVersionOf(resource: Resource): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}
