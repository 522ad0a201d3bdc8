import { parseRuntimeEnv } from '../children/submitCommand';
import { maxNameLength } from '../crd/names';
import {
  submissionModeOf,
  usesClusterSelector,
  type RayJob,
} from '../crd/rayJob';
import { sentenceOf } from '@ml-platform/embedded-controller-runtime';
import { dns1035Errors } from './dnsLabel';
import { rayClusterSpecProblem } from './validateRayCluster';
import { deletionProblem } from './validateDeletion';

type Problem = string | undefined;

export interface RayJobProblem {
  /** Reason of the event that tells of it. */
  readonly reason:
    'InvalidRayJobMetadata' | 'InvalidRayJobSpec' | 'InvalidRayJobStatus';
  readonly message: string;
}

/** The first rule of KubeRay 1.7 that the job breaks, in KubeRay's words. */
export function rayJobProblem(job: RayJob): RayJobProblem | undefined {
  const metadata = metadataProblem(job.metadata.name);
  if (metadata) {
    return { reason: 'InvalidRayJobMetadata', message: metadata };
  }
  const spec = specProblem(job);
  if (spec) {
    return { reason: 'InvalidRayJobSpec', message: spec };
  }
  const waits = job.status?.jobDeploymentStatus === 'Waiting';
  return waits && submissionModeOf(job) !== 'InteractiveMode'
    ? {
        reason: 'InvalidRayJobStatus',
        message:
          'The RayJob status is invalid: JobDeploymentStatus cannot be `Waiting` when SubmissionMode is not InteractiveMode',
      }
    : undefined;
}

function metadataProblem(name: string): Problem {
  const invalid = 'The RayJob metadata is invalid: RayJob name should be';
  if (name.length > maxNameLength.rayJob) {
    return `${invalid} no more than ${maxNameLength.rayJob} characters`;
  }
  const errors = dns1035Errors(name);
  return errors.length > 0
    ? `${invalid} a valid DNS1035 label: [${errors.join(' ')}]`
    : undefined;
}

function specProblem(job: RayJob): Problem {
  const { spec } = job;
  const invalid = 'The RayJob spec is invalid:';
  if (spec.suspend && !spec.shutdownAfterJobFinishes) {
    return `${invalid} a RayJob with shutdownAfterJobFinishes set to false is not allowed to be suspended`;
  }
  if ((spec.ttlSecondsAfterFinished ?? 0) < 0) {
    return `${invalid} TTLSecondsAfterFinished must be a non-negative integer`;
  }
  return (
    deletionProblem(job) ??
    clusterChoiceProblem(job) ??
    modeProblem(job) ??
    clusterSpecProblem(job) ??
    runtimeEnvProblem(spec.runtimeEnvYAML) ??
    limitsProblem(job)
  );
}

function clusterChoiceProblem(job: RayJob): Problem {
  const { spec } = job;
  const selects = usesClusterSelector(job);
  if (spec.suspend && selects) {
    return "The RayJob spec is invalid: the ClusterSelector mode doesn't support the suspend operation";
  }
  if (!spec.rayClusterSpec && !selects) {
    return 'The RayJob spec is invalid: one of RayClusterSpec or ClusterSelector must be set';
  }
  if (!selects) {
    return undefined;
  }
  if (!spec.clusterSelector?.['ray.io/cluster']) {
    return 'cluster name in ClusterSelector should not be empty';
  }
  if (submissionModeOf(job) === 'SidecarMode') {
    return 'ClusterSelector is not supported in SidecarMode';
  }
  return (spec.backoffLimit ?? 0) > 0
    ? 'The RayJob spec is invalid: BackoffLimit is incompatible with ClusterSelector mode'
    : undefined;
}

function modeProblem(job: RayJob): Problem {
  const { spec } = job;
  const mode = submissionModeOf(job);
  if (mode === 'InteractiveMode' && (spec.backoffLimit ?? 0) > 0) {
    return 'The RayJob spec is invalid: BackoffLimit is incompatible with InteractiveMode';
  }
  if (mode !== 'SidecarMode') {
    return undefined;
  }
  if (spec.submitterPodTemplate) {
    return "Currently, SidecarMode doesn't support SubmitterPodTemplate";
  }
  if (spec.submitterConfig) {
    return "Currently, SidecarMode doesn't support SubmitterConfig";
  }
  const policy = spec.rayClusterSpec?.headGroupSpec.template.spec.restartPolicy;
  return policy && policy !== 'Never'
    ? 'restartPolicy for head Pod should be Never or unset when using SidecarMode'
    : undefined;
}

function clusterSpecProblem(job: RayJob): Problem {
  const { rayClusterSpec } = job.spec;
  if (!rayClusterSpec) {
    return undefined;
  }
  if (rayClusterSpec.authOptions?.enableK8sTokenAuth) {
    return 'The RayJob spec is invalid: K8s token auth mode is currently not supported for RayJob';
  }
  const problem = rayClusterSpecProblem(rayClusterSpec);
  return problem && `The RayJob spec is invalid: ${problem}`;
}

function runtimeEnvProblem(runtimeEnvYaml: string | undefined): Problem {
  try {
    const parsed = parseRuntimeEnv(runtimeEnvYaml ?? '');
    const isMap =
      parsed === null || (typeof parsed === 'object' && !Array.isArray(parsed));
    return isMap
      ? undefined
      : `failed to unmarshal RuntimeEnvYAML: ${runtimeEnvYaml}: it is not a map`;
  } catch (error) {
    return sentenceOf(error);
  }
}

function limitsProblem(job: RayJob): Problem {
  const {
    activeDeadlineSeconds: active,
    preRunningDeadlineSeconds: preRunning,
    backoffLimit,
  } = job.spec;
  const invalid = 'The RayJob spec is invalid:';
  if (active !== undefined && active <= 0) {
    return `${invalid} activeDeadlineSeconds must be a positive integer`;
  }
  if (preRunning !== undefined && preRunning <= 0) {
    return `${invalid} preRunningDeadlineSeconds must be a positive integer`;
  }
  return backoffLimit !== undefined && backoffLimit < 0
    ? `${invalid} backoffLimit must be a positive integer`
    : undefined;
}
