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
  it.each<[string, string[], string[]]>([
    [
      'awaiting-merge',
      statuses('awaiting-merge', before, { live: false }),
      ['merge current', 'sync todo', 'start todo', 'run todo', 'end todo'],
    ],
    [
      'awaiting-sync',
      statuses('awaiting-sync', before, { live: false }),
      ['merge done', 'sync current', 'start todo', 'run todo', 'end todo'],
    ],
    [
      'queued',
      statuses('queued', before),
      ['merge done', 'sync done', 'start current', 'run todo', 'end todo'],
    ],
    [
      'pending',
      statuses('pending', before),
      ['merge done', 'sync done', 'start current', 'run todo', 'end todo'],
    ],
    [
      'running',
      statuses('running'),
      ['merge done', 'sync done', 'start done', 'run current', 'end todo'],
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
      ['merge done', 'sync done', 'start failed', 'run todo', 'end failed'],
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
    expect(stages.map(({ id }) => id)).toEqual(['start', 'run', 'end']);
  });

  const queue = { name: 'training-queue', clusterQueue: 'gpu', position: 3 };

  it.each<[JobState, string[]]>([
    ['queued', ['queue current', 'start todo', 'run todo', 'end todo']],
    ['suspended', ['queue current', 'start todo', 'run todo', 'end todo']],
    ['pending', ['queue done', 'start current', 'run todo', 'end todo']],
    ['running', ['queue done', 'start done', 'run current', 'end todo']],
  ])('has a stage for the queue of a job that is %s', (state, expected) => {
    const change = { queue, gitops: undefined };
    expect(statuses(state, change)).toEqual(expected);
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
    expect(times('queued')[1][0]).toBeUndefined();
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
