/** The recordings that the embedded controller is held to as well. */
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

/** Those of what happens to a job from outside, or after its end. */
export const furtherScenarios = [
  'existing-cluster',
  'finished-deleted',
  'http-retry',
  'lost-head',
  'lost-head-failed',
  'lost-worker',
  'suspend-resume',
] as const;
