import type { Pod, Job } from '@ml-platform/embedded-controller-runtime';
import { TRACKING_FINALIZER } from './jobObjects';
import { planJob } from './jobPlan';

const NOW = Date.parse('2026-01-01T00:01:00Z');

const job = (
  spec: Partial<Job['spec']> = {},
  status: Job['status'] = {},
): Job => ({
  metadata: { name: 'j', uid: 'j', resourceVersion: '1' },
  spec: { completions: 1, template: { spec: { containers: [] } }, ...spec },
  status,
});
const pod = (
  uid: string,
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed',
  changes: { counted?: boolean; finishedAt?: string; deleted?: boolean } = {},
): Pod => ({
  metadata: {
    name: uid,
    uid,
    resourceVersion: '1',
    finalizers: changes.counted ? [] : [TRACKING_FINALIZER],
    ...(changes.deleted ? { deletionTimestamp: 'now' } : {}),
  },
  spec: { containers: [] },
  status: {
    phase,
    containerStatuses: changes.finishedAt
      ? [
          {
            name: 'c',
            ready: false,
            restartCount: 0,
            image: '',
            imageID: '',
            state: {
              terminated: {
                exitCode: 1,
                reason: 'Error',
                finishedAt: changes.finishedAt,
              },
            },
          },
        ]
      : [],
  },
});
const outcome = (of: Job, pods: Pod[]) => planJob(of, pods, NOW).outcome;

describe('planJob', () => {
  it.each<[string, Job, Pod[], object]>([
    [
      'begins with a pod',
      job(),
      [],
      { kind: 'goes on', create: 1, afterMs: 0 },
    ],
    ['waits for its pod', job(), [pod('a', 'Running')], { create: 0 }],
    [
      'replaces a pod that is going',
      job(),
      [pod('a', 'Running', { deleted: true })],
      { create: 1 },
    ],
    ['is complete', job(), [pod('a', 'Succeeded')], { kind: 'complete' }],
    [
      'is complete by its counts',
      job({}, { succeeded: 1 }),
      [],
      { kind: 'complete' },
    ],
    [
      'makes as many as it may at a time',
      job({ completions: 5, parallelism: 2 }),
      [pod('a', 'Succeeded')],
      { create: 2 },
    ],
    [
      'makes no more than it needs',
      job({ completions: 3, parallelism: 3 }, { succeeded: 2 }),
      [],
      { create: 1 },
    ],
    [
      'tries again after 10 s',
      job({ backoffLimit: 2 }),
      [pod('a', 'Failed', { finishedAt: '2026-01-01T00:00:57Z' })],
      { create: 1, afterMs: 7000 },
    ],
    [
      'then after 20 s',
      job({ backoffLimit: 2 }, { failed: 1 }),
      [pod('b', 'Failed', { finishedAt: '2026-01-01T00:00:57Z' })],
      { create: 1, afterMs: 17000 },
    ],
    [
      'fails at its limit',
      job({ backoffLimit: 0 }),
      [pod('a', 'Failed')],
      { kind: 'failed', failure: { reason: 'BackoffLimitExceeded' } },
    ],
    [
      'fails at its deadline',
      job({ activeDeadlineSeconds: 60 }, { startTime: '2026-01-01T00:00:00Z' }),
      [pod('a', 'Running')],
      { kind: 'failed', failure: { reason: 'DeadlineExceeded' } },
    ],
    ['pauses', job({ suspend: true }), [], { create: 0 }],
  ])('%s', (_, of, pods, expected) => {
    expect(outcome(of, pods)).toMatchObject(expected);
  });

  it('counts a pod once: before, while and after its finalizer goes', () => {
    const named = { uncountedTerminatedPods: { failed: ['a'] } };
    for (const [status, pods] of [
      [{}, [pod('a', 'Failed')]],
      [named, [pod('a', 'Failed')]],
      [named, [pod('a', 'Failed', { counted: true })]],
      [{ failed: 1 }, [pod('a', 'Failed', { counted: true })]],
    ] as const) {
      expect(planJob(job({}, status), pods, NOW).failed).toBe(1);
    }
  });
});
