import type { KubeClient, Resource } from '@ml-platform/kube';

interface ApiResourceList {
  readonly groupVersion: string;
  readonly resources?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

interface ApiGroupList {
  readonly groups: readonly {
    readonly name: string;
    readonly preferredVersion: { readonly groupVersion: string };
  }[];
}

/** A kind whose objects can be owned, and whether they are in namespaces. */
export interface DiscoveredKind {
  readonly resource: Resource;
  readonly namespaced: boolean;
}

/** Kinds that come in great numbers, and own or are owned by nothing. */
const IGNORED = new Set(['events', 'leases']);

/** The kinds that the API server has whose objects can be watched and deleted. */
export async function discoverKinds(
  client: KubeClient,
): Promise<DiscoveredKind[]> {
  const groups = await client.json<ApiGroupList>({ path: '/apis' });
  const paths = [
    '/api/v1',
    ...groups.groups.map(
      ({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`,
    ),
  ];
  const found: DiscoveredKind[] = [];
  for (const path of paths) {
    const list = await client.json<ApiResourceList>({ path });
    const [version, group = ''] = list.groupVersion.split('/').reverse();
    for (const { name, kind, namespaced, verbs } of list.resources ?? []) {
      const usable = ['list', 'watch', 'delete'].every(verb =>
        verbs.includes(verb),
      );
      if (usable && !name.includes('/') && !IGNORED.has(name)) {
        found.push({
          resource: { group, version, kind, plural: name },
          namespaced,
        });
      }
    }
  }
  return found;
}
