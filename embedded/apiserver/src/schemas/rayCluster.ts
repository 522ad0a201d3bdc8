import {
  anything,
  boolean,
  int32,
  int64,
  keyedList,
  listOf,
  mapOf,
  object,
  oneOf,
  openObject,
  quantity,
  string,
  stringMap,
  time,
} from './build';
import {
  CONDITION,
  EMBEDDED_META,
  EMBEDDED_POD_TEMPLATE,
} from './commonSchemas';
import { kubernetesSchema } from './kubernetesSchema';
import { Schema, SchemaRule } from './Schema';

const MANAGERS = ['ray.io/kuberay-operator', 'kueue.x-k8s.io/multikueue'];

/** Rules of `managedBy`, in RayClusters and RayJobs alike. */
export const MANAGED_BY: Schema = {
  type: 'string',
  'x-kubernetes-validations': [
    {
      rule: 'self == oldSelf',
      message: 'the managedBy field is immutable',
      transition: true,
      holds: (value, previous) => value === previous,
    },
    {
      rule: "self in ['ray.io/kuberay-operator', 'kueue.x-k8s.io/multikueue']",
      message:
        "the managedBy field value must be either 'ray.io/kuberay-operator' or 'kueue.x-k8s.io/multikueue'",
      holds: value => typeof value === 'string' && MANAGERS.includes(value),
    },
  ],
};

const BACKEND_IS_IMMUTABLE: SchemaRule = {
  rule: 'self == oldSelf',
  message: 'gcsFaultToleranceOptions.backend is immutable',
  transition: true,
  holds: (value, previous) => value === previous,
};

const HEAD_GROUP: Schema = object(
  {
    enableIngress: boolean,
    headService: openObject({
      apiVersion: string,
      kind: string,
      metadata: EMBEDDED_META,
      spec: anything,
    }),
    ingressOptions: anything,
    labels: stringMap,
    rayStartParams: stringMap,
    resources: stringMap,
    serviceType: string,
    template: EMBEDDED_POD_TEMPLATE,
  },
  { required: ['template'] },
);

const count = (preset: number): Schema => ({ ...int32, default: preset });

const WORKER_GROUP: Schema = object(
  {
    groupName: string,
    idleTimeoutSeconds: int32,
    labels: stringMap,
    maxReplicas: count(2147483647),
    minReplicas: count(0),
    numOfHosts: count(1),
    priority: count(0),
    rayStartParams: stringMap,
    replicas: count(0),
    resources: stringMap,
    scaleStrategy: object({ workersToDelete: listOf(string) }),
    suspend: boolean,
    template: EMBEDDED_POD_TEMPLATE,
  },
  { required: ['groupName', 'maxReplicas', 'minReplicas', 'template'] },
);

/** `spec` of a RayCluster, and `spec.rayClusterSpec` of a RayJob. */
export const RAY_CLUSTER_SPEC: Schema = object(
  {
    authOptions: object({
      enableK8sTokenAuth: boolean,
      mode: oneOf('disabled', 'token'),
      secretName: string,
    }),
    autoscalerOptions: object({
      args: listOf(string),
      command: listOf(string),
      env: listOf(kubernetesSchema('V1EnvVar')),
      envFrom: listOf(kubernetesSchema('V1EnvFromSource')),
      idleTimeoutSeconds: int32,
      image: string,
      imagePullPolicy: string,
      resources: kubernetesSchema('V1ResourceRequirements'),
      securityContext: anything,
      upscalingMode: oneOf('Default', 'Aggressive', 'Conservative'),
      version: oneOf('v1', 'v2'),
      volumeMounts: listOf(kubernetesSchema('V1VolumeMount')),
    }),
    enableInTreeAutoscaling: boolean,
    gcsFaultToleranceOptions: openObject({
      backend: {
        ...oneOf('redis', 'rocksdb'),
        'x-kubernetes-validations': [BACKEND_IS_IMMUTABLE],
      },
      externalStorageNamespace: string,
      redisAddress: string,
    }),
    headGroupSpec: HEAD_GROUP,
    headServiceAnnotations: stringMap,
    historyServerOptions: anything,
    managedBy: MANAGED_BY,
    networkPolicy: anything,
    rayVersion: string,
    suspend: boolean,
    tlsOptions: object({ enabled: boolean }),
    upgradeStrategy: object({ type: oneOf('Recreate', 'None') }),
    workerGroupSpecs: listOf(WORKER_GROUP),
  },
  { required: ['headGroupSpec'] },
);

/** `status` of a RayCluster, and `status.rayClusterStatus` of a RayJob. */
export const RAY_CLUSTER_STATUS: Schema = object({
  availableWorkerReplicas: int32,
  conditions: keyedList(['type'], CONDITION),
  desiredCPU: quantity,
  desiredGPU: quantity,
  desiredMemory: quantity,
  desiredTPU: quantity,
  desiredWorkerReplicas: int32,
  endpoints: stringMap,
  head: object({
    podIP: string,
    podName: string,
    serviceIP: string,
    serviceName: string,
  }),
  lastUpdateTime: { ...time, nullable: true },
  maxWorkerReplicas: int32,
  minWorkerReplicas: int32,
  observedGeneration: int64,
  readyWorkerReplicas: int32,
  reason: string,
  state: string,
  stateTransitionTimes: mapOf(time),
});
