import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  rayImageBuildersExtensionPoint,
  rayImageBuildersServiceRef,
} from '@ml-platform/backstage-plugin-ray-node';
import { CLOUD_BUILD_TYPE, readCloudBuildConfig } from './readCloudBuildConfig';

/** Builds images with Google Cloud Build, where `ray.builder` says so. */
export const rayModuleCloudBuild = createBackendModule({
  pluginId: 'ray',
  moduleId: 'cloud-build',
  register(env) {
    env.registerInit({
      deps: {
        builders: rayImageBuildersExtensionPoint,
        service: rayImageBuildersServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ builders, service, config }) {
        const settings = readCloudBuildConfig(config);
        if (settings) {
          // Google's library takes its time to load, and others don't need it.
          const { createCloudBuild } = await import('./createCloudBuild');
          builders.addImageBuilder(
            CLOUD_BUILD_TYPE,
            createCloudBuild(settings, service),
          );
        }
      },
    });
  },
});
