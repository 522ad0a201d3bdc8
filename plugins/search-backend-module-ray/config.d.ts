import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  search?: {
    collators?: {
      /** Training jobs. */
      rayJobs?: {
        /**
         * How often to look whether jobs have changed, which costs next to nothing. Only after a
         * change are all of them read and indexed again, so this is also the shortest time
         * between two readings. Default: every 15 seconds, at most 5 minutes for one reading.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
