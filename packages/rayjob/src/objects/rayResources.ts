import type { RayJob } from './kubernetes';

/** Where the API server serves RayJobs. */
export const RAYJOBS = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayJob',
  plural: 'rayjobs',
} as const;

/** Where the API server serves RayClusters. */
export const RAYCLUSTERS = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayCluster',
  plural: 'rayclusters',
} as const;

/** True for what is a RayJob by its kind; its other fields are as they were written. */
export function isRayJob(value: unknown): value is RayJob {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === RAYJOBS.kind &&
    'metadata' in value &&
    typeof value.metadata === 'object' &&
    value.metadata !== null
  );
}
