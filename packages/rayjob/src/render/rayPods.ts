import { SUBMITTER_CONTAINER } from '../objects/rayLabels';
import { canonicalQuantity } from '../values/quantities';
import type { PodResources } from './headResources';
import {
  containerEnvironment,
  podPlacement,
  podVolumes,
  pullSecrets,
  serviceAccount,
} from './podParts';
import type { WorkerGroup } from './podRequest';
import type { RayJobRequest } from './renderRayJob';
import { mostWorkers } from './workerCounts';

/** Makes the pods show on the workload's page of plugin-kubernetes. */
export const LABEL_KUBERNETES_ID = 'backstage.io/kubernetes-id';

export const HEAD_PORTS = [
  { containerPort: 6379, name: 'gcs-server' },
  { containerPort: 8265, name: 'dashboard' },
  { containerPort: 10001, name: 'client' },
];

const labelsOf = ({ workload }: RayJobRequest) => ({
  [LABEL_KUBERNETES_ID]: workload,
});

// Requests equal limits: the pod is of the guaranteed class, and Ray counts
// exactly what the pod has, as KubeRay takes Ray's numbers from the limits.
function containerResources(
  { cpu, memory, gpu }: PodResources,
  accelerator = 'nvidia.com/gpu',
) {
  const amounts = {
    cpu: canonicalQuantity(cpu),
    memory: canonicalQuantity(memory),
    ...(gpu > 0 ? { [accelerator]: String(gpu) } : {}),
  };
  return { requests: { ...amounts }, limits: { ...amounts } };
}

function podTemplate<Container extends { readonly name: string }>(
  request: RayJobRequest,
  container: Container,
  {
    annotations = {},
    usesKubernetes = false,
    ...spec
  }: {
    readonly annotations?: object;
    readonly usesKubernetes?: boolean;
    readonly restartPolicy?: string;
  } = {},
) {
  return {
    metadata: {
      labels: labelsOf(request),
      ...annotations,
    },
    spec: {
      ...spec,
      ...serviceAccount(request),
      ...pullSecrets(request),
      // Training code has no business with the Kubernetes API.
      automountServiceAccountToken: usesKubernetes,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          ...container,
          image: request.image,
          // A version never changes, so what the node has is right.
          imagePullPolicy: 'IfNotPresent',
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  };
}

/** A pod of the Ray cluster, which runs training code. */
export function rayTemplate(
  request: RayJobRequest,
  pod: {
    readonly name: string;
    readonly resources: PodResources;
    readonly group?: Pick<WorkerGroup, 'accelerator' | 'placement'>;
    readonly ports?: typeof HEAD_PORTS;
    readonly usesKubernetes?: boolean;
  },
) {
  const { name, resources, group = {}, ports, usesKubernetes } = pod;
  const { annotations, volumes, volumeMounts } = podVolumes(
    request,
    labelsOf(request),
  );
  return podTemplate(
    request,
    {
      name,
      ...(ports ? { ports } : {}),
      ...containerEnvironment(request.environment, request),
      resources: containerResources(resources, group.accelerator),
      ...volumeMounts,
    },
    {
      annotations,
      usesKubernetes,
      ...podPlacement(group.placement),
      ...volumes,
    },
  );
}

/** A group of workers, which Ray's autoscaler changes between its bounds. */
function workerGroup(
  request: RayJobRequest,
  group: WorkerGroup & {
    readonly name: string;
    readonly resources: PodResources;
  },
) {
  const { name, workers, minWorkers = workers, maxWorkers = workers } = group;
  return {
    groupName: name,
    replicas: workers,
    minReplicas: minWorkers,
    maxReplicas: maxWorkers,
    rayStartParams: {},
    template: rayTemplate(request, {
      name: 'ray-worker',
      resources: group.resources,
      group,
    }),
  };
}

/** All groups of workers of a run. */
export function workerGroups(request: RayJobRequest) {
  const { groups = [], ...first } = request;
  const own = mostWorkers(first) > 0 ? [{ ...first, name: 'workers' }] : [];
  const more = groups.map(({ cpu, memory, gpu = 0, ...group }) => ({
    ...group,
    resources: { cpu, memory, gpu },
  }));
  return [...own, ...more].map(group => workerGroup(request, group));
}

/**
 * The pod that submits the entrypoint and prints what it writes. KubeRay's own
 * asks for half a core, and is not held to what the other pods are held to.
 */
export function submitterTemplate(request: RayJobRequest) {
  return podTemplate(
    request,
    {
      name: SUBMITTER_CONTAINER,
      resources: {
        requests: { cpu: '100m', memory: '256Mi' },
        limits: { cpu: '1', memory: '1Gi' },
      },
    },
    { restartPolicy: 'Never' },
  );
}
