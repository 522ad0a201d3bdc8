import { isAutoscaling } from '../crd/features';
import { maxNameLength } from '../crd/names';
import type {
  HeadGroupSpec,
  RayCluster,
  RayClusterSpec,
  WorkerGroupSpec,
} from '../crd/rayCluster';
import { dns1035Errors } from './dnsLabel';

/*
 * KubeRay's rules for a RayCluster, with the sentences it gives. Each function
 * returns the first thing that is wrong, or undefined.
 */

type Problem = string | undefined;

export function rayClusterNameProblem(name: string): Problem {
  if (name.length > maxNameLength.rayCluster) {
    return `RayCluster name should be no more than ${maxNameLength.rayCluster} characters`;
  }
  const errors = dns1035Errors(name);
  return errors.length > 0
    ? `RayCluster name should be a valid DNS1035 label: [${errors.join(' ')}]`
    : undefined;
}

export function rayClusterUpgradeProblem(cluster: RayCluster): Problem {
  const type = cluster.spec.upgradeStrategy?.type;
  if (!type) {
    return undefined;
  }
  if (type !== 'Recreate' && type !== 'None') {
    return `The RayCluster spec is invalid: Spec.UpgradeStrategy.Type value ${type} is invalid, valid options are Recreate or None`;
  }
  const creator = cluster.metadata.labels?.['ray.io/originated-from-crd'];
  return creator === 'RayJob' || creator === 'RayService'
    ? `upgradeStrategy cannot be set when RayCluster is created by ${creator}`
    : undefined;
}

export function rayClusterSpecProblem(spec: RayClusterSpec): Problem {
  if (!spec.headGroupSpec?.template?.spec?.containers?.[0]) {
    return 'headGroupSpec should have at least one container';
  }
  return (
    groupProblem('Head', spec.headGroupSpec) ??
    firstOf(spec.workerGroupSpecs ?? [], group =>
      workerGroupProblem(group, spec),
    ) ??
    unsupportedProblem(spec)
  );
}

function workerGroupProblem(
  group: WorkerGroupSpec,
  spec: RayClusterSpec,
): Problem {
  const { groupName, minReplicas: min, maxReplicas: max } = group;
  const name = `worker group ${groupName}`;
  if (!group.template?.spec?.containers?.length) {
    return 'workerGroupSpec should have at least one container';
  }
  if (!isAutoscaling(spec) && (min === undefined || max === undefined)) {
    return `${name} must set both minReplicas and maxReplicas when autoscaling is disabled`;
  }
  if (min !== undefined && min < 0) {
    return `${name} has negative minReplicas ${min}`;
  }
  if (max !== undefined && max < 0) {
    return `${name} has negative maxReplicas ${max}`;
  }
  if (min !== undefined && max !== undefined && min > max) {
    return `${name} has minReplicas ${min} greater than maxReplicas ${max}`;
  }
  return groupProblem(groupName, group);
}

function groupProblem(
  name: string,
  group: HeadGroupSpec | WorkerGroupSpec,
): Problem {
  const params = group.rayStartParams ?? {};
  const hasFlags = ['num-cpus', 'num-gpus', 'memory', 'resources'].some(
    flag => params[flag],
  );
  if (hasFlags && Object.keys(group.resources ?? {}).length > 0) {
    return `resource fields should not be set in both rayStartParams and Resources for ${name} group; please use only one`;
  }
  return 'labels' in params
    ? `rayStartParams['labels'] is not supported for ${name} group; please use the top-level Labels field instead`
    : undefined;
}

/** Alpha features of KubeRay 1.7, which it refuses as it is installed. */
function unsupportedProblem(spec: RayClusterSpec): Problem {
  if (spec.historyServerOptions) {
    return 'RayClusterHistoryServer feature gate is not enabled';
  }
  if (spec.networkPolicy) {
    return 'spec.networkPolicy requires the RayClusterNetworkPolicy feature gate to be enabled';
  }
  return spec.tlsOptions
    ? 'spec.tlsOptions requires the RayClusterMTLS feature gate to be enabled'
    : undefined;
}

function firstOf<T>(
  items: readonly T[],
  problemOf: (item: T) => Problem,
): Problem {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}
