import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'search.collators.rayJobs.schedule';

const DEFAULT: SchedulerServiceTaskScheduleDefinition = {
  frequency: { seconds: 15 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 3 },
};

/**
 * Reads `search.collators.rayJobs.schedule`.
 * @throws {InputError} when it is no schedule
 */
export function readSchedule(
  config: Config,
): SchedulerServiceTaskScheduleDefinition {
  const schedule = config.getOptionalConfig(KEY);
  if (!schedule) {
    return DEFAULT;
  }
  try {
    return readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule);
  } catch (error) {
    throw new InputError(`${KEY} is no schedule`, error);
  }
}
