import { isAutoscaling } from '../crd/features';
import {
  usesClusterSelector,
  type DeletionPolicy,
  type DeletionRule,
  type DeletionStrategy,
  type RayJob,
} from '../crd/rayJob';

type Problem = string | undefined;

/** From the least to the most that is deleted. */
const ORDER: readonly DeletionPolicy[] = [
  'DeleteWorkers',
  'DeleteCluster',
  'DeleteSelf',
];

/** What is wrong with how a job is to be cleaned up, in KubeRay's words. */
export function deletionProblem(job: RayJob): Problem {
  const { spec } = job;
  if (
    !spec.shutdownAfterJobFinishes &&
    (spec.ttlSecondsAfterFinished ?? 0) > 0
  ) {
    return 'The RayJob spec is invalid: a RayJob with shutdownAfterJobFinishes set to false cannot have TTLSecondsAfterFinished';
  }
  const strategy = spec.deletionStrategy;
  if (!strategy) {
    return undefined;
  }
  const rules = strategy.deletionRules ?? [];
  const legacy = Boolean(strategy.onSuccess ?? strategy.onFailure);
  if (rules.length > 0 && spec.shutdownAfterJobFinishes) {
    return 'The RayJob spec is invalid: spec.shutdownAfterJobFinishes and spec.deletionStrategy.deletionRules are mutually exclusive';
  }
  if (rules.length > 0 && legacy) {
    return 'The RayJob spec is invalid: Cannot use both legacy onSuccess/onFailure fields and deletionRules simultaneously';
  }
  if (legacy) {
    return legacyProblem(job, strategy);
  }
  return rules.length > 0
    ? rulesProblem(job, rules)
    : 'The RayJob spec is invalid: DeletionStrategy requires either BOTH onSuccess and onFailure, OR the deletionRules field (cannot be empty)';
}

function rulesProblem(job: RayJob, rules: readonly DeletionRule[]): Problem {
  const errors: string[] = [];
  const ttls = new Map<string, Map<DeletionPolicy, number>>();
  rules.forEach((rule, index) => {
    const problem = ruleProblem(job, rule, ttls);
    if (problem) {
      errors.push(`deletionRules[${index}]: ${problem}`);
    }
  });
  for (const [condition, byPolicy] of ttls) {
    errors.push(...orderErrors(condition, byPolicy));
  }
  return errors.length > 0 ? errors.join('\n') : undefined;
}

/** Adds a rule that is right in itself to `ttls`, by its condition. */
function ruleProblem(
  job: RayJob,
  { policy, condition }: DeletionRule,
  ttls: Map<string, Map<DeletionPolicy, number>>,
): Problem {
  const { jobStatus, jobDeploymentStatus, ttlSeconds = 0 } = condition;
  if (jobStatus !== undefined && jobDeploymentStatus !== undefined) {
    return 'cannot set both JobStatus and JobDeploymentStatus at the same time';
  }
  if (jobStatus === undefined && jobDeploymentStatus === undefined) {
    return 'exactly one of JobStatus and JobDeploymentStatus must be set';
  }
  if (ttlSeconds < 0) {
    return 'TTLSeconds must be non-negative';
  }
  const touchesCluster =
    policy === 'DeleteCluster' || policy === 'DeleteWorkers';
  if (usesClusterSelector(job) && touchesCluster) {
    return `DeletionPolicyType '${policy}' not supported when ClusterSelector is set`;
  }
  if (isAutoscaling(job.spec.rayClusterSpec) && policy === 'DeleteWorkers') {
    return "DeletionPolicyType 'DeleteWorkers' not supported with autoscaling enabled";
  }
  const key =
    jobStatus !== undefined
      ? `JobStatus '${jobStatus}'`
      : `JobDeploymentStatus '${jobDeploymentStatus}'`;
  const byPolicy = ttls.get(key) ?? new Map<DeletionPolicy, number>();
  if (byPolicy.has(policy)) {
    return `duplicate rule for DeletionPolicyType '${policy}' and ${key}`;
  }
  ttls.set(key, byPolicy.set(policy, ttlSeconds));
  return undefined;
}

/** What is deleted with more must not go before it. */
function orderErrors(
  condition: string,
  byPolicy: ReadonlyMap<DeletionPolicy, number>,
): string[] {
  const errors: string[] = [];
  let previous: { policy: DeletionPolicy; ttl: number } | undefined;
  for (const policy of ORDER) {
    const ttl = byPolicy.get(policy);
    if (ttl !== undefined) {
      if (previous && ttl < previous.ttl) {
        errors.push(
          `for ${condition}: ${policy} TTL (${ttl}) must be >= ${previous.policy} TTL (${previous.ttl})`,
        );
      }
      previous = { policy, ttl };
    }
  }
  return errors;
}

function legacyProblem(job: RayJob, strategy: DeletionStrategy): Problem {
  const { onSuccess, onFailure } = strategy;
  if (!onSuccess || !onFailure) {
    return 'both DeletionStrategy.OnSuccess and DeletionStrategy.OnFailure must be set when using the legacy deletion policy fields of DeletionStrategy';
  }
  const sides = [
    { side: 'OnSuccess', when: 'success', policy: onSuccess.policy },
    { side: 'OnFailure', when: 'failure', policy: onFailure.policy },
  ];
  const unset = sides.find(({ policy }) => !policy);
  if (unset) {
    return `the DeletionPolicyType field of DeletionStrategy.${unset.side} cannot be unset when DeletionStrategy is enabled`;
  }
  const cluster = sides.find(
    ({ policy }) => policy === 'DeleteCluster' || policy === 'DeleteWorkers',
  );
  if (usesClusterSelector(job) && cluster) {
    return `the ClusterSelector mode doesn't support DeletionStrategy=${cluster.policy} on ${cluster.when}`;
  }
  const has = (wanted: DeletionPolicy) =>
    sides.some(({ policy }) => policy === wanted);
  if (has('DeleteWorkers') && isAutoscaling(job.spec.rayClusterSpec)) {
    return 'DeletionStrategy=DeleteWorkers currently does not support RayCluster with autoscaling enabled';
  }
  return job.spec.shutdownAfterJobFinishes && has('DeleteNone')
    ? "The RayJob spec is invalid: shutdownAfterJobFinshes is set to 'true' while deletion policy is 'DeleteNone'"
    : undefined;
}
