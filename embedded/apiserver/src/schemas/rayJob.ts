import { asObject, JsonValue } from '../model/json';
import {
  atomicList,
  boolean,
  int32,
  int64,
  number,
  object,
  oneOf,
  string,
  stringMap,
  time,
} from './build';
import { EMBEDDED_POD_TEMPLATE } from './commonSchemas';
import { MANAGED_BY, RAY_CLUSTER_SPEC, RAY_CLUSTER_STATUS } from './rayCluster';
import { Schema } from './Schema';

function has(value: JsonValue, field: string): boolean {
  return asObject(value)?.[field] !== undefined;
}

const DELETION_POLICY = oneOf(
  'DeleteCluster',
  'DeleteWorkers',
  'DeleteSelf',
  'DeleteNone',
);

const DELETION_CONDITION: Schema = object(
  {
    jobDeploymentStatus: oneOf('Failed'),
    jobStatus: oneOf('SUCCEEDED', 'FAILED'),
    ttlSeconds: { ...int32, default: 0, minimum: 0 },
  },
  {
    'x-kubernetes-validations': [
      {
        rule: '!(has(self.jobStatus) && has(self.jobDeploymentStatus))',
        message:
          'JobStatus and JobDeploymentStatus cannot be used together within the same deletion condition.',
        holds: value =>
          !(has(value, 'jobStatus') && has(value, 'jobDeploymentStatus')),
      },
      {
        rule: 'has(self.jobStatus) || has(self.jobDeploymentStatus)',
        message:
          'the deletion condition requires either the JobStatus or the JobDeploymentStatus field.',
        holds: value =>
          has(value, 'jobStatus') || has(value, 'jobDeploymentStatus'),
      },
    ],
  },
);

const DELETION_STRATEGY: Schema = object(
  {
    deletionRules: atomicList(
      object(
        { condition: DELETION_CONDITION, policy: DELETION_POLICY },
        { required: ['condition', 'policy'] },
      ),
      { minItems: 1 },
    ),
    onFailure: object({ policy: DELETION_POLICY }),
    onSuccess: object({ policy: DELETION_POLICY }),
  },
  {
    'x-kubernetes-validations': [
      {
        rule: '!((has(self.onSuccess) || has(self.onFailure)) && has(self.deletionRules))',
        message:
          'legacy policies (onSuccess/onFailure) and deletionRules cannot be used together within the same deletionStrategy',
        holds: value =>
          !(
            (has(value, 'onSuccess') || has(value, 'onFailure')) &&
            has(value, 'deletionRules')
          ),
      },
      {
        rule: '((has(self.onSuccess) && has(self.onFailure)) || has(self.deletionRules))',
        message:
          'deletionStrategy requires either BOTH onSuccess and onFailure, OR the deletionRules field (cannot be empty)',
        holds: value =>
          (has(value, 'onSuccess') && has(value, 'onFailure')) ||
          has(value, 'deletionRules'),
      },
    ],
  },
);

/** `spec` of a RayJob. */
export const RAY_JOB_SPEC: Schema = object({
  activeDeadlineSeconds: int32,
  backoffLimit: { ...int32, default: 0 },
  clusterSelector: stringMap,
  deletionStrategy: DELETION_STRATEGY,
  entrypoint: string,
  entrypointNumCpus: number,
  entrypointNumGpus: number,
  entrypointResources: string,
  jobId: string,
  managedBy: MANAGED_BY,
  metadata: stringMap,
  preRunningDeadlineSeconds: { ...int32, minimum: 1 },
  rayClusterSpec: RAY_CLUSTER_SPEC,
  runtimeEnvYAML: string,
  shutdownAfterJobFinishes: boolean,
  submissionMode: { type: 'string', default: 'K8sJobMode' },
  submitterConfig: object({ backoffLimit: int32 }),
  submitterPodTemplate: EMBEDDED_POD_TEMPLATE,
  suspend: boolean,
  ttlSecondsAfterFinished: { ...int32, default: 0 },
});

/** `status` of a RayJob. */
export const RAY_JOB_STATUS: Schema = object({
  dashboardURL: string,
  endTime: time,
  failed: { ...int32, default: 0 },
  jobDeploymentStatus: string,
  jobId: string,
  jobStatus: string,
  jobStatusCheckFailureStartTime: time,
  message: string,
  observedGeneration: int64,
  rayClusterName: string,
  rayClusterStatus: RAY_CLUSTER_STATUS,
  rayJobInfo: object({ endTime: time, startTime: time }),
  reason: string,
  startTime: time,
  succeeded: { ...int32, default: 0 },
});
