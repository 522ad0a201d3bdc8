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
