import type { Logger } from '@ml-platform/kube';
import type { TerminatedState } from '@ml-platform/embedded-controller-runtime';
import type { ObjectMeta, Pod } from '../kube/objects';
import type { RayCluster } from '../crd/rayCluster';
import type { RayJob, RayJobSpec, RayJobStatus } from '../crd/rayJob';

/** Says nothing. */
export const quietLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The smallest objects that the rules can be asked about; for tests. */

export function meta(name: string, more: Partial<ObjectMeta> = {}): ObjectMeta {
  return {
    name,
    namespace: 'training',
    uid: `uid-of-${name}`,
    resourceVersion: '1',
    ...more,
  };
}

export function rayCluster(
  spec: Partial<RayCluster['spec']> = {},
  more: Partial<RayCluster> = {},
): RayCluster {
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayCluster',
    metadata: meta('job-abcde'),
    spec: {
      rayVersion: '2.55.1',
      headGroupSpec: {
        rayStartParams: {},
        template: {
          spec: { containers: [{ name: 'ray-head', image: 'ray' }] },
        },
      },
      workerGroupSpecs: [
        {
          groupName: 'workers',
          replicas: 1,
          minReplicas: 0,
          maxReplicas: 10,
          rayStartParams: {},
          template: {
            spec: { containers: [{ name: 'ray-worker', image: 'ray' }] },
          },
        },
      ],
      ...spec,
    },
    ...more,
  };
}

export function rayJob(
  spec: RayJobSpec = {},
  status: RayJobStatus = {},
  name = 'job',
): RayJob {
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: meta(name),
    spec: {
      entrypoint: 'python train.py',
      rayClusterSpec: rayCluster().spec,
      ...spec,
    },
    status,
  };
}

/** A pod of {@link rayCluster}, running and ready unless `status` says otherwise. */
export function rayPod(
  name: string,
  nodeType: 'head' | 'worker',
  more: {
    readonly status?: Pod['status'];
    readonly labels?: Record<string, string>;
    readonly restartPolicy?: Pod['spec']['restartPolicy'];
    readonly deletionTimestamp?: string;
  } = {},
): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, {
      labels: {
        'ray.io/cluster': 'job-abcde',
        'ray.io/node-type': nodeType,
        'ray.io/group': nodeType === 'head' ? 'headgroup' : 'workers',
        ...more.labels,
      },
      deletionTimestamp: more.deletionTimestamp,
    }),
    spec: {
      containers: [{ name: `ray-${nodeType}` }],
      restartPolicy: more.restartPolicy ?? 'Always',
    },
    status: more.status ?? {
      phase: 'Running',
      podIP: '10.0.0.1',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

/** The status of a pod's container that has ended. */
export function endedContainer(name: string, end: TerminatedState) {
  return {
    name,
    ready: false,
    restartCount: 0,
    image: 'rayproject/ray:2.55.1',
    imageID: '',
    state: { terminated: end },
  };
}
