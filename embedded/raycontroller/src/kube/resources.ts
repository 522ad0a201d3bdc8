import { type Resource } from '@ml-platform/kube';
import { RAYCLUSTERS, RAYJOBS } from '@ml-platform/rayjob';
import { kinds } from '@ml-platform/embedded-controller-runtime';

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
