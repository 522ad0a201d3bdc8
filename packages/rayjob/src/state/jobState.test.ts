import { compactJob } from './compactJob';
import { jobState } from './jobState';
import { afterCause, keepCause } from './keepCause';
import { stopMark } from './stopMark';
import { jobSummary } from '../summary/jobSummary';
import type {
  ContainerStatus,
  Pod,
  RayClusterStatus,
  RayJob,
} from '../objects/kubernetes';
import { moments } from '../__testUtils__/moments';
import { furtherScenarios, scenarios } from '@ml-platform/recordings';

/** State and reason as they changed over a recording. */
function story(scenario: string): string[] {
  const told: string[] = [];
  for (const { job, pods } of moments(scenario)) {
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
      [
        'pending Created',
        'pending WaitingForRayCluster',
        ...STARTING.slice(1),
        'running',
        'running Finishing',
        'succeeded',
      ],
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
      /^The image localhost:5000\/missing:1 of \S+ and 1 more pod can't be pulled: the registry has no such image/,
    ],
    [
      'unschedulable',
      /^No node has room for \S+: the only node has too little CPU free; each pod asks for 64 CPU$/,
    ],
    ['invalid', /not allowed to be suspended/],
    ['http-retry', /^Job entrypoint command failed with exit code 3$/],
    [
      'lost-head-failed',
      /^Submitter completed but Ray job not found in RayCluster\.$/,
    ],
  ])('says in one sentence why %s ended as it did', (scenario, expected) => {
    const last = moments(scenario).pop();
    const message = last && jobState(last.job, last.pods).message;
    expect(message).toMatch(expected);
    expect(message?.length).toBeLessThanOrEqual(420);
    expect(message).not.toContain('\n');
  });
});

it('says what keeps KubeRay from knowing how a job does whose head is lost', () => {
  const lost = moments('lost-head').find(
    ({ job }) => job.status?.jobStatus === 'Failure',
  );
  expect(lost && jobState(lost.job, lost.pods)).toEqual({
    state: 'running',
    reason: 'RayUnreachable',
    message:
      'KubeRay can\'t reach the head of the Ray cluster: no endpoints available for service "lost-head-d6tps-head-svc"',
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

  it('names the pod that was out of memory', () => {
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
      reason: 'OOMKilled',
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

  describe('of a job that the platform suspended to stop it', () => {
    const startTime = '2026-11-23T21:06:21Z';
    const marked = (
      status: RayJob['status'],
      { now = '2026-11-23T21:07:00.000Z', suspend = true } = {},
    ) =>
      job(status, {
        metadata: { name: 'j', ...stopMark(job({ startTime }), new Date(now)) },
        spec: { suspend },
      });
    const suspended = { jobDeploymentStatus: 'Suspended', startTime };

    it.each(['Suspending', 'Suspended'])('is stopped when %s', word => {
      const stopped = marked({ ...suspended, jobDeploymentStatus: word });
      expect(jobState(stopped)).toEqual({
        state: 'stopped',
        reason: 'Stopped',
        message: 'Stopped while Ray was not running it; to train, run it again',
      });
      expect(jobState(compactJob(stopped))).toEqual(jobState(stopped));
      expect(jobSummary('c', stopped).endedAt).toBe('2026-11-23T21:07:00.000Z');
    });

    it('is stopped though the clock of the operator is ahead', () => {
      const early = marked(suspended, { now: '2026-11-23T21:05:00Z' });
      expect(jobState(early).state).toBe('stopped');
    });

    it('is not once it was resumed, or when Kueue has it again', () => {
      const { metadata } = marked(suspended);
      const labels = { 'kueue.x-k8s.io/queue-name': 'gpu' };
      expect(
        [
          marked({ ...suspended, startTime: '2026-11-23T21:08:00Z' }),
          marked(suspended, { suspend: false }),
          marked({ ...suspended, jobDeploymentStatus: 'Initializing' }),
        ].map(one => jobState(one).state),
      ).toEqual(['suspended', 'suspended', 'pending']);
      const inQueue = {
        ...marked(suspended),
        metadata: { ...metadata, labels },
      };
      const known = (kueue: 'unknown' | 'present') =>
        jobState(inQueue, [], { kueue }).state;
      expect(known('unknown')).toBe('stopped');
      expect(known('present')).toBe('queued');
    });
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

  const detail = 'from an operator of 2023';

  it.each<[string, string, string, string]>([
    ['WaitForDashboard', '', 'pending', 'no address yet'],
    ['WaitForDashboardReady', '', 'pending', 'dashboard is starting'],
    ['WaitForK8sJob', '', 'pending', 'The submitter is starting'],
    ['FailedToGetJobStatus', '', 'pending', "couldn't ask Ray"],
    [
      'FailedToGetJobStatus',
      'RUNNING',
      'running',
      'reported the entrypoint as running',
    ],
    [
      'FailedToGetOrCreateRayCluster',
      '',
      'failed',
      "couldn't create the Ray cluster",
    ],
    ['FailedJobDeploy', '', 'failed', "couldn't submit the job"],
    ['Dreaming', '', 'unknown', 'does not know yet'],
    ['Dreaming', 'RUNNING', 'running', 'reported the entrypoint as running'],
    ['Dreaming', 'SUCCEEDED', 'unknown', 'the status SUCCEEDED'],
  ])('knows what %s %s means', (word, jobStatus, state, text) => {
    const result = jobState(
      job({ jobDeploymentStatus: word, jobStatus, message: detail }),
    );
    expect(result.state).toBe(state);
    expect(result.message).toContain(text);
    expect(result.message).toContain(`(${word}: ${detail})`);
  });

  it('says what it knows of a job that ended in a way it does not know', () => {
    expect(
      jobState(job({ jobDeploymentStatus: 'Complete', jobStatus: '' })),
    ).toMatchObject({
      state: 'unknown',
      message:
        'KubeRay calls the job complete, but Ray reports nothing about its entrypoint',
    });
  });

  it.each([
    ['kueue.x-k8s.io/multikueue', 'MultiKueue manages this job'],
    ['example.com/own', 'example.com/own manages this job, not KubeRay'],
  ])('says that %s manages the job', (managedBy, message) => {
    const managed = { spec: { managedBy } };
    expect(jobState(job(undefined, managed))).toMatchObject({
      state: 'pending',
      message: expect.stringContaining(message),
    });
    expect(
      jobState(
        job({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' }, managed),
      ).state,
    ).toBe('running');
    expect(
      jobState(
        job(undefined, { spec: { managedBy: 'ray.io/kuberay-operator' } }),
      ).reason,
    ).toBe('Created');
  });

  it('does not say for ever that a cluster starts which is not there', () => {
    const selecting = (rayClusterStatus?: RayClusterStatus) =>
      job(
        { jobDeploymentStatus: 'Initializing', rayClusterStatus },
        { spec: { clusterSelector: { 'ray.io/cluster': 'gone' } } },
      );
    expect(jobState(selecting({}))).toMatchObject({
      state: 'pending',
      reason: 'WaitingForRayCluster',
      message: expect.stringContaining('gone'),
    });
    expect(jobState(selecting({ state: 'suspended' })).reason).toBe(
      'Initializing',
    );
  });

  it('says that a submitter beside the head ended too early', () => {
    const head: Pod = {
      metadata: { name: 'head', labels: { 'ray.io/node-type': 'head' } },
      spec: {
        containers: [{ name: 'ray-head' }, { name: 'ray-job-submitter' }],
      },
      status: {
        containerStatuses: [
          {
            name: 'ray-job-submitter',
            state: { terminated: { exitCode: 1, reason: 'Error' } },
          },
        ],
      },
    };
    expect(
      jobState(
        job(
          { jobDeploymentStatus: 'Initializing' },
          { spec: { submissionMode: 'SidecarMode' } },
        ),
        [head],
      ),
    ).toMatchObject({
      state: 'pending',
      reason: 'SubmitterEnded',
      message: expect.stringContaining(
        'The submitter in head ended with exit code 1 before the Ray cluster was ready',
      ),
    });
  });

  const crashed = { terminated: { exitCode: 127, reason: 'Error' } };
  const head = (status: Partial<ContainerStatus>) => ({
    ...pod({ containerStatuses: [{ name: 'ray-head', ...status }] }),
    metadata: { name: 'p', labels: { 'ray.io/node-type': 'head' } },
  });

  it.each<[string, Partial<ContainerStatus>]>([
    [
      'waits',
      {
        restartCount: 2,
        state: {
          waiting: { reason: 'CrashLoopBackOff', message: 'back-off 20s' },
        },
        lastState: crashed,
      },
    ],
    ['ended', { restartCount: 2, state: crashed, lastState: crashed }],
    [
      'runs once more',
      { restartCount: 2, state: { running: {} }, lastState: crashed },
    ],
  ])('says the same of a container that crashes while it %s', (_, status) => {
    expect(
      jobState(job({ jobDeploymentStatus: 'Initializing' }), [head(status)]),
    ).toEqual({
      state: 'pending',
      reason: 'CrashLoopBackOff',
      message:
        'Container ray-head of p ended with exit code 127 (the command was not found); it was started again 2 times',
    });
  });

  it('lets a container be that was started again and is well', () => {
    const well = { restartCount: 1, ready: true, state: { running: {} } };
    expect(
      jobState(job({ jobDeploymentStatus: 'Initializing' }), [
        head({ ...well, lastState: crashed }),
      ]).reason,
    ).toBe('Initializing');
  });

  it('looks only at the last of several submitters', () => {
    const submitter = (creationTimestamp: string, exitCode: number): Pod => ({
      metadata: { name: creationTimestamp, creationTimestamp },
      status: {
        containerStatuses: [{ name: 'c', state: { terminated: { exitCode } } }],
      },
    });
    const status = { jobDeploymentStatus: 'Running' };
    const first = submitter('2026-01-01T00:00:00Z', 1);
    expect(jobState(job(status), [first]).reason).toBe('ContainerFailed');
    expect(
      jobState(job(status), [first, submitter('2026-01-01T00:00:09Z', 0)])
        .reason,
    ).toBe('Submitting');
  });

  it('puts the cause before what KubeRay says in general', () => {
    const missing = head({
      image: 'ray:0',
      state: { waiting: { reason: 'ErrImagePull', message: 'not found' } },
    });
    expect(
      jobState(
        job({
          jobDeploymentStatus: 'Failed',
          reason: 'DeadlineExceeded',
          message: 'The RayJob has passed the activeDeadlineSeconds.',
        }),
        [missing],
      ),
    ).toEqual({
      state: 'failed',
      reason: 'ErrImagePull',
      message:
        "The image ray:0 of p can't be pulled: not found. The RayJob has passed the activeDeadlineSeconds.",
    });
    expect(
      jobState(
        job({
          jobDeploymentStatus: 'Failed',
          jobStatus: 'FAILED',
          message:
            'Failed with exit code 1, last available logs:\nValueError: x',
        }),
        [missing],
      ).message,
    ).toMatch(/^Failed with exit code 1: ValueError: x. The image ray:0 /);
  });

  it.each([...scenarios, ...furtherScenarios])(
    'follows from what is kept of %s',
    scenario => {
      for (const { job: full, pods } of moments(scenario)) {
        expect(jobState(compactJob(full), pods)).toEqual(jobState(full, pods));
      }
    },
  );
});

describe('keepCause', () => {
  const failed = {
    state: 'failed',
    reason: 'DeadlineExceeded',
    message: 'Too late.',
    attempt: 1,
  } as const;
  const before = {
    state: 'pending',
    reason: 'ImagePullBackOff',
    message: 'No such image',
    attempt: 1,
  } as const;

  it('keeps what was known of the pods first, once they are gone', () => {
    const kept = keepCause(failed, before);
    expect(kept).toEqual({
      ...failed,
      reason: 'ImagePullBackOff',
      message: 'No such image. Too late.',
    });
    expect(keepCause(failed, kept)).toEqual(kept);
    expect(keepCause(kept, before)).toEqual(kept);
  });

  it('keeps which Ray cluster was never found', () => {
    const { state, reason, message } = jobState({
      metadata: { name: 'job' },
      spec: { clusterSelector: { 'ray.io/cluster': 'nowhere' } },
      status: { jobDeploymentStatus: 'Initializing' },
    });
    const kept = keepCause(failed, { state, reason, message, attempt: 1 });
    expect(kept.message).toBe(`${message}. Too late.`);
  });

  it('keeps it for an attempt that is followed by another', () => {
    expect(keepCause({ ...failed, state: 'retrying' }, before).message).toBe(
      'No such image. Too late.',
    );
  });

  it('keeps it for a job that is stopped, or suspended and then deleted', () => {
    const stopped = {
      state: 'stopped',
      reason: 'Stopped',
      message: 'Stopped',
      attempt: 1,
    } as const;
    const suspended = {
      state: 'suspended',
      reason: 'Suspended',
      message: 'Suspended; it starts when spec.suspend is set to false',
      attempt: 1,
    } as const;
    const kept = keepCause(suspended, before);
    expect(kept).toEqual({
      ...suspended,
      reason: 'ImagePullBackOff',
      message: `No such image. ${suspended.message}`,
    });
    expect(keepCause(suspended, kept)).toEqual(kept);
    expect(afterCause('Deleted', kept)).toBe('No such image. Deleted');
    const told = keepCause(stopped, before);
    expect(told).toEqual({ ...stopped, message: 'No such image. Stopped' });
    expect(keepCause(stopped, told)).toEqual(told);
    expect(keepCause(stopped, kept)).toEqual(told);
  });

  it.each([
    ['nothing was known', undefined],
    [
      'all was well',
      { ...before, state: 'running', reason: undefined } as const,
    ],
    ['another attempt had it', { ...before, attempt: 2 }],
    ['it was no cause', { ...before, reason: 'Initializing' }],
  ])('adds nothing when %s', (_, known) => {
    expect(keepCause(failed, known)).toEqual(failed);
  });

  it('leaves a job alone that did not fail', () => {
    const done = { state: 'succeeded', attempt: 1 } as const;
    expect(keepCause(done, before)).toEqual(done);
  });
});
