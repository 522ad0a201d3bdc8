import type {
  KueueLocalQueue,
  KueueWorkload,
  RayJob,
} from '@ml-platform/rayjob';

const NAMESPACE = 'training';

/** A RayJob that Kueue has suspended. */
export function aQueuedJob(name: string, queue = 'training-queue'): RayJob {
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: {
      name,
      namespace: NAMESPACE,
      uid: `uid-${name}`,
      creationTimestamp: '2025-12-01T12:00:00Z',
      labels: { 'kueue.x-k8s.io/queue-name': queue },
    },
    spec: { entrypoint: 'python train.py', suspend: true },
    status: { jobDeploymentStatus: 'Suspended' },
  };
}

/** The Workload of a job; `minute` after noon is when it was created. */
export function aWorkloadOf(
  job: string,
  change: {
    readonly minute?: number;
    readonly priority?: number;
    readonly namespace?: string;
    readonly queue?: string;
    readonly status?: KueueWorkload['status'];
  } = {},
): KueueWorkload {
  const { minute = 0, priority = 0, namespace = NAMESPACE } = change;
  const created = new Date(Date.UTC(2025, 11, 1, 12, minute));
  return {
    metadata: {
      name: `rayjob-${job}`,
      namespace,
      uid: `workload-${job}`,
      creationTimestamp: created.toISOString(),
      ownerReferences: [
        {
          apiVersion: 'ray.io/v1',
          kind: 'RayJob',
          name: job,
          uid: `uid-${job}`,
          controller: true,
        },
      ],
    },
    spec: {
      active: true,
      priority,
      queueName: change.queue ?? 'training-queue',
    },
    status: change.status,
  };
}

/** The status of a Workload that is let go. */
export const ADMITTED: KueueWorkload['status'] = {
  admission: { clusterQueue: 'gpu' },
  conditions: [
    {
      type: 'QuotaReserved',
      status: 'True',
      reason: 'QuotaReserved',
      message: 'Quota reserved in ClusterQueue gpu',
    },
    {
      type: 'Admitted',
      status: 'True',
      reason: 'Admitted',
      message: 'The workload is admitted',
    },
  ],
};

export function aLocalQueue(
  name = 'training-queue',
  spec: KueueLocalQueue['spec'] = {},
  namespace = NAMESPACE,
): KueueLocalQueue {
  return {
    metadata: { name, namespace },
    spec: { clusterQueue: 'gpu', stopPolicy: 'None', ...spec },
  };
}
