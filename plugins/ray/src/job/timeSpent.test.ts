import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import type { JobPod } from '@ml-platform/rayjob';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { timeSpent, usualTimes } from './timeSpent';

const NOW = Date.parse('2025-12-01T13:00:00Z');
const at = (time: string) => `2025-12-01T${time}Z`;

/** Parts in minutes since noon. */
const minutes = (detail: JobDetail) =>
  timeSpent(detail, NOW).map(({ attempt, parts }) => [
    attempt,
    ...parts.map(
      ({ use, from, to }) =>
        `${use} ${[from, to].map(ms => (ms - Date.parse(at('12:00:00'))) / 60_000).join('-')}`,
    ),
  ]);

const gitops = { path: 'x.yaml' };
const first = {
  attempt: 1,
  startedAt: at('12:20:00'),
  state: 'running',
} as const;

describe('timeSpent', () => {
  it('tells review, queue, start and run of a job from git', () => {
    const job = aJob({
      state: 'succeeded',
      gitops,
      queue: { name: 'gpu' },
      createdAt: at('12:10:00'),
      startedAt: at('12:25:00'),
      endedAt: at('12:55:00'),
    });
    expect(minutes(aDetail(job, { attempts: [first] }))).toEqual([
      [1, 'git 0-10', 'queue 10-20', 'start 20-25', 'run 25-55'],
    ]);
  });

  it('tells review and sync apart where the time of the merge is known', () => {
    const known = { ...gitops, mergedAt: at('12:08:00') };
    const job = aJob({ gitops: known, createdAt: at('12:10:00') });
    const running = { ...job, startedAt: at('12:30:00') };
    expect(minutes(aDetail(running, { attempts: [first] }))).toEqual([
      [1, 'review 0-8', 'sync 8-10', 'start 20-30', 'run 30-60'],
    ]);
    const syncing = aJob({ state: 'awaiting-sync', gitops: known });
    const inGit = { ...syncing, startedAt: undefined };
    expect(minutes(aDetail(inGit, { live: false }))).toEqual([
      [1, 'review 0-8', 'sync 8-60'],
    ]);
    // The clock of GitHub is ahead of the cluster's.
    const ahead = { ...gitops, mergedAt: at('12:11:00') };
    const skewed = { ...running, gitops: ahead };
    expect(minutes(aDetail(skewed, { attempts: [first] }))).toEqual([
      [1, 'review 0-10', 'start 20-30', 'run 30-60'],
    ]);
    const byHand = { ...running, name: 'by-hand' };
    expect(minutes(aDetail(byHand, { attempts: [first] }))).toEqual([
      [1, 'sync 8-10', 'start 20-30', 'run 30-60'],
    ]);
  });

  it('counts what goes on until now', () => {
    const waiting = aJob({
      state: 'awaiting-merge',
      gitops,
      startedAt: undefined,
    });
    expect(minutes(aDetail(waiting, { live: false }))).toEqual([
      [1, 'review 0-60'],
    ]);
    const syncing = { ...waiting, state: 'awaiting-sync' } as const;
    expect(minutes(aDetail(syncing, { live: false }))).toEqual([
      [1, 'git 0-60'],
    ]);
    const queued = aJob({
      state: 'queued',
      queue: { name: 'gpu' },
      startedAt: undefined,
    });
    expect(minutes(aDetail(queued))).toEqual([[1, 'queue 0-60']]);
    const running = aJob({ startedAt: at('12:30:00') });
    expect(minutes(aDetail(running, { attempts: [first] }))).toEqual([
      [1, 'start 20-30', 'run 30-60'],
    ]);
  });

  describe('until the program runs', () => {
    const head = (times: Partial<JobPod>): JobPod => ({
      name: 'run-x-head-abcde',
      role: 'head',
      phase: 'Running',
      createdAt: at('12:20:00'),
      containers: [],
      ...times,
    });
    const parts = (pod: JobPod, startedAt?: string) =>
      minutes(
        aDetail(aJob({ state: 'running', startedAt }), {
          attempts: [first],
          pods: [pod],
        }),
      );
    const pulled = { scheduledAt: at('12:22:00'), startedAt: at('12:28:00') };

    it('tells the node, the image and the start of the cluster', () => {
      expect(parts(head(pulled), at('12:30:00'))).toEqual([
        [1, 'node 20-22', 'pull 22-28', 'start 28-30', 'run 30-60'],
      ]);
    });

    it('counts what goes on until now', () => {
      expect(parts(head({}))).toEqual([[1, 'node 20-60']]);
      expect(parts(head({ scheduledAt: at('12:22:00') }))).toEqual([
        [1, 'node 20-22', 'pull 22-60'],
      ]);
      expect(parts(head(pulled))).toEqual([
        [1, 'node 20-22', 'pull 22-28', 'start 28-60'],
      ]);
    });

    it('says nothing of an image whose container was restarted', () => {
      const restarted = {
        name: 'ray-head',
        image: 'i',
        ready: true,
        restartCount: 1,
        state: 'running',
      } as const;
      const pod = head({
        scheduledAt: at('12:22:00'),
        containers: [restarted],
      });
      expect(parts(pod, at('12:30:00'))).toEqual([
        [1, 'node 20-22', 'start 22-30', 'run 30-60'],
      ]);
    });

    it("leaves out another attempt's head", () => {
      const pod = head({ ...pulled, createdAt: at('12:19:00') });
      expect(parts(pod, at('12:30:00'))).toEqual([
        [1, 'start 20-30', 'run 30-60'],
      ]);
    });
  });

  describe('of an earlier attempt', () => {
    const head = (createdAt: string, times: Partial<JobPod> = {}): JobPod => ({
      name: `run-x-head-${createdAt}`,
      role: 'head',
      phase: 'Running',
      createdAt,
      containers: [],
      ...times,
    });
    const rows = (times: object, pods: readonly JobPod[] = []) => {
      const job = aJob({
        state: 'failed',
        startedAt: undefined,
        endedAt: at('12:50:00'),
        attempt: 2,
      });
      const attempts = [
        { ...first, state: 'failed', endedAt: at('12:30:00'), ...times },
        { attempt: 2, startedAt: at('12:31:00'), state: 'failed' },
      ] as const;
      return minutes(
        aDetail(job, { attempts: [...attempts], pods: [...pods] }),
      );
    };
    const known = { entrypointStartedAt: at('12:24:00') };
    const heads = [
      head(at('12:20:00'), {
        scheduledAt: at('12:21:00'),
        startedAt: at('12:23:00'),
      }),
      head(at('12:31:00'), {
        scheduledAt: at('12:40:00'),
        startedAt: at('12:44:00'),
      }),
    ];

    it('is one part where nothing more is known', () => {
      expect(rows({})).toEqual([
        [1, 'attempt 20-30'],
        [2, 'start 31-50'],
      ]);
    });

    it('tells the start and the run', () => {
      expect(rows(known)).toEqual([
        [1, 'start 20-24', 'run 24-30'],
        [2, 'start 31-50'],
      ]);
    });

    it('has the node and the image of its own head', () => {
      expect(rows(known, heads)).toEqual([
        [1, 'node 20-21', 'pull 21-23', 'start 23-24', 'run 24-30'],
        [2, 'node 31-40', 'pull 40-44', 'start 44-50'],
      ]);
      expect(rows(known, heads.slice(1))[0]).toEqual([
        1,
        'start 20-24',
        'run 24-30',
      ]);
    });

    it('has those that were kept with it', () => {
      const { scheduledAt, startedAt } = heads[0];
      expect(rows({ ...known, head: { scheduledAt, startedAt } })[0]).toEqual([
        1,
        'node 20-21',
        'pull 21-23',
        'start 23-24',
        'run 24-30',
      ]);
    });

    it('has the node and the image also where the start of its program is unknown', () => {
      expect(rows({}, heads)[0]).toEqual([
        1,
        'node 20-21',
        'pull 21-23',
        'attempt 23-30',
      ]);
    });

    it('has no run where its end is unknown', () => {
      expect(rows({ ...known, endedAt: undefined })[0]).toEqual([
        1,
        'start 20-24',
      ]);
    });
  });

  it('tells nothing of a job of which nothing is known', () => {
    const gone = aJob({ state: 'stopped', startedAt: undefined, name: 'own' });
    expect(minutes(aDetail(gone))).toEqual([]);
  });
});

describe('usualTimes', () => {
  const run = (start: string, end: string) => ({
    createdAt: at('12:00:00'),
    startedAt: at(start),
    endedAt: at(end),
  });

  it('is the median of the runs that ended', () => {
    const runs = [
      run('12:01:00', '12:11:00'),
      run('12:02:00', '12:32:00'),
      run('12:09:00', '12:10:00'),
    ];
    expect(usualTimes(runs)).toEqual({ wait: 120_000, run: 600_000, runs: 3 });
    expect(usualTimes([...runs, run('12:04:00', '12:24:00')])).toEqual({
      wait: 180_000,
      run: 900_000,
      runs: 4,
    });
  });

  it('is unknown of few runs', () => {
    expect(usualTimes([run('12:01:00', '12:11:00')])).toBeUndefined();
  });
});
