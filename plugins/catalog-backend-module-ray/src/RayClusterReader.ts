import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  rayClusterSummary,
  type RayCluster,
  type RayClusterSummary,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  createClusterAccess,
  KubeClient,
  RAYCLUSTERS,
  resourcePath,
} from '@ml-platform/sdk';
import type { RayClusterEntry } from '@ml-platform/sdk';

/** Reads the Ray clusters that no job made. */
export class RayClusterReader {
  private readonly clients = new Map<string, KubeClient>();
  private readonly last = new Map<string, readonly RayClusterSummary[]>();

  constructor(private readonly options: { readonly logger: LoggerService }) {}

  /** Of a cluster that does not answer: what it had when it last did. */
  async read(cluster: RayClusterEntry): Promise<readonly RayClusterSummary[]> {
    if (!cluster.access.ok || !cluster.holdsJobs) {
      return [];
    }
    try {
      const client =
        this.clients.get(cluster.name) ??
        new KubeClient({ kubeConfig: createClusterAccess(cluster.access.config) });
      this.clients.set(cluster.name, client);
      const { items } = await client.json<{ items: readonly RayCluster[] }>({
        path: resourcePath(RAYCLUSTERS),
      });
      const rows = items
        .map(item => rayClusterSummary(cluster.name, item))
        .filter(row => row.job === undefined);
      this.last.set(cluster.name, rows);
      return rows;
    } catch (error) {
      this.options.logger.warn(
        `The Ray clusters of ${cluster.name} can't be read: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
      return this.last.get(cluster.name) ?? [];
    }
  }
}
