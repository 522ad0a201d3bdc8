import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { ClusterEntityProvider } from './ClusterEntityProvider';
import { RayClusterReader } from './RayClusterReader';
import { JobClusterDirectory } from '@ml-platform/sdk';

/** Adds clusters and Ray clusters to the catalog. */
export const catalogModuleRay = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ray',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, logger, scheduler }) {
        catalog.addEntityProvider(
          new ClusterEntityProvider({
            directory: new JobClusterDirectory({ config }),
            reader: new RayClusterReader({ logger }),
            context: {
              appUrl: config.getString('app.baseUrl'),
              owner:
                config.getOptionalString('ray.catalog.owner') ??
                'group:default/ml-platform',
              system:
                config.getOptionalString('ray.catalog.system') ?? 'ml-platform',
            },
            logger,
            taskRunner: scheduler.createScheduledTaskRunner({
              frequency: { minutes: 1 },
              timeout: { seconds: 50 },
            }),
          }),
        );
      },
    });
  },
});
