import { RAY_LABEL_ORIGIN_NAME } from '@ml-platform/rayjob';

/** What a benchmark of logs reads: two pods of one job. */
export interface LogNames {
  readonly namespace: string;
  readonly job: string;
  /** Pod whose container has ended. */
  readonly finished: string;
  /** Pod that has written a little and says no more. */
  readonly live: string;
  readonly container: string;
}

export interface LogWorldOrder extends LogNames {
  readonly lines: number;
  readonly liveLines: number;
  /** Characters that a line of the finished pod has at least. */
  readonly length?: number;
}

/** Has the live pod write for a while. */
export interface BurstOrder {
  readonly type: 'burst';
  readonly perSecond: number;
  readonly seconds: number;
}

/** A line of the benchmark's log, as training writes them. */
export const logText = (i: number, length = 0) =>
  `epoch ${i}: loss 0.123456 accuracy 0.987654 on worker 7`.padEnd(
    length,
    ` lr=${i / 1e6} tokens/s=${(i * 7_919) % 10_007}`,
  );

/** A RayJob that no operator takes up: it is only there to own the pods. */
export function benchJob({ namespace, job }: LogNames) {
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: { name: job, namespace },
    spec: {
      entrypoint: 'true',
      // The operator leaves what another controller manages alone.
      managedBy: 'kueue.x-k8s.io/multikueue',
      suspend: true,
      shutdownAfterJobFinishes: true,
      rayClusterSpec: {
        headGroupSpec: {
          rayStartParams: {},
          template: { spec: { containers: [{ name: 'ray', image: 'none' }] } },
        },
      },
    },
  };
}

/** A pod that counts as one of the job's. */
export function benchPod(options: {
  readonly namespace: string;
  readonly job: string;
  readonly name: string;
  readonly container: string;
  readonly image: string;
  readonly command: readonly string[];
}) {
  const { namespace, job, name, container, image, command } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: {
        'app.kubernetes.io/created-by': 'kuberay-operator',
        [RAY_LABEL_ORIGIN_NAME]: job,
      },
    },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: container, image, command }],
    },
  };
}
