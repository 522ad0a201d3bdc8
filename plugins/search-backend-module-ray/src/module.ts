import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { rayJobsServiceRef } from '@ml-platform/backstage-plugin-ray-node';
import { ChangedJobsRunner } from './ChangedJobsRunner';
import { RayJobCollatorFactory } from './RayJobCollatorFactory';
import { readSchedule } from './readSchedule';

/** Adds training jobs to Backstage's search. */
export const searchModuleRay = createBackendModule({
  pluginId: 'search',
  moduleId: 'ray',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        indices: searchIndexRegistryExtensionPoint,
        jobs: rayJobsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, indices, jobs, logger, scheduler }) {
        indices.addCollator({
          factory: new RayJobCollatorFactory({ auth, jobs }),
          schedule: new ChangedJobsRunner({
            runner: scheduler.createScheduledTaskRunner(readSchedule(config)),
            auth,
            jobs,
            logger,
          }),
        });
      },
    });
  },
});
