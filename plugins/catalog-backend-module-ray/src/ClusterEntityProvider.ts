import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  clusterEntity,
  rayClusterEntity,
  type EntityContext,
} from './entities';
import type { JobClusterDirectory } from '@ml-platform/sdk';
import type { RayClusterReader } from './RayClusterReader';

const NAME = 'ray-clusters';
/** Milliseconds between two looks for clusters. */
const FIND_EVERY = 5 * 60_000;

export interface ClusterEntityProviderOptions {
  readonly directory: JobClusterDirectory;
  readonly reader: RayClusterReader;
  readonly context: EntityContext;
  readonly logger: LoggerService;
  readonly taskRunner: SchedulerServiceTaskRunner;
}

/**
 * Clusters and long-lived Ray clusters as catalog Resources. A cluster that
 * can't be read keeps the Ray clusters that were seen last.
 */
export class ClusterEntityProvider implements EntityProvider {
  #connection: EntityProviderConnection | undefined;

  readonly #options: ClusterEntityProviderOptions;

  constructor(options: ClusterEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.taskRunner.run({
      id: `${NAME}:refresh`,
      fn: signal => this.refresh(signal),
    });
  }

  /**
   * Reads all clusters and replaces the provider's entities; only adds to them
   * where clusters may be missing because they can't be found now.
   */
  async refresh(signal: AbortSignal): Promise<void> {
    const { directory, reader, context } = this.#options;
    await directory.refreshAfter(FIND_EVERY, signal);
    const entities = await Promise.all(
      directory.entries.map(async cluster => [
        clusterEntity(cluster, context),
        ...(await reader.read(cluster)).map(rayCluster =>
          rayClusterEntity(cluster, rayCluster, context),
        ),
      ]),
    );
    const deferred = entities.flat().map(entity => ({
      locationKey: NAME,
      entity: {
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: {
            [ANNOTATION_LOCATION]: `${NAME}:kubernetes`,
            [ANNOTATION_ORIGIN_LOCATION]: `${NAME}:kubernetes`,
            ...entity.metadata.annotations,
          },
        },
      },
    }));
    await this.#connection?.applyMutation(
      directory.complete
        ? { type: 'full', entities: deferred }
        : { type: 'delta', added: deferred, removed: [] },
    );
  }
}
