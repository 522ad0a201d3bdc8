import {
  compareQueueEntries,
  currentQueueEntry,
  queueEntry,
  type QueueStage,
} from './queueEntry';
import type { KueueWorkload } from './kueueTypes';
import { aWorkload, condition } from '../__testUtils__/kueueWorkloads';

const NOT_RESERVED = condition(
  'QuotaReserved',
  'False',
  'WaitingForQuota',
  "couldn't assign flavors to pod set workers: insufficient unused quota for nvidia.com/gpu in flavor a100, 8 more needed",
);
const RESERVED = condition(
  'QuotaReserved',
  'True',
  'QuotaReserved',
  'Quota reserved in ClusterQueue gpu',
);
const ADMITTED = condition(
  'Admitted',
  'True',
  'Admitted',
  'The workload is admitted',
);
const PREEMPTED = condition(
  'Evicted',
  'True',
  'Preempted',
  'Preempted to accommodate a workload (UID: 1, JobUID: 2) due to prioritization in the ClusterQueue; preemptor path: /gpu; preemptee path: /gpu',
  '2025-12-01T13:00:00Z',
);
const TIMED_OUT = condition(
  'Evicted',
  'True',
  'PodsReadyTimeout',
  'Exceeded the PodsReady timeout training/rayjob-train-20251201-120000-7a1f2',
  '2025-12-01T13:00:00Z',
);
const admission = { clusterQueue: 'gpu' };

const STAGES: [string, KueueWorkload, QueueStage][] = [
  ['new, and not tried yet', aWorkload(), 'waiting'],
  [
    'not fitting',
    aWorkload({ status: { conditions: [NOT_RESERVED] } }),
    'waiting',
  ],
  [
    'with its quota and a check to pass',
    aWorkload({
      status: {
        conditions: [RESERVED],
        admission,
        admissionChecks: [{ name: 'provision', state: 'Pending', message: '' }],
      },
    }),
    'reserved',
  ],
  [
    'admitted',
    aWorkload({ status: { conditions: [RESERVED, ADMITTED], admission } }),
    'admitted',
  ],
  [
    'preempted, and still with its pods',
    aWorkload({
      status: { conditions: [RESERVED, ADMITTED, PREEMPTED], admission },
    }),
    'evicting',
  ],
  [
    'preempted, and back in its queue',
    aWorkload({
      status: {
        conditions: [
          condition(
            'QuotaReserved',
            'False',
            'Pending',
            PREEMPTED.message ?? '',
          ),
          PREEMPTED,
          condition('Requeued', 'True', 'Preempted', PREEMPTED.message ?? ''),
        ],
      },
    }),
    'waiting',
  ],
  [
    'timed out, and not to be tried yet',
    aWorkload({
      status: {
        conditions: [
          NOT_RESERVED,
          TIMED_OUT,
          condition('Requeued', 'False', 'PodsReadyTimeout', ''),
        ],
        requeueState: { count: 1, requeueAt: '2025-12-01T13:01:00Z' },
      },
    }),
    'held',
  ],
  [
    'timed out, and its wait is over',
    aWorkload({
      status: {
        conditions: [
          NOT_RESERVED,
          TIMED_OUT,
          condition('Requeued', 'True', 'BackoffFinished', ''),
        ],
        requeueState: { count: 1 },
      },
    }),
    'waiting',
  ],
  [
    'of a cluster queue that was stopped',
    aWorkload({
      status: {
        conditions: [
          NOT_RESERVED,
          condition('Evicted', 'True', 'ClusterQueueStopped', ''),
          condition('Requeued', 'False', 'ClusterQueueStopped', ''),
        ],
      },
    }),
    'held',
  ],
  [
    'behind a gate',
    aWorkload({
      metadata: {
        annotations: {
          'kueue.x-k8s.io/admission-gated-by': 'example.com/data',
        },
      },
    }),
    'held',
  ],
  [
    'on hold',
    aWorkload({
      status: {
        conditions: [condition('QuotaReserved', 'False', 'OnHold', '')],
      },
    }),
    'held',
  ],
  ['deactivated', aWorkload({ spec: { active: false } }), 'deactivated'],
  [
    'finished',
    aWorkload({
      status: {
        conditions: [
          RESERVED,
          ADMITTED,
          condition('Finished', 'True', 'Succeeded', ''),
        ],
        admission,
      },
    }),
    'finished',
  ],
];

describe('queueEntry', () => {
  it.each(STAGES)('knows a Workload that is %s', (_, workload, stage) => {
    expect(queueEntry(workload).stage).toBe(stage);
  });

  it('belongs to the RayJob that owns it', () => {
    expect(queueEntry(aWorkload()).job).toEqual({
      name: 'train-20251201-120000',
      uid: 'c0a5a5f2-6f2f-4b8e-8f5a-1c4a9f0d7e21',
    });
  });

  it('belongs to no RayJob when a batch Job owns it', () => {
    const ownerReferences = [
      { apiVersion: 'batch/v1', kind: 'Job', name: 'sweep', uid: '1' },
    ];
    expect(
      queueEntry(aWorkload({ metadata: { ownerReferences } })).job,
    ).toBeUndefined();
  });

  it('keeps what Kueue said last, and nothing of a Workload that has its quota', () => {
    expect(
      queueEntry(aWorkload({ status: { conditions: [NOT_RESERVED] } })).note,
    ).toEqual({ reason: 'WaitingForQuota', message: NOT_RESERVED.message });
    expect(
      queueEntry(aWorkload({ status: { conditions: [RESERVED], admission } }))
        .note,
    ).toBeUndefined();
  });
});

describe('compareQueueEntries', () => {
  const at = (name: string, creationTimestamp: string, priority = 0) =>
    queueEntry(
      aWorkload({
        metadata: { name, uid: name, creationTimestamp },
        spec: { queueName: 'training-queue', priority },
      }),
    );
  const order = (...entries: ReturnType<typeof at>[]) =>
    entries.sort(compareQueueEntries).map(({ name }) => name);

  it('puts the higher priority first, then what came earlier, then by UID', () => {
    expect(
      order(
        at('late', '2025-12-01T12:05:00Z'),
        at('b', '2025-12-01T12:00:00Z'),
        at('urgent', '2025-12-01T12:09:00Z', 100),
        at('a', '2025-12-01T12:00:00Z'),
      ),
    ).toEqual(['urgent', 'a', 'b', 'late']);
  });

  it('adds the priority boost', () => {
    const boosted = queueEntry(
      aWorkload({
        metadata: {
          name: 'boosted',
          creationTimestamp: '2025-12-01T12:30:00Z',
          annotations: { 'kueue.x-k8s.io/priority-boost': '5' },
        },
      }),
    );
    expect(order(at('first', '2025-12-01T12:00:00Z'), boosted)).toEqual([
      'boosted',
      'first',
    ]);
  });

  it.each<[string, string[]]>([
    ['PodsReadyTimeout', ['other', 'evicted']],
    ['AdmissionCheck', ['other', 'evicted']],
    ['Preempted', ['evicted', 'other']],
  ])('queues what was evicted by %s in its place', (reason, expected) => {
    const evicted = queueEntry(
      aWorkload({
        metadata: {
          name: 'evicted',
          creationTimestamp: '2025-12-01T11:00:00Z',
        },
        status: {
          conditions: [
            condition('Evicted', 'True', reason, '', '2025-12-01T13:00:00Z'),
            condition('QuotaReserved', 'False', 'Pending', ''),
          ],
        },
      }),
    );
    expect(order(evicted, at('other', '2025-12-01T12:00:00Z'))).toEqual(
      expected,
    );
  });
});

describe('currentQueueEntry', () => {
  it('is the newest Workload that is not done', () => {
    const finished = queueEntry(
      aWorkload({
        metadata: { name: 'old' },
        status: {
          conditions: [
            condition('Finished', 'True', 'WorkloadSliceReplaced', ''),
          ],
        },
      }),
    );
    const next = queueEntry(
      aWorkload({
        metadata: { name: 'new', creationTimestamp: '2025-12-01T12:10:00Z' },
      }),
    );
    expect(currentQueueEntry([next, finished])?.name).toBe('new');
    expect(currentQueueEntry([finished])).toBeUndefined();
  });
});
