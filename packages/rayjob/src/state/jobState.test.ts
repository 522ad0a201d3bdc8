import { jobState } from './jobState';
import type { Pod, RayJob } from '../objects/kubernetes';
import { recordedMoments } from '../recordings/recordedMoments';

/** State and reason as they changed over a recording. */
function story(scenario: string): string[] {
  const told: string[] = [];
  for (const { job, pods } of recordedMoments(scenario)) {
    const { state, reason } = jobState(job, pods);
    const line = reason ? `${state} ${reason}` : state;
    if (line !== told[told.length - 1]) {
      told.push(line);
    }
  }
  return told;
}

const STARTING = [
  'pending Created',
  'pending Initializing',
  'pending Submitting',
];

describe('jobState over recordings of the KubeRay operator', () => {
  it.each<[string, string[]]>([
    ['success', [...STARTING, 'running', 'running Finishing', 'succeeded']],
    [
      'failure',
      [...STARTING, 'running', 'running Finishing', 'failed AppFailed'],
    ],
    [
      'exception',
      [...STARTING, 'running', 'running Finishing', 'failed AppFailed'],
    ],
    [
      'stopped',
      [...STARTING, 'running', 'running Finishing', 'stopped Stopped'],
    ],
    ['deadline', [...STARTING, 'running', 'failed DeadlineExceeded']],
    ['deleted', [...STARTING, 'running']],
    ['http-mode', [...STARTING, 'running', 'succeeded']],
    ['sidecar-mode', [...STARTING, 'running Finishing', 'succeeded']],
    [
      'retry',
      [
        ...STARTING,
        'running Finishing',
        'retrying AppFailed',
        'retrying Retrying',
        'pending Initializing',
        'pending Submitting',
        'running Finishing',
        'failed AppFailed',
      ],
    ],
    [
      'image-pull',
      [
        'pending Created',
        'pending Initializing',
        'pending ErrImagePull',
        'pending ImagePullBackOff',
        'pending ErrImagePull',
        'pending ImagePullBackOff',
        'pending ErrImagePull',
      ],
    ],
    ['invalid', ['suspended Suspended', 'failed ValidationFailed']],
    [
      'existing-cluster',
      [...STARTING, 'running', 'running Finishing', 'succeeded'],
    ],
    [
      'finished-deleted',
      [...STARTING, 'running', 'running Finishing', 'succeeded'],
    ],
    ['lost-worker', [...STARTING, 'running', 'running Finishing', 'succeeded']],
    [
      'lost-head',
      [
        ...STARTING,
        'running',
        'running RayUnreachable',
        'pending Submitting',
        'running',
        'running Finishing',
        'succeeded',
      ],
    ],
    [
      'lost-head-failed',
      [...STARTING, 'running', 'running RayUnreachable', 'failed AppFailed'],
    ],
    [
      'suspend-resume',
      [
        ...STARTING,
        'running',
        'suspended Suspended',
        ...STARTING,
        'running',
        'running Finishing',
        'succeeded',
      ],
    ],
    [
      'http-retry',
      [
        ...STARTING,
        'running',
        'retrying AppFailed',
        'retrying Retrying',
        'pending Initializing',
        'pending Submitting',
        'running',
        'failed AppFailed',
      ],
    ],
    [
      'unschedulable',
      ['pending Created', 'pending Initializing', 'pending Unschedulable'],
    ],
  ])('tells the story of %s', (scenario, expected) => {
    expect(story(scenario)).toEqual(expected);
  });

  it.each<[string, RegExp]>([
    [
      'exception',
      /^Job entrypoint command failed with exit code 1: ValueError: bad boundary$/,
    ],
    [
      'deadline',
      /passed the activeDeadlineSeconds.*Ray still reports the entrypoint as running/,
    ],
    [
      'image-pull',
      /^The image localhost:5000\/missing:1 of \S+ can't be pulled/,
    ],
    ['unschedulable', /^No node has room for \S+: 0\/1 nodes are available/],
    ['invalid', /not allowed to be suspended/],
    ['http-retry', /^Job entrypoint command failed with exit code 3: line 9$/],
    [
      'lost-head-failed',
      /^Submitter completed but Ray job not found in RayCluster\.$/,
    ],
  ])('says in one sentence why %s ended as it did', (scenario, expected) => {
    const last = recordedMoments(scenario).pop();
    const message = last && jobState(last.job, last.pods).message;
    expect(message).toMatch(expected);
    expect(message?.length).toBeLessThanOrEqual(420);
    expect(message).not.toContain('\n');
  });
});

it('says what keeps KubeRay from knowing how a job does whose head is lost', () => {
  const lost = recordedMoments('lost-head').find(
    ({ job }) => job.status?.jobStatus === 'Failure',
  );
  expect(lost && jobState(lost.job, lost.pods)).toEqual({
    state: 'running',
    reason: 'RayUnreachable',
    message:
      'KubeRay can\'t learn from Ray how the entrypoint does: no endpoints available for service "lost-head-d6tps-head-svc"',
  });
});

describe('jobState', () => {
  const job = (
    status: RayJob['status'],
    more: Partial<RayJob> = {},
  ): RayJob => ({ metadata: { name: 'j' }, status, ...more });

  const pod = (status: Pod['status']): Pod => ({
    metadata: { name: 'p' },
    status,
  });

  it('names the pod that was out of memory, without hiding the failure', () => {
    const killed = pod({
      containerStatuses: [
        {
          name: 'ray-worker',
          state: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
        },
      ],
    });
    expect(
      jobState(
        job({
          jobDeploymentStatus: 'Failed',
          jobStatus: 'FAILED',
          reason: 'AppFailed',
        }),
        [killed],
      ),
    ).toEqual({
      state: 'failed',
      reason: 'AppFailed',
      message:
        'Container ray-worker of p was killed because it was out of memory; ask for more memory',
    });
    expect(
      jobState(job({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }), [
        killed,
      ]),
    ).toMatchObject({ state: 'running', reason: 'OOMKilled' });
  });

  it('calls a suspended job queued when Kueue has it', () => {
    const queued = job(
      { jobDeploymentStatus: 'Suspended' },
      {
        metadata: { name: 'j', labels: { 'kueue.x-k8s.io/queue-name': 'gpu' } },
      },
    );
    expect(jobState(queued)).toMatchObject({
      state: 'queued',
      message: 'Waits in the queue gpu',
    });
  });

  it.each(['Suspending', 'Suspended'])('calls %s suspended', status => {
    expect(jobState(job({ jobDeploymentStatus: status })).state).toBe(
      'suspended',
    );
  });

  it('ignores pods that are being deleted', () => {
    const leaving: Pod = {
      metadata: { name: 'p', deletionTimestamp: '2026-11-23T21:06:21Z' },
      status: {
        containerStatuses: [
          { name: 'c', state: { waiting: { reason: 'ImagePullBackOff' } } },
        ],
      },
    };
    expect(
      jobState(job({ jobDeploymentStatus: 'Initializing' }), [leaving]).reason,
    ).toBe('Initializing');
  });

  it('does not guess at a status it does not know', () => {
    expect(jobState(job({ jobDeploymentStatus: 'Dreaming' }))).toEqual({
      state: 'unknown',
      reason: 'Dreaming',
      message: 'This portal does not know the status Dreaming',
    });
    expect(
      jobState(job({ jobDeploymentStatus: 'Complete', jobStatus: '' })).state,
    ).toBe('unknown');
  });
});
