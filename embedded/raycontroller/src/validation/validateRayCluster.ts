import { isAutoscaling, isFaultTolerant } from '../crd/features';
import { annotation } from '../crd/labels';
import { maxNameLength } from '../crd/names';
import type {
  HeadGroupSpec,
  RayCluster,
  RayClusterSpec,
  WorkerGroupSpec,
} from '../crd/rayCluster';
import type { Labels, EnvVar } from '@ml-platform/embedded-controller-runtime';
import { dns1035Errors } from './dnsLabel';

/*
 * KubeRay's rules for a RayCluster, with the sentences it gives. Each function
 * returns the first thing that is wrong, or undefined.
 */

type Problem = string | undefined;

const AUTOSCALER_V2 = 'RAY_enable_autoscaler_v2';

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

export function rayClusterSpecProblem(
  spec: RayClusterSpec,
  annotations: Labels | undefined,
): Problem {
  const head = spec.headGroupSpec?.template?.spec?.containers?.[0];
  if (!head) {
    return 'headGroupSpec should have at least one container';
  }
  const headEnv = head.env ?? [];
  return (
    groupProblem('Head', spec.headGroupSpec) ??
    firstOf(spec.workerGroupSpecs ?? [], group =>
      workerGroupProblem(group, spec, headEnv),
    ) ??
    faultToleranceProblem(spec, annotations, headEnv) ??
    autoscalerProblem(spec, headEnv) ??
    unsupportedProblem(spec)
  );
}

function workerGroupProblem(
  group: WorkerGroupSpec,
  spec: RayClusterSpec,
  headEnv: readonly EnvVar[],
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
  return (
    groupProblem(groupName, group) ?? idleTimeoutProblem(group, spec, headEnv)
  );
}

function idleTimeoutProblem(
  group: WorkerGroupSpec,
  spec: RayClusterSpec,
  headEnv: readonly EnvVar[],
): Problem {
  const seconds = group.idleTimeoutSeconds;
  if (seconds === undefined) {
    return undefined;
  }
  const name = `worker group ${group.groupName}`;
  if (seconds < 0) {
    return `${name}: idleTimeoutSeconds must be non-negative, got ${seconds}`;
  }
  return spec.autoscalerOptions?.version === 'v2' ||
    asksForAutoscalerV2(headEnv)
    ? undefined
    : `${name}: idleTimeoutSeconds is set, but autoscaler v2 is not enabled. Please set .spec.autoscalerOptions.version to 'v2' (or set ${AUTOSCALER_V2} environment variable to 'true' in the head pod if using KubeRay < 1.4.0)`;
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

function faultToleranceProblem(
  spec: RayClusterSpec,
  annotations: Labels | undefined,
  headEnv: readonly EnvVar[],
): Problem {
  const options = spec.gcsFaultToleranceOptions;
  const params = spec.headGroupSpec.rayStartParams ?? {};
  const sets = (name: string) => headEnv.some(env => env.name === name);
  if (annotations?.[annotation.ftEnabled] && options) {
    return `${annotation.ftEnabled} annotation and GcsFaultToleranceOptions are both set. Please use only GcsFaultToleranceOptions to configure GCS fault tolerance`;
  }
  if (!isFaultTolerant(spec, annotations) && sets('RAY_REDIS_ADDRESS')) {
    return 'RAY_REDIS_ADDRESS is set which implicitly enables GCS fault tolerance, but GcsFaultToleranceOptions is not set. Please set GcsFaultToleranceOptions to enable GCS fault tolerance';
  }
  if (options) {
    const use = (field: string) =>
      `when GcsFaultToleranceOptions is enabled - use GcsFaultToleranceOptions.${field} instead`;
    if (params['redis-password']) {
      return `cannot set \`redis-password\` in rayStartParams ${use('RedisPassword')}`;
    }
    if (sets('REDIS_PASSWORD')) {
      return `cannot set \`REDIS_PASSWORD\` env var in head Pod ${use('RedisPassword')}`;
    }
    if (sets('RAY_REDIS_ADDRESS')) {
      return `cannot set \`RAY_REDIS_ADDRESS\` env var in head Pod ${use('RedisAddress')}`;
    }
    if (annotations?.[annotation.externalStorageNamespace]) {
      return `cannot set \`${annotation.externalStorageNamespace}\` annotation ${use('ExternalStorageNamespace')}`;
    }
    if (options.backend === 'rocksdb') {
      return "the embedded RocksDB GCS fault tolerance backend (GcsFaultToleranceOptions.Backend: 'rocksdb') requires the GCSFaultToleranceEmbeddedStorage feature gate to be enabled";
    }
    if (options.storage) {
      return "cannot set GcsFaultToleranceOptions.Storage when backend is 'redis' - it only applies to the 'rocksdb' backend";
    }
  }
  return params['redis-username'] || sets('REDIS_USERNAME')
    ? 'cannot set redis username in rayStartParams or environment variables - use GcsFaultToleranceOptions.RedisUsername instead'
    : undefined;
}

function autoscalerProblem(
  spec: RayClusterSpec,
  headEnv: readonly EnvVar[],
): Problem {
  const groups = spec.workerGroupSpecs ?? [];
  const v2 = headEnv.find(({ name }) => name === AUTOSCALER_V2);
  if (!isAutoscaling(spec)) {
    return v2 && asksForAutoscalerV2(headEnv)
      ? `environment variable ${AUTOSCALER_V2} cannot be set to '${v2.value}' when enableInTreeAutoscaling is false. Please set enableInTreeAutoscaling: true to use autoscaler v2`
      : undefined;
  }
  const suspended = groups.find(({ suspend }) => suspend);
  if (suspended) {
    return `worker group ${suspended.groupName} cannot be suspended with Autoscaler enabled`;
  }
  if (spec.autoscalerOptions?.version && v2) {
    return `both .spec.autoscalerOptions.version and head Pod env var ${AUTOSCALER_V2} are set, please only use the former`;
  }
  if (spec.autoscalerOptions?.version === 'v2') {
    const restarts = (policy: string | undefined) =>
      policy !== undefined && policy !== '' && policy !== 'Never';
    if (restarts(spec.headGroupSpec.template.spec.restartPolicy)) {
      return 'restartPolicy for head Pod should be Never or unset when using autoscaler V2';
    }
    const group = groups.find(({ template }) =>
      restarts(template.spec.restartPolicy),
    );
    if (group) {
      return `restartPolicy for worker group ${group.groupName} should be Never or unset when using autoscaler V2`;
    }
  }
  const idle = spec.autoscalerOptions?.idleTimeoutSeconds;
  return idle !== undefined && idle < 0
    ? `autoscalerOptions.idleTimeoutSeconds must be non-negative, got ${idle}`
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

function asksForAutoscalerV2(headEnv: readonly EnvVar[]): boolean {
  const value = headEnv.find(({ name }) => name === AUTOSCALER_V2)?.value;
  return value === '1' || value === 'true';
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
