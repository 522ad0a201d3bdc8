import { readList, resourcePath } from '@ml-platform/kube';
import {
  RAYCLUSTERS,
  rayClusterSummary,
  type RayCluster,
} from '@ml-platform/rayjob';
import { argoApplication } from '../jobs/argoApplication';
import type { RayClusterRow } from '../platform/RayClusterRow';
import { withoutKubeRay, type ClusterLink } from './clusterLink';

async function listOf(
  { name, client }: ClusterLink,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly RayClusterRow[]> {
  const rows = new Map<string, RayClusterRow>();
  try {
    await readList<RayCluster>({
      client,
      path: resourcePath(RAYCLUSTERS, namespace),
      query: {},
      pageSize: 500,
      signal,
      onItem: item => {
        const row = rayClusterSummary(name, item);
        rows.set(row.uid, { ...row, application: argoApplication(item) });
      },
      onRestart: () => rows.clear(),
    });
  } catch (error) {
    throw withoutKubeRay(name, error);
  }
  return [...rows.values()];
}

/** The Ray clusters of clusters, in one namespace or in all, newest first. */
export async function listRayClusters(
  links: readonly ClusterLink[],
  options: { readonly namespace?: string; readonly signal?: AbortSignal } = {},
): Promise<readonly RayClusterRow[]> {
  const { namespace, signal = new AbortController().signal } = options;
  const lists = await Promise.all(
    links.map(link => listOf(link, namespace, signal)),
  );
  return lists.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
