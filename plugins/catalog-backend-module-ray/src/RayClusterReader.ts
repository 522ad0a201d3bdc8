import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  rayClusterSummary,
  type RayCluster,
  type RayClusterSummary,
  RAYCLUSTERS,
} from '@ml-platform/rayjob';
import {
  createClusterAccess,
  KubeClient,
  resourcePath,
  type ClusterConfig,
} from '@ml-platform/kube';
import type { JobCluster } from '@ml-platform/sdk';
import { isDeepStrictEqual } from 'node:util';

export interface RayClusterReaderOptions {
  readonly logger: LoggerService;
}

/** Reads the Ray clusters that no job made. */
export class RayClusterReader {
  readonly #clients = new Map<
    string,
    { readonly config: ClusterConfig; readonly client: KubeClient }
  >();
  readonly #last = new Map<string, readonly RayClusterSummary[]>();

  readonly #options: RayClusterReaderOptions;

  constructor(options: RayClusterReaderOptions) {
    this.#options = options;
  }

  /** Of a cluster that does not answer: what it had when it last did. */
  async read(cluster: JobCluster): Promise<readonly RayClusterSummary[]> {
    if (!cluster.access.ok || !cluster.holdsJobs) {
      return [];
    }
    try {
      const client = this.#client(cluster.access.config);
      const { items } = await client.json<{ items: readonly RayCluster[] }>({
        path: resourcePath(RAYCLUSTERS),
      });
      const rows = items
        .map(item => rayClusterSummary(cluster.name, item))
        .filter(row => row.job === undefined);
      this.#last.set(cluster.name, rows);
      return rows;
    } catch (error) {
      this.#options.logger.warn(
        `The Ray clusters of ${cluster.name} can't be read: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
      return this.#last.get(cluster.name) ?? [];
    }
  }

  /** Kept for as long as the cluster is reached in the same way. */
  #client(config: ClusterConfig): KubeClient {
    const known = this.#clients.get(config.name);
    if (known && isDeepStrictEqual(known.config, config)) {
      return known.client;
    }
    known?.client.close();
    const access = createClusterAccess(config);
    const client = new KubeClient({ access });
    this.#clients.set(config.name, { config, client });
    return client;
  }
}
