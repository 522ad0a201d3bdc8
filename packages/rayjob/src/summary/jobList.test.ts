import { matchesFilter } from './jobFilter';
import {
  comparePositions,
  decodeCursor,
  encodeCursor,
  jobPosition,
  parseJobOrder,
} from './jobOrder';
import type { JobFilter, JobSummary } from './types';

function job(name: string, more: Partial<JobSummary> = {}): JobSummary {
  return {
    cluster: 'c',
    namespace: 'training',
    name,
    uid: name,
    state: 'running',
    createdAt: '2026-11-23T21:06:21Z',
    attempt: 1,
    resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
    workers: { desired: 0, ready: 0 },
    ...more,
  };
}

const NOW = Date.parse('2026-11-23T22:00:00Z');

describe('matchesFilter', () => {
  const subject = job('stellar-1', {
    workload: 'stellar_optimization',
    owner: 'user:default/ada',
    message: 'Job is currently running.',
  });

  it.each<[JobFilter, boolean]>([
    [{}, true],
    [{ state: [] }, true],
    [{ state: ['failed', 'running'] }, true],
    [{ state: ['failed'] }, false],
    [{ cluster: ['c'], namespace: ['other'] }, false],
    [{ workload: ['stellar_optimization'], owner: ['user:default/ada'] }, true],
    [{ q: 'ADA stellar' }, true],
    [{ q: 'ada lovelace' }, false],
    [{ q: 'currently' }, true],
    [{ since: '2026-11-23T21:06:21Z' }, true],
    [{ since: '2026-11-23T22:06:22+01:00' }, false],
    [{ until: '2026-11-23T21:06:21Z' }, false],
    [{ since: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z' }, true],
    [{ until: '2026-11-24T00:00:00Z', state: ['failed'] }, false],
  ])('%j', (filter, expected) => {
    expect(matchesFilter(subject, filter)).toBe(expected);
  });
});

it('takes no time of creation for any that a filter limits', () => {
  const unknown = job('j', { createdAt: '' });
  expect(matchesFilter(unknown, { since: '1970-01-01T00:00:00Z' })).toBe(false);
  expect(matchesFilter(unknown, {})).toBe(true);
});

describe('the order of jobs', () => {
  const names = (sort: string, jobs: JobSummary[]) => {
    const order = parseJobOrder(sort);
    return jobs
      .map(item => ({ item, position: jobPosition(item, order, NOW) }))
      .sort((a, b) => comparePositions(a.position, b.position, order))
      .map(({ item }) => item.name);
  };

  it('breaks ties by name, so that it is the same each time', () => {
    expect(names('createdAt', [job('b'), job('a'), job('c')])).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(names('-createdAt', [job('b'), job('a')])).toEqual(['b', 'a']);
  });

  it('puts what is under way before what has ended', () => {
    expect(
      names('state', [
        job('done', { state: 'succeeded' }),
        job('broken', { state: 'failed' }),
        job('runs'),
        job('waits', { state: 'awaiting-merge' }),
      ]),
    ).toEqual(['runs', 'waits', 'broken', 'done']);
  });

  it('takes now for the end of a job that runs', () => {
    expect(
      names('duration', [
        job('long', { startedAt: '2026-11-23T21:00:00Z' }),
        job('short', {
          startedAt: '2026-11-23T20:00:00Z',
          endedAt: '2026-11-23T20:01:00Z',
        }),
        job('not-started'),
      ]),
    ).toEqual(['not-started', 'short', 'long']);
  });

  it('gives a cursor back as it was', () => {
    const order = parseJobOrder('-name');
    const position = jobPosition(job('ä/ö'), order, NOW);
    const cursor = encodeCursor(position, order);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decodeCursor(cursor, order)).toEqual(position);
    expect(() => decodeCursor(cursor, parseJobOrder('name'))).toThrow(
      'belongs to another order',
    );
    expect(() => decodeCursor('%%%', order)).toThrow('damaged');
  });

  it('keeps the time of running durations in a cursor, so that pages fit together', () => {
    const order = parseJobOrder('-duration');
    const running = job('runs', { startedAt: '2026-11-23T21:00:00Z' });
    const position = { ...jobPosition(running, order, NOW), now: NOW };
    expect(decodeCursor(encodeCursor(position, order), order)).toEqual(
      position,
    );
  });

  it('refuses what it can not sort by', () => {
    expect(() => parseJobOrder('colour')).toThrow("Can't sort by 'colour'");
  });
});
