/** The recordings of RayJobs that bring a Ray cluster of their own. */
export const scenarios = [
  'deadline',
  'deleted',
  'exception',
  'failure',
  'http-mode',
  'image-pull',
  'invalid',
  'retry',
  'sidecar-mode',
  'stopped',
  'success',
  'unschedulable',
] as const;

export type Scenario = (typeof scenarios)[number];
