import type { JobSync } from '@ml-platform/backstage-plugin-ray-common';
import type { JobState } from '@ml-platform/rayjob';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { timelineStages } from './timelineStages';

const gitops = { path: 'gitops/x.yaml', pullRequestUrl: 'http://git/pull/1' };

function statuses(state: JobState, change = {}, detail = {}) {
  const job = aJob({ state, gitops, ...change });
  return timelineStages(aDetail(job, detail)).map(
    ({ id, status }) => `${id} ${status}`,
  );
}

const before = { startedAt: undefined };
const ended = { endedAt: '2025-12-01T12:10:00Z' };

describe('timelineStages', () => {
  describe('the stage of the sync', () => {
    const application = { namespace: 'argocd', name: 'jobs' };
    const stage = (sync: JobSync) => {
      const job = aJob({ state: 'awaiting-sync', gitops, ...before });
      const stages = timelineStages(
        aDetail(job, { live: false, sync: { application, ...sync } }),
        true,
      );
      return stages.find(({ id }) => id === 'sync');
    };

    it('says that the cluster refused the job, and why', () => {
      const error = `spec.ttl: Invalid value\n${'more '.repeat(9)}`;
      expect(stage({ state: 'failed', error })).toMatchObject({
        status: 'failed',
        note: 'The cluster refused this job: spec.ttl: Invalid value',
      });
      const long = stage({ state: 'failed', error: 'x'.repeat(500) });
      expect(long?.note?.length).toBeLessThan(200);
    });

    it('says that the last sync failed', () => {
      expect(stage({ state: 'out-of-sync', error: 'no route' })).toMatchObject({
        status: 'failed',
        note: 'The last sync failed: no route',
      });
    });

    it('says what the job waits for', () => {
      expect(stage({ state: 'out-of-sync' })).toMatchObject({
        status: 'current',
        note: 'Merged, waiting for the next sync',
      });
      expect(stage({ state: 'blocked', blockedBy: [] })).toMatchObject({
        status: 'current',
        note: 'Another file holds up this job',
      });
    });

    it('is over for a job that is on its cluster', () => {
      const stages = timelineStages(
        aDetail(aJob({ state: 'running', gitops }), {
          sync: { state: 'synced', application },
        }),
      );
      expect(stages.find(({ id }) => id === 'sync')).toMatchObject({
        status: 'done',
        note: undefined,
      });
    });
  });

  it.each<[string, string[], string[]]>([
    [
      'awaiting-merge',
      statuses('awaiting-merge', before, { live: false }),
      ['merge current'],
    ],
    [
      'awaiting-sync',
      statuses('awaiting-sync', before, { live: false }),
      ['merge done', 'sync current'],
    ],
    [
      'queued',
      statuses('queued', before),
      ['merge done', 'sync done', 'start current'],
    ],
    [
      'pending',
      statuses('pending', before),
      ['merge done', 'sync done', 'start current'],
    ],
    [
      'running',
      statuses('running'),
      ['merge done', 'sync done', 'start done', 'run current'],
    ],
    [
      'succeeded',
      statuses('succeeded', ended),
      ['merge done', 'sync done', 'start done', 'run done', 'end done'],
    ],
    [
      'failed',
      statuses('failed', ended),
      ['merge done', 'sync done', 'start done', 'run done', 'end failed'],
    ],
    [
      'failed before it ran',
      statuses('failed', { ...before, ...ended }),
      ['merge done', 'sync done', 'start failed', 'end failed'],
    ],
    [
      'stopped',
      statuses('stopped', ended),
      ['merge done', 'sync done', 'start done', 'run done', 'end done'],
    ],
  ])('shows the stages of a job that is %s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  it("has no stages in git for a job that isn't from git", () => {
    const stages = timelineStages(aDetail(aJob()));
    expect(stages.map(({ id }) => id)).toEqual(['start', 'run']);
  });

  const queue = { name: 'training-queue', clusterQueue: 'gpu', position: 3 };

  it.each<[JobState, string[]]>([
    ['queued', ['queue current']],
    ['suspended', ['queue current']],
    ['pending', ['queue done', 'start current']],
    ['running', ['queue done', 'start done', 'run current']],
  ])('has a stage for the queue of a job that is %s', (state, expected) => {
    const change = { queue, gitops: undefined };
    expect(statuses(state, change)).toEqual(expected);
  });

  describe('of a job that was stopped before it ran', () => {
    // KubeRay counts from when it first saw the job.
    const attempt = {
      attempt: 1,
      startedAt: '2025-12-01T12:00:00Z',
      state: 'stopped',
    } as const;
    const stages = (rayCluster?: string) =>
      timelineStages(
        aDetail(aJob({ state: 'stopped', queue, ...before, ...ended }), {
          attempts: [{ ...attempt, rayCluster }],
          pods: [],
        }),
      ).map(({ id, status, to }) => [id, status, to]);

    it('has no start where it never left its queue', () => {
      expect(stages()).toEqual([
        ['queue', 'done', ended.endedAt],
        ['end', 'done', ended.endedAt],
      ]);
    });

    it('has the start that it came to', () => {
      expect(stages('run-a-x').map(([id, status]) => [id, status])).toEqual([
        ['queue', 'done'],
        ['start', 'done'],
        ['end', 'done'],
      ]);
    });
  });

  it('does not repeat what the page says above', () => {
    const pending = aDetail(aJob({ state: 'pending', message: 'It starts' }));
    const notes = (told: boolean) =>
      timelineStages(pending, told).flatMap(({ note }) => note ?? []);
    expect(notes(false)).toEqual(['It starts']);
    expect(notes(true)).toEqual([]);
  });

  it('counts the time in the queue until the cluster starts', () => {
    const attempts = [
      { attempt: 1, startedAt: '2025-12-01T12:20:00Z', state: 'running' },
    ] as const;
    const times = (state: JobState) =>
      timelineStages(aDetail(aJob({ state, queue }), { attempts }))
        .slice(0, 2)
        .map(({ from, to }) => [from, to]);
    expect(times('running')).toEqual([
      ['2025-12-01T12:00:00Z', '2025-12-01T12:20:00Z'],
      ['2025-12-01T12:20:00Z', '2025-12-01T12:00:30Z'],
    ]);
    expect(times('queued')[0]).toEqual(['2025-12-01T12:00:00Z', undefined]);
    expect(times('queued')).toHaveLength(1);
  });

  describe('in git', () => {
    const mergedAt = '2025-12-01T11:50:00Z';
    const createdAt = '2025-12-01T12:00:00Z';
    const times = (state: JobState, known = {}, detail = {}) =>
      timelineStages(
        aDetail(aJob({ state, ...ended, gitops: { ...gitops, ...known } }), {
          ...detail,
        }),
      )
        .slice(0, 2)
        .map(({ from, to }) => [from, to]);

    it('have the time of the merge where it is known', () => {
      const merged = [
        [undefined, mergedAt],
        [mergedAt, createdAt],
      ];
      expect(times('running', { mergedAt })).toEqual(merged);
      expect(times('succeeded', { mergedAt }, { live: false })).toEqual(merged);
      expect(times('awaiting-sync', { mergedAt }, { live: false })).toEqual([
        [undefined, mergedAt],
        [mergedAt, undefined],
      ]);
    });

    it('have the other times where it is not', () => {
      expect(times('running')).toEqual([
        [undefined, undefined],
        [undefined, createdAt],
      ]);
      expect(times('awaiting-merge', {}, { live: false })).toEqual([
        [createdAt, undefined],
      ]);
      expect(times('awaiting-sync', {}, { live: false })).toEqual([
        [undefined, undefined],
        [createdAt, undefined],
      ]);
    });

    it('count no sync of a job that its cluster was not asked for', () => {
      expect(times('unknown', { mergedAt }, { live: false })[1]).toEqual([
        undefined,
        undefined,
      ]);
    });
  });

  it('gives each stage its times', () => {
    const job = aJob({ state: 'succeeded', ...ended });
    const stages = timelineStages(
      aDetail(job, {
        attempts: [
          { attempt: 1, startedAt: '2025-12-01T12:00:05Z', state: 'succeeded' },
        ],
      }),
    );
    expect(stages.map(({ from, to }) => [from, to])).toEqual([
      ['2025-12-01T12:00:05Z', '2025-12-01T12:00:30Z'],
      ['2025-12-01T12:00:30Z', '2025-12-01T12:10:00Z'],
      ['2025-12-01T12:10:00Z', '2025-12-01T12:10:00Z'],
    ]);
  });
});
