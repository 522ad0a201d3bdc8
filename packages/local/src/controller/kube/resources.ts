import { RAYCLUSTERS, RAYJOBS, type Resource } from '@ml-platform/sdk';
import { kinds } from '../../kubeapi/kinds';

export type { Resource };

/** The kinds that the controller reads or writes. */
export const resources = {
  rayJobs: RAYJOBS,
  rayClusters: RAYCLUSTERS,
  pods: kinds.pods,
  services: kinds.services,
  events: kinds.events,
  jobs: kinds.jobs,
} as const satisfies Record<string, Resource>;
