import {
  ANNOTATION_GITOPS_PATH,
  ANNOTATION_REQUESTER,
  ANNOTATION_SOURCE_COMMIT,
  ANNOTATION_TASK,
  LABEL_MANAGED_BY,
  LABEL_VERSION,
  LABEL_WORKLOAD,
  MANAGED_BY,
} from '../objects/annotations';
import {
  KUEUE_LABEL_PRIORITY,
  KUEUE_LABEL_QUEUE,
  SUBMITTER_CONTAINER,
} from '../objects/rayLabels';
import { renderEntrypoint } from './entrypoint';
import { coordinatingHead, type PodResources } from './headResources';

/** One variable of the job's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  /** Reaches the process as it is: Kubernetes replaces nothing in it. */
  readonly value: string;
}

/** What a run is rendered from; checked by `validateRayJob` before. */
export interface RayJobRequest {
  readonly name: string;
  readonly namespace: string;
  readonly workload: string;
  readonly version: string;
  readonly image: string;
  /** Run as one shell command on Ray. */
  readonly entrypoint: string;
  /** Number of worker pods; with none, the head does the work. */
  readonly workers: number;
  /** Of each pod that does work. */
  readonly resources: PodResources;
  readonly environment: readonly EnvironmentVariable[];
  /** Seconds that the Ray cluster stays after the job's end. */
  readonly ttlSecondsAfterFinished: number;
  /** Seconds that the job may take in all. */
  readonly activeDeadlineSeconds?: number;
  /** Times that a failed job is tried again, each on a new Ray cluster. */
  readonly backoffLimit?: number;
  readonly rayVersion?: string;
  /** Name of the Kueue LocalQueue to wait in. */
  readonly queue?: string;
  /** Name of a Kueue WorkloadPriorityClass. */
  readonly priority?: string;
  /** Path of the manifest inside the GitOps repository, for a job of git. */
  readonly gitopsPath?: string;
  /** Task of the scaffolder that asked for the job. */
  readonly taskId?: string;
  /** Entity reference of who asks. */
  readonly requester?: string;
  readonly sourceCommit?: string;
}

/** Makes the pods show on the workload's page of plugin-kubernetes. */
const LABEL_KUBERNETES_ID = 'backstage.io/kubernetes-id';

const HEAD_PORTS = [
  { containerPort: 6379, name: 'gcs-server' },
  { containerPort: 8265, name: 'dashboard' },
  { containerPort: 10001, name: 'client' },
];

// Requests equal limits: the pod is of the guaranteed class, and Ray counts
// exactly what the pod has, as KubeRay takes Ray's numbers from the limits.
function containerResources({ cpu, memory, gpu }: PodResources) {
  const amounts = {
    cpu,
    memory,
    ...(gpu > 0 ? { 'nvidia.com/gpu': String(gpu) } : {}),
  };
  return { requests: { ...amounts }, limits: { ...amounts } };
}

function podTemplate<Container extends { readonly name: string }, Spec = {}>(
  request: RayJobRequest,
  container: Container,
  spec?: Spec,
) {
  return {
    metadata: { labels: { [LABEL_KUBERNETES_ID]: request.workload } },
    spec: {
      ...spec,
      // Training code has no business with the Kubernetes API.
      automountServiceAccountToken: false,
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

/**
 * A value that the process reads as it was typed: Kubernetes would replace
 * `$(NAME)` by another variable, and `$$` by `$`.
 */
function verbatim(value: string): string {
  return value.replace(/\$(?=[$(])/g, '$$$$');
}

function given(key: string, value: string | undefined): Record<string, string> {
  return value ? { [key]: value } : {};
}

/** A pod of the Ray cluster, which runs training code. */
function rayTemplate(
  request: RayJobRequest,
  name: string,
  resources: PodResources,
  ports?: typeof HEAD_PORTS,
) {
  return podTemplate(request, {
    name,
    ...(ports ? { ports } : {}),
    env: request.environment.map(({ name: key, value }) => ({
      name: key,
      value: verbatim(value),
    })),
    resources: containerResources(resources),
  });
}

/**
 * The pod that submits the entrypoint and prints what it writes. KubeRay's own
 * asks for half a core, and is not held to what the other pods are held to.
 */
function submitterTemplate(request: RayJobRequest) {
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

/**
 * The `ray.io/v1` RayJob of one run, as a plain object.
 *
 * With workers the head only coordinates (`num-cpus: "0"`), so that a busy
 * task can't starve the processes that hold the cluster together; with none it
 * does the work itself and gets the workers' size. `suspend` stays out, since
 * Kueue owns it.
 *
 * Source: KubeRay 1.7, `RayJob` v1.
 */
export function renderRayJob(request: RayJobRequest) {
  const { workers, resources } = request;
  const head = workers > 0 ? coordinatingHead(workers) : resources;
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: {
      name: request.name,
      namespace: request.namespace,
      labels: {
        [LABEL_WORKLOAD]: request.workload,
        [LABEL_VERSION]: request.version,
        [LABEL_MANAGED_BY]: MANAGED_BY,
        [LABEL_KUBERNETES_ID]: request.workload,
        ...given(KUEUE_LABEL_QUEUE, request.queue),
        ...given(KUEUE_LABEL_PRIORITY, request.priority),
      },
      annotations: {
        ...given(ANNOTATION_GITOPS_PATH, request.gitopsPath),
        ...given(ANNOTATION_TASK, request.taskId),
        ...given(ANNOTATION_REQUESTER, request.requester),
        ...given(ANNOTATION_SOURCE_COMMIT, request.sourceCommit),
      },
    },
    spec: {
      entrypoint: renderEntrypoint(request.entrypoint),
      submissionMode: 'K8sJobMode',
      shutdownAfterJobFinishes: true,
      ttlSecondsAfterFinished: request.ttlSecondsAfterFinished,
      ...(request.activeDeadlineSeconds !== undefined
        ? { activeDeadlineSeconds: request.activeDeadlineSeconds }
        : {}),
      ...(request.backoffLimit !== undefined
        ? { backoffLimit: request.backoffLimit }
        : {}),
      submitterPodTemplate: submitterTemplate(request),
      rayClusterSpec: {
        ...(request.rayVersion ? { rayVersion: request.rayVersion } : {}),
        headGroupSpec: {
          rayStartParams: {
            'dashboard-host': '0.0.0.0',
            ...(workers > 0 ? { 'num-cpus': '0' } : {}),
          },
          template: rayTemplate(request, 'ray-head', head, HEAD_PORTS),
        },
        ...(workers > 0
          ? {
              workerGroupSpecs: [
                {
                  groupName: 'workers',
                  replicas: workers,
                  minReplicas: workers,
                  maxReplicas: workers,
                  rayStartParams: {},
                  template: rayTemplate(request, 'ray-worker', resources),
                },
              ],
            }
          : {}),
      },
    },
  };
}
