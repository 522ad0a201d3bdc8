import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { rayLogArchivesExtensionPoint } from '@ml-platform/backstage-plugin-ray-node';
import { createGcsArchive } from './createGcsArchive';
import { GCS_TYPE, readGcsConfig } from './readGcsConfig';

/** Keeps the logs of jobs in a bucket, where `ray.logs.archive` says so. */
export const rayModuleGcs = createBackendModule({
  pluginId: 'ray',
  moduleId: 'gcs',
  register(env) {
    env.registerInit({
      deps: {
        archives: rayLogArchivesExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ archives, config }) {
        const gcs = readGcsConfig(config);
        if (gcs) {
          archives.addLogArchive(GCS_TYPE, createGcsArchive(gcs));
        }
      },
    });
  },
});
