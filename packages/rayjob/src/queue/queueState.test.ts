import { jobState } from '../state/jobState';
import type { RayJob } from '../objects/kubernetes';
import { queueEntry } from './queueEntry';
import { jobQueue, type QueueFacts } from './queueState';
import { aWorkload, condition } from '../__testUtils__/kueueWorkloads';

const job: RayJob = {
  metadata: {
    name: 'train-20251201-120000',
    namespace: 'training',
    labels: { 'kueue.x-k8s.io/queue-name': 'training-queue' },
  },
  spec: { suspend: true },
  status: { jobDeploymentStatus: 'Suspended' },
};
const PRESENT: QueueFacts = {
  kueue: 'present',
  localQueue: 'open',
  clusterQueue: 'gpu',
};
const waitingForGpus = condition(
  'QuotaReserved',
  'False',
  'WaitingForQuota',
  "couldn't assign flavors to pod set workers: insufficient unused quota for nvidia.com/gpu in flavor a100, 8 more needed",
);
const reserved = condition(
  'QuotaReserved',
  'True',
  'QuotaReserved',
  'Quota reserved in ClusterQueue gpu',
);
const preempted = condition(
  'Evicted',
  'True',
  'Preempted',
  'Preempted to accommodate a workload (UID: 1, JobUID: 2) due to prioritization in the ClusterQueue; preemptor path: /gpu; preemptee path: /gpu',
);
const admission = { clusterQueue: 'gpu' };

function facts(
  workload: Parameters<typeof aWorkload>[0],
  change: Partial<QueueFacts> = {},
): QueueFacts {
  return { ...PRESENT, ...change, entry: queueEntry(aWorkload(workload)) };
}

describe('state of a suspended job in a queue', () => {
  it.each<[string, QueueFacts, string, string]>([
    [
      'knows of no Kueue',
      { kueue: 'unknown' },
      'queued Queued',
      'Waits in the queue training-queue',
    ],
    [
      'is on a cluster without Kueue',
      { kueue: 'absent' },
      'queued KueueNotInstalled',
      'Waits in the queue training-queue, but Kueue is not installed on this cluster: nothing starts the job',
    ],
    [
      'has no Workload yet',
      PRESENT,
      'queued Queued',
      'Waits in the queue training-queue; Kueue has not taken the job up yet',
    ],
    [
      'names a queue that does not exist',
      { kueue: 'present', localQueue: 'missing' },
      'queued QueueNotFound',
      'There is no queue training-queue in this namespace: create a LocalQueue of that name, or start a run with the label of another',
    ],
    [
      'names a queue that is stopped',
      facts({}, { localQueue: 'stopped' }),
      'queued QueueStopped',
      'The queue training-queue (cluster queue gpu) is stopped: it admits nothing until its stopPolicy is None again',
    ],
    [
      'waits, and was not tried yet',
      facts({}, { position: 2 }),
      'queued Queued',
      'Position 2 in training-queue (cluster queue gpu)',
    ],
    [
      'waits for quota',
      facts({ status: { conditions: [waitingForGpus] } }, { position: 3 }),
      'queued Queued',
      'Position 3 in training-queue (cluster queue gpu): waits for 8 more nvidia.com/gpu (flavor a100)',
    ],
    [
      'waits where the position is not known',
      facts({ status: { conditions: [waitingForGpus] } }),
      'queued Queued',
      'Waits in training-queue (cluster queue gpu): waits for 8 more nvidia.com/gpu (flavor a100)',
    ],
    [
      'asks for what can never be',
      facts(
        {
          status: {
            conditions: [
              condition(
                'QuotaReserved',
                'False',
                'ExceedsMaxQuota',
                "couldn't assign flavors to pod set workers: insufficient quota for nvidia.com/gpu in flavor a100, previously considered podsets requests (0) + current podset request (16) > maximum capacity (8)",
              ),
            ],
          },
        },
        { position: 1 },
      ),
      'queued ExceedsMaxQuota',
      'Position 1 in training-queue (cluster queue gpu): asks for 16 nvidia.com/gpu, and flavor a100 can never give more than 8: ask for less, or use another queue',
    ],
    [
      'was preempted this moment',
      facts({
        status: { conditions: [reserved, preempted], admission },
      }),
      'queued Preempted',
      'Preempted for another job (prioritization in the ClusterQueue)',
    ],
    [
      'was preempted and waits again',
      facts(
        {
          status: {
            conditions: [
              condition(
                'QuotaReserved',
                'False',
                'Pending',
                preempted.message ?? '',
              ),
              preempted,
            ],
          },
        },
        { position: 4 },
      ),
      'queued Preempted',
      'Preempted for another job (prioritization in the ClusterQueue). Position 4 in training-queue (cluster queue gpu)',
    ],
    [
      'waits for its next try',
      facts({
        status: {
          conditions: [
            waitingForGpus,
            condition(
              'Evicted',
              'True',
              'PodsReadyTimeout',
              'Exceeded the PodsReady timeout training/x',
            ),
            condition('Requeued', 'False', 'PodsReadyTimeout', ''),
          ],
          requeueState: { count: 1, requeueAt: '2025-12-01T13:01:00Z' },
        },
      }),
      'queued PodsReadyTimeout',
      'Sent back, as its pods were not ready in time (Exceeded the PodsReady timeout training/x). Kueue tries it again after 2025-12-01T13:01:00Z',
    ],
    [
      'was deactivated',
      facts({
        spec: { active: false, queueName: 'training-queue' },
        status: {
          conditions: [
            condition(
              'Evicted',
              'True',
              'DeactivatedDueToRequeuingLimitExceeded',
              'The workload is deactivated due to exceeding the maximum number of re-queuing retries',
            ),
          ],
        },
      }),
      'suspended Deactivated',
      'Deactivated in Kueue due to exceeding the maximum number of re-queuing retries. It runs once spec.active of the Workload rayjob-train-20251201-120000-7a1f2 is true again, or as a new run',
    ],
    [
      'waits for an admission check',
      facts({
        status: {
          conditions: [reserved],
          admission,
          admissionChecks: [
            { name: 'budget', state: 'Ready', message: 'fine' },
            {
              name: 'provision',
              state: 'Pending',
              message: 'asked for 2 nodes',
            },
          ],
        },
      }),
      'queued AdmissionChecks',
      'Has its quota in gpu and waits for the admission check provision (asked for 2 nodes)',
    ],
    [
      'is admitted and about to start',
      facts({
        status: {
          conditions: [reserved, condition('Admitted', 'True', 'Admitted', '')],
          admission,
        },
      }),
      'queued Admitted',
      'Admitted to gpu; KubeRay starts it now',
    ],
  ])('%s', (_, queue, state, message) => {
    const result = jobState(job, [], queue);
    expect(`${result.state} ${result.reason}`).toBe(state);
    expect(result.message).toBe(message);
  });

  it('is queued by its Workload alone, where Kueue manages jobs without a label', () => {
    const unlabelled = {
      ...job,
      metadata: { name: 'x', namespace: 'training' },
    };
    expect(jobState(unlabelled, [], facts({}, { position: 1 })).state).toBe(
      'queued',
    );
    expect(jobState(unlabelled, [], PRESENT).state).toBe('suspended');
  });

  it('says how a job without any queue gets one', () => {
    const unlabelled = {
      ...job,
      metadata: { name: 'x', namespace: 'training' },
    };
    const nowhere = facts({ spec: { queueName: '' } });
    expect(jobState(unlabelled, [], nowhere)).toMatchObject({
      state: 'queued',
      reason: 'QueueMissing',
      message: expect.stringContaining('kueue.x-k8s.io/queue-name'),
    });
  });

  it('goes on as usual once the job is let go', () => {
    const running: RayJob = {
      ...job,
      spec: { suspend: false },
      status: { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' },
    };
    const admitted = facts({
      status: {
        conditions: [reserved, condition('Admitted', 'True', 'Admitted', '')],
        admission,
      },
    });
    expect(jobState(running, [], admitted)).toEqual({
      state: 'running',
      message: undefined,
    });
  });
});

describe('jobQueue', () => {
  it('has a position only while the job waits in an open queue', () => {
    const place = { position: 3 };
    expect(jobQueue('training-queue', facts({}, place))).toEqual({
      name: 'training-queue',
      clusterQueue: 'gpu',
      position: 3,
    });
    expect(
      jobQueue('training-queue', facts({}, { ...place, localQueue: 'stopped' }))
        ?.position,
    ).toBeUndefined();
    expect(
      jobQueue(
        'training-queue',
        facts({ status: { conditions: [reserved], admission } }, place),
      )?.position,
    ).toBeUndefined();
  });

  it('is absent for a job that is in no queue', () => {
    expect(jobQueue(undefined, { kueue: 'present' })).toBeUndefined();
  });
});
