import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobPod, JobState, JobSummary } from '@ml-platform/rayjob';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { nextStep } from './nextStep';

const gitops = { path: 'x.yaml', pullRequestUrl: 'http://git/pull/1' };
const offers = {
  logs: (source?: string) => `/logs?${source ?? ''}`,
  canRunAgain: true,
  canReadLog: true,
};

const step = (
  job: Partial<JobSummary>,
  detail: Partial<JobDetail> = {},
  canRunAgain = true,
) =>
  nextStep(aDetail(aJob({ gitops, ...job }), detail), {
    ...offers,
    canRunAgain,
  });

const never = { startedAt: undefined };

describe('nextStep', () => {
  it('links the pull request until it is merged', () => {
    expect(step({ state: 'awaiting-merge' })?.link?.to).toBe(
      'http://git/pull/1',
    );
  });

  it('tells the cause once, what else is known below, and links the log', () => {
    const message =
      'Container ray-worker of w was killed because it was out of memory (its limit is 8Gi); ask for 12Gi of memory. Job entrypoint command failed with exit code 1';
    expect(step({ state: 'failed', reason: 'OOMKilled', message })).toEqual({
      severity: 'error',
      title: 'This run failed: Out of memory',
      text: 'Container ray-worker of w was killed because it was out of memory (its limit is 8Gi); ask for 12Gi of memory',
      advice: undefined,
      details: ['Job entrypoint command failed with exit code 1'],
      link: { title: 'Read the log', to: '/logs?' },
    });
  });

  it('has no log to read of a run that never started', () => {
    const failed = { state: 'failed', reason: 'ImagePullBackOff' } as const;
    expect(step({ ...failed, ...never })?.link).toBeUndefined();
    const later = { id: 'driver/1', title: '1', kind: 'driver' } as const;
    expect(
      step({ ...failed, ...never }, { logSources: [later] })?.link,
    ).toBeDefined();
  });

  it('links the log of the container that ended', () => {
    const pod: JobPod = {
      name: 'h',
      role: 'head',
      phase: 'Running',
      createdAt: '2025-12-01T12:00:00Z',
      reason: 'CrashLoopBackOff',
      containers: [
        {
          name: 'ray-head',
          image: 'i',
          ready: false,
          restartCount: 2,
          state: 'waiting',
        },
      ],
    };
    const id = 'pod/h/ray-head';
    const crashes = step(
      { state: 'pending', reason: 'CrashLoopBackOff', ...never },
      { pods: [pod], logSources: [{ id, title: id, kind: 'container' }] },
    );
    expect(crashes?.link?.to).toBe(`/logs?${id}`);
  });

  it('says to run it again only where that can be done', () => {
    const failed = { state: 'failed', reason: 'SpotNodeReclaimed' } as const;
    expect(step(failed)?.advice).toMatch(/^Run it again/);
    expect(step(failed, {}, false)?.advice).toBeUndefined();
    expect(step({ ...failed, state: 'running' })?.advice).not.toMatch(
      /Run it again/,
    );
  });

  it.each([
    ['ImagePullBackOff', '', 'Image problem'],
    [
      'Unschedulable',
      '3 of 3 nodes have too little CPU free',
      'Too little room on the cluster',
    ],
    ['Unschedulable', '3 of 3 nodes have a taint', 'No node fits'],
    ['OOMKilled', '', 'Out of memory'],
    ['QuotaExceeded', '', 'No quota left'],
  ])('says in words what %s means (%s)', (reason, message, title) => {
    expect(step({ state: 'pending', reason, message })).toMatchObject({
      severity: 'warning',
      title,
      advice: expect.stringMatching(/[Ss]top the run/),
    });
  });

  it('says what the cluster has free of what the job asks for', () => {
    const GiB = 1024 ** 3;
    const free = {
      total: { cpu: 12_500, memory: 40 * GiB, gpu: 2 },
      largest: { cpu: 4_000, memory: 20.5 * GiB, gpu: 1 },
    };
    const details = (gpu: number) => {
      const resources = { cpu: 8_000, memory: GiB, gpu, accelerators: {} };
      const job = { state: 'pending', reason: 'Unschedulable' } as const;
      return step({ ...job, message: 'No room', resources }, { free })?.details;
    };
    expect(details(1)).toEqual([
      'The cluster has 12.5 CPU, 40 GiB of memory, and 2 GPUs free, at most 4 CPU, 20.5 GiB of memory, and 1 GPU on one node',
    ]);
    expect(details(0)).toEqual([
      'The cluster has 12.5 CPU and 40 GiB of memory free, at most 4 CPU and 20.5 GiB of memory on one node',
    ]);
  });

  it.each([
    [
      'w was evicted because its node was low on memory: container c used 10 GiB and had asked for 2Gi; ask for 16Gi of memory',
      'A node was low on memory',
      undefined,
    ],
    [
      'w was evicted: The node was low on resource: ephemeral-storage. Container c was using 100Gi, request is 0',
      'Too much on local disk',
      expect.stringMatching(/less on local disk/),
    ],
    [
      'w was evicted: Usage of EmptyDir volume "tmp" exceeds the limit "1Gi".',
      'Too much on local disk',
      expect.stringMatching(/less on local disk/),
    ],
    [
      'w was evicted: The node was low on resource: pids.',
      'A node was short of room',
      expect.stringMatching(/ask for what it uses/),
    ],
  ])(
    'advises on an eviction by what was short: %s',
    (message, title, advice) => {
      const failed = { state: 'failed', reason: 'Evicted', message } as const;
      expect(step(failed)).toMatchObject({
        title: `This run failed: ${title}`,
        advice,
      });
    },
  );

  it('says what a queued job waits for', () => {
    const message = 'Position 3 in training-queue (cluster queue gpu)';
    expect(step({ state: 'queued', reason: 'Queued', message })).toEqual({
      severity: 'info',
      title: 'Waiting in its queue',
      text: message,
    });
    expect(
      step({ state: 'queued', reason: 'Preempted', message }),
    ).toMatchObject({
      title: 'Had to make room',
      advice: expect.stringMatching(/again/),
    });
    expect(step({ state: 'queued', reason: 'Unheard', message })?.title).toBe(
      'Waiting in its queue',
    );
    // It keeps the cause for which it was suspended.
    expect(
      step({ state: 'suspended', reason: 'OOMKilled', message })?.title,
    ).toBe('Suspended');
  });

  it.each<[JobState, string, string]>([
    ['queued', 'QueueNotFound', "There's no such queue"],
    ['queued', 'KueueNotInstalled', 'Nothing serves its queue'],
    ['queued', 'ExceedsMaxQuota', 'More than its queue can ever give'],
    ['suspended', 'Deactivated', 'Deactivated in Kueue'],
  ])(
    'warns of a job that is %s and needs action: %s',
    (state, reason, title) => {
      expect(step({ state, reason, message: 'what to do' })).toMatchObject({
        severity: 'warning',
        title,
        text: 'what to do',
      });
    },
  );

  it('says why a job is tried again', () => {
    expect(step({ state: 'retrying', reason: 'AppFailed' })?.title).toBe(
      'Trying again after a failure: The program failed',
    );
    expect(step({ state: 'retrying', reason: 'Retrying' })?.title).toBe(
      'Trying again after a failure',
    );
    expect(step({ state: 'unknown', reason: 'Complete' })?.title).toBe(
      'Its state is unclear',
    );
  });

  it.each([
    'AppFailed',
    'JobDeploymentStatusTransitionGracePeriodExceeded',
    'JobStatusCheckTimeoutExceeded',
    'PreRunningDeadlineExceeded',
    'DeadlineExceeded',
    'SubmissionFailed',
    'ValidationFailed',
  ])('knows what to do about %s, and a title in words', reason => {
    const told = step({ state: 'failed', reason });
    expect(told?.title).toMatch(/^This run failed: \S+ \S+ /);
    expect(told?.advice).toBeTruthy();
  });

  it.each(['CrashLoopBackOff', 'RayUnreachable'])(
    'knows what to do while there is %s',
    reason => {
      expect(step({ state: 'running', reason })?.advice).toMatch(
        /stop the run/,
      );
    },
  );

  it('shows no reason that it has no words for', () => {
    expect(step({ state: 'failed', reason: 'SomethingNew' })?.title).toBe(
      'This run failed',
    );
  });

  it('links no log that the reader may not read', () => {
    const detail = aDetail(aJob({ state: 'failed', reason: 'AppFailed' }));
    expect(nextStep(detail, offers)?.link).toBeDefined();
    expect(
      nextStep(detail, { ...offers, canReadLog: false })?.link,
    ).toBeUndefined();
  });

  describe('of a job that is being stopped', () => {
    const change = {
      verb: 'stop',
      pullRequestUrl: 'http://git/pull/2',
    } as const;

    it('says so until what came of it shows', () => {
      expect(step({ reason: 'Stopping' })?.title).toBe('Stopping');
      expect(step({ state: 'stopped', reason: 'Stopped' })?.title).toBe(
        'This run was stopped',
      );
    });

    it('links the pull request that it waits for', () => {
      const asked = { ...gitops, pendingChange: change };
      expect(step({ gitops: asked })).toMatchObject({
        title: 'A pull request to stop this run waits to be merged',
        link: { to: 'http://git/pull/2' },
      });
      const merged = { ...change, merged: true };
      expect(
        step({ gitops: { ...gitops, pendingChange: merged } })?.title,
      ).toBe('Stopping');
      const deleted = { ...merged, verb: 'delete' } as const;
      expect(
        step({ gitops: { ...gitops, pendingChange: deleted } })?.title,
      ).toBe('Deleting');
    });
  });

  it.each<JobState>(['running', 'pending', 'succeeded'])(
    'leaves alone a job that is simply %s',
    state => {
      expect(step({ state })).toBeUndefined();
    },
  );
});
