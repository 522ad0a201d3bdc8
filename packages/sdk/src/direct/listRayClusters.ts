import { readList, resourcePath } from '@ml-platform/kube';
import {
  RAYCLUSTERS,
  rayClusterSummary,
  type RayCluster,
  type RayClusterSummary,
} from '@ml-platform/rayjob';
import { withoutKubeRay, type ClusterLink } from './clusterLink';

async function listOf(
  { name, client }: ClusterLink,
  signal: AbortSignal,
): Promise<readonly RayClusterSummary[]> {
  const rows = new Map<string, RayClusterSummary>();
  try {
    await readList<RayCluster>({
      client,
      path: resourcePath(RAYCLUSTERS),
      query: {},
      pageSize: 500,
      signal,
      onItem: item => {
        const row = rayClusterSummary(name, item);
        rows.set(row.uid, row);
      },
      onRestart: () => rows.clear(),
    });
  } catch (error) {
    throw withoutKubeRay(name, error);
  }
  return [...rows.values()];
}

/** The Ray clusters of clusters, newest first. */
export async function listRayClusters(
  links: readonly ClusterLink[],
  signal = new AbortController().signal,
): Promise<readonly RayClusterSummary[]> {
  const lists = await Promise.all(links.map(link => listOf(link, signal)));
  return lists.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
