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
import type { RayClusterEntry } from '@ml-platform/sdk';
import type { RayClusterReader } from './RayClusterReader';

const NAME = 'ray-clusters';

/**
 * Clusters and long-lived Ray clusters as catalog Resources. A cluster that
 * can't be read keeps the Ray clusters that were seen last.
 */
export class ClusterEntityProvider implements EntityProvider {
  private connection: EntityProviderConnection | undefined;

  constructor(
    private readonly options: {
      readonly clusters: readonly RayClusterEntry[];
      readonly reader: RayClusterReader;
      readonly context: EntityContext;
      readonly logger: LoggerService;
      readonly taskRunner: SchedulerServiceTaskRunner;
    },
  ) {}

  getProviderName(): string {
    return NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
    await this.options.taskRunner.run({
      id: `${NAME}:refresh`,
      fn: () => this.refresh(),
    });
  }

  /** Reads all clusters and replaces the provider's entities. */
  async refresh(): Promise<void> {
    const { clusters, reader, context } = this.options;
    const entities = await Promise.all(
      clusters.map(async cluster => [
        clusterEntity(cluster, context),
        ...(await reader.read(cluster)).map(rayCluster =>
          rayClusterEntity(cluster, rayCluster, context),
        ),
      ]),
    );
    await this.connection?.applyMutation({
      type: 'full',
      entities: entities.flat().map(entity => ({
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
      })),
    });
  }
}
