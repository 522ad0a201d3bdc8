import { ResourceRegistry } from '../model/ResourceRegistry';
import { ResourceType } from '../model/ResourceType';
import { STATUS_VERBS } from './legacy';

/** All groups with all resources in one answer (apidiscovery.k8s.io/v2). */
export function aggregatedDiscovery(
  registry: ResourceRegistry,
  core: boolean,
): object {
  const groups = core ? [{ name: '', versions: ['v1'] }] : registry.groups();
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: { ...(name ? { name } : {}), creationTimestamp: null },
      versions: versions.map(version => ({
        version,
        freshness: 'Current',
        resources: registry.inVersion(name, version).map(resourceOf),
      })),
    })),
  };
}

function resourceOf(type: ResourceType): object {
  const { group, version, kind } = type;
  return {
    resource: type.plural,
    responseKind: { group, version, kind },
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular,
    verbs: type.verbs,
    ...(type.shortNames.length ? { shortNames: type.shortNames } : {}),
    ...(type.categories.length ? { categories: type.categories } : {}),
    subresources: [
      ...(type.statusSubresource
        ? [
            {
              subresource: 'status',
              responseKind: { group, version, kind },
              verbs: STATUS_VERBS,
            },
          ]
        : []),
      ...type.subresources.map(subresource => ({
        subresource: subresource.name,
        responseKind: {
          group: subresource.group ?? group,
          version: subresource.version ?? version,
          kind: subresource.kind,
        },
        verbs: subresource.verbs,
      })),
    ],
  };
}
