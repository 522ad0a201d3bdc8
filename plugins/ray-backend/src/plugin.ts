import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  rayImageBuildersExtensionPoint,
  rayImageBuildersServiceRef,
  rayJobDecoratorsExtensionPoint,
  rayJobNoticesExtensionPoint,
  rayLogArchivesExtensionPoint,
  rayLogSourcesExtensionPoint,
  type LogArchive,
  type RayJobDecorator,
  type RayJobNoticeSender,
  type RayLogSource,
} from '@ml-platform/backstage-plugin-ray-node';
import type { ImageBuilder } from '@ml-platform/images';
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
    let noticeSender: RayJobNoticeSender | undefined;
    env.registerExtensionPoint(rayJobNoticesExtensionPoint, {
      setNoticeSender: sender => {
        if (noticeSender) {
          throw new Error(
            'Two modules send the notices of jobs; install one of them',
          );
        }
        noticeSender = sender;
      },
    });
    const imageBuilders = new Map<string, ImageBuilder>();
    env.registerExtensionPoint(rayImageBuildersExtensionPoint, {
      addImageBuilder: (type, builder) => {
        imageBuilders.set(type, builder);
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        metrics: metricsServiceRef,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        builders: rayImageBuildersServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        catalog: catalogServiceRef,
        reader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        imageBuilders.forEach((builder, type) =>
          deps.builders.addImageBuilder(type, builder),
        );
        const service = await createRayService({
          ...deps,
          logSources,
          logArchives,
          decorators,
          noticeSender,
        });
        deps.httpRouter.use(service.router);
        deps.lifecycle.addShutdownHook(() => service.stop());
        await service.start();
      },
    });
  },
});
