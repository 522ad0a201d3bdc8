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
import { KUEUE_LABEL_PRIORITY, KUEUE_LABEL_QUEUE } from '../objects/rayLabels';
import { renderEntrypoint } from './entrypoint';
import { coordinatingHead, type PodResources } from './headResources';
import type { NamedWorkerGroup, PodRequest, WorkerGroup } from './podRequest';
import {
  HEAD_PORTS,
  LABEL_KUBERNETES_ID,
  rayTemplate,
  submitterTemplate,
  workerGroups,
} from './rayPods';
import { renderRuntimeEnv } from './runtimeEnv';
import { isAutoscaled, mostWorkers } from './workerCounts';

/** One variable of the job's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  /** Reaches the process as it is: Kubernetes replaces nothing in it. */
  readonly value: string;
}

/** What a run is rendered from; checked by `validateRayJob` before. */
export interface RayJobRequest extends PodRequest, WorkerGroup {
  readonly name: string;
  readonly namespace: string;
  readonly workload: string;
  readonly version: string;
  readonly image: string;
  /** Run as one shell command on Ray. */
  readonly entrypoint: string;
  /** Of each pod that does work; with no workers, of the head. */
  readonly resources: PodResources;
  /** Workers of other kinds. */
  readonly groups?: readonly NamedWorkerGroup[];
  /** Ray's runtime environment of the job. */
  readonly runtimeEnv?: Readonly<Record<string, unknown>>;
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

function given(key: string, value: string | undefined): Record<string, string> {
  return value ? { [key]: value } : {};
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
  const most = [request, ...(request.groups ?? [])].map(mostWorkers);
  const workers = most.reduce((total, number) => total + number, 0);
  const autoscales = isAutoscaled(request);
  const head =
    workers > 0
      ? { resources: coordinatingHead(workers) }
      : { resources: request.resources, group: request };
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
      ...renderRuntimeEnv(request.runtimeEnv),
      submitterPodTemplate: submitterTemplate(request),
      rayClusterSpec: {
        ...(autoscales ? { enableInTreeAutoscaling: true } : {}),
        ...(request.rayVersion ? { rayVersion: request.rayVersion } : {}),
        headGroupSpec: {
          rayStartParams: {
            'dashboard-host': '0.0.0.0',
            ...(workers > 0 ? { 'num-cpus': '0' } : {}),
          },
          template: rayTemplate(request, {
            name: 'ray-head',
            ...head,
            ports: HEAD_PORTS,
            // Ray's autoscaler, which runs beside the head, makes workers.
            usesKubernetes: autoscales,
          }),
        },
        ...(workers > 0 ? { workerGroupSpecs: workerGroups(request) } : {}),
      },
    },
  };
}
