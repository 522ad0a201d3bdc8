import { ResourceRegistry } from '../model/ResourceRegistry';
import { ResourceType } from '../model/ResourceType';

/** Verbs of `/status`. */
const STATUS_VERBS = ['get', 'patch', 'update'];

/*
 * Discovery, one request a group. Clients that would rather have all groups in
 * one answer ask for these when they don't get it.
 */

export function apiVersions(): object {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [],
  };
}

export function apiGroupList(registry: ResourceRegistry): object {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: registry.groups().map(groupOf),
  };
}

export function apiGroup(
  registry: ResourceRegistry,
  name: string,
): object | undefined {
  const group = registry.groups().find(one => one.name === name);
  return group && { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) };
}

function groupOf(group: {
  readonly name: string;
  readonly versions: readonly string[];
}) {
  const versions = group.versions.map(version => ({
    groupVersion: `${group.name}/${version}`,
    version,
  }));
  return { name: group.name, versions, preferredVersion: versions[0] };
}

export function apiResourceList(
  registry: ResourceRegistry,
  group: string,
  version: string,
): object | undefined {
  const types = registry.inVersion(group, version);
  return types.length === 0
    ? undefined
    : {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: group ? `${group}/${version}` : version,
        resources: types.flatMap(resourcesOf),
      };
}

function resourcesOf(type: ResourceType): object[] {
  const { namespaced, kind } = type;
  return [
    {
      name: type.plural,
      singularName: type.singular,
      namespaced,
      kind,
      verbs: type.verbs,
      ...(type.shortNames.length ? { shortNames: type.shortNames } : {}),
      ...(type.categories.length ? { categories: type.categories } : {}),
    },
    ...(type.statusSubresource
      ? [
          {
            name: `${type.plural}/status`,
            singularName: '',
            namespaced,
            kind,
            verbs: STATUS_VERBS,
          },
        ]
      : []),
    ...type.subresources.map(subresource => ({
      name: `${type.plural}/${subresource.name}`,
      singularName: '',
      namespaced,
      kind: subresource.kind,
      ...(subresource.group ? { group: subresource.group } : {}),
      ...(subresource.version ? { version: subresource.version } : {}),
      verbs: subresource.verbs,
    })),
  ];
}
