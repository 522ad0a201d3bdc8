import {
  usesClusterSelector,
  type DeletionPolicy,
  type RayJob,
} from '../crd/rayJob';
import { parseTime } from '@ml-platform/embedded-controller-runtime';

export interface CleanupStep {
  readonly policy: DeletionPolicy;
  /** In ms since the epoch. */
  readonly at: number;
}

/**
 * What is to be deleted after a job has ended, and when. KubeRay adds two
 * seconds when it waits, so that the time has surely come when it looks again.
 */
export function cleanupSteps(job: RayJob): CleanupStep[] {
  const { spec, status = {} } = job;
  const endedAt = parseTime(status.endTime);
  if (endedAt === undefined || usesClusterSelector(job)) {
    return [];
  }
  const { deletionStrategy: strategy } = spec;
  const ttl = spec.ttlSecondsAfterFinished ?? 0;
  const after = (seconds: number) => endedAt + seconds * 1000;
  if (strategy?.deletionRules) {
    return strategy.deletionRules
      .filter(({ condition }) =>
        condition.jobStatus !== undefined
          ? condition.jobStatus === status.jobStatus
          : condition.jobDeploymentStatus === status.jobDeploymentStatus,
      )
      .map(({ policy, condition }) => ({
        policy,
        at: after(condition.ttlSeconds ?? 0),
      }));
  }
  if (strategy) {
    const sides = { SUCCEEDED: strategy.onSuccess, FAILED: strategy.onFailure };
    const policy =
      status.jobStatus === 'SUCCEEDED' || status.jobStatus === 'FAILED'
        ? sides[status.jobStatus]?.policy
        : undefined;
    return policy ? [{ policy, at: after(ttl) }] : [];
  }
  return spec.shutdownAfterJobFinishes
    ? [{ policy: 'DeleteCluster', at: after(ttl) }]
    : [];
}

const IMPACT: readonly DeletionPolicy[] = [
  'DeleteNone',
  'DeleteWorkers',
  'DeleteCluster',
  'DeleteSelf',
];

/** Of the steps that are due, the one that deletes most. */
export function dueStep(
  steps: readonly CleanupStep[],
  now: number,
): CleanupStep | undefined {
  return steps
    .filter(({ at }) => at <= now)
    .sort((a, b) => IMPACT.indexOf(b.policy) - IMPACT.indexOf(a.policy))
    .at(0);
}

/** Time in ms until the next step is due; undefined where none is left. */
export function nextStepIn(
  steps: readonly CleanupStep[],
  now: number,
): number | undefined {
  const times = steps.filter(({ at }) => at > now).map(({ at }) => at - now);
  return times.length > 0 ? Math.min(...times) : undefined;
}
