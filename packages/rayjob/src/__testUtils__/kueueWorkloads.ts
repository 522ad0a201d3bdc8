import type { Condition } from '../objects/kubernetes';
import type { KueueWorkload } from '../queue/kueueTypes';

type Spec = KueueWorkload['spec'];
type Status = KueueWorkload['status'];
type Metadata = Partial<KueueWorkload['metadata']>;

/** A condition as Kueue sets it. */
export function condition(
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
  lastTransitionTime = '2025-12-01T12:00:01Z',
): Condition {
  return { type, status, reason, message, lastTransitionTime };
}

/** The Workload that Kueue makes of a RayJob, changed where a test needs it. */
export function aWorkload(
  change: {
    readonly metadata?: Metadata;
    readonly spec?: Spec;
    readonly status?: Status;
  } = {},
): KueueWorkload {
  return {
    metadata: {
      name: 'rayjob-train-20251201-120000-7a1f2',
      namespace: 'training',
      uid: '5d0f2f1c-9a7e-4a58-9f0c-0e0f5f3b2f10',
      creationTimestamp: '2025-12-01T12:00:00Z',
      labels: {
        'kueue.x-k8s.io/job-uid': 'c0a5a5f2-6f2f-4b8e-8f5a-1c4a9f0d7e21',
      },
      ownerReferences: [
        {
          apiVersion: 'ray.io/v1',
          kind: 'RayJob',
          name: 'train-20251201-120000',
          uid: 'c0a5a5f2-6f2f-4b8e-8f5a-1c4a9f0d7e21',
          controller: true,
        },
      ],
      ...change.metadata,
    },
    spec: {
      active: true,
      priority: 0,
      queueName: 'training-queue',
      ...change.spec,
    },
    status: change.status,
  };
}
