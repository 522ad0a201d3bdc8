import {
  EVENTS,
  PODS,
  RAYCLUSTERS,
  RAYJOBS,
  type Resource,
  SERVICES,
} from '@ml-platform/sdk';

export type { Resource };

/** The kinds that the controller reads or writes. */
export const resources = {
  rayJobs: RAYJOBS,
  rayClusters: RAYCLUSTERS,
  pods: PODS,
  services: SERVICES,
  events: EVENTS,
  jobs: { group: 'batch', version: 'v1', plural: 'jobs', kind: 'Job' },
} as const satisfies Record<string, Resource>;

export function apiVersionOf({ group, version }: Resource): string {
  return group ? `${group}/${version}` : version;
}
