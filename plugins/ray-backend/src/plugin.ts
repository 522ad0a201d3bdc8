import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import {
  rayJobDecoratorsExtensionPoint,
  rayLogArchivesExtensionPoint,
  rayLogSourcesExtensionPoint,
  type LogArchive,
  type RayJobDecorator,
  type RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import { createRayService } from './RayService';

/** The Ray backend plugin. */
export const rayPlugin = createBackendPlugin({
  pluginId: 'ray',
  register(env) {
    const logSources: RayLogSource[] = [];
    const decorators: RayJobDecorator[] = [];
    env.registerExtensionPoint(rayLogSourcesExtensionPoint, {
      addLogSource: source => {
        logSources.push(source);
      },
    });
    const logArchives = new Map<string, LogArchive>();
    env.registerExtensionPoint(rayLogArchivesExtensionPoint, {
      addLogArchive: (type, archive) => {
        logArchives.set(type, archive);
      },
    });
    env.registerExtensionPoint(rayJobDecoratorsExtensionPoint, {
      addJobDecorator: decorator => {
        decorators.push(decorator);
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        metrics: metricsServiceRef,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const service = await createRayService({
          ...deps,
          logSources,
          logArchives,
          decorators,
        });
        deps.httpRouter.use(service.router);
        deps.lifecycle.addShutdownHook(() => service.stop());
        await service.start();
      },
    });
  },
});
