import {
  parseJobOrder,
  type JobSummary,
} from '@ml-platform/backstage-plugin-ray-common';
import { JobIndex, type JobChange } from './JobIndex';
import { queryJobs } from './queryJobs';

function job(name: string, more: Partial<JobSummary> = {}): JobSummary {
  return {
    cluster: 'c',
    namespace: 'training',
    name,
    uid: name,
    state: 'running',
    createdAt: '2026-11-23T21:06:21Z',
    attempt: 1,
    resources: { cpu: 0, memory: 0, gpu: 0 },
    workers: { desired: 0, ready: 0 },
    ...more,
  };
}

const all = () => true;

describe('JobIndex', () => {
  let index: JobIndex;
  let changes: JobChange[];

  beforeEach(() => {
    index = new JobIndex();
    changes = [];
    index.subscribe(change => changes.push(change));
  });

  it('lets a job move from git to its cluster and back without vanishing', () => {
    const inGit = job('j', {
      uid: 'git:p',
      state: 'awaiting-sync',
      gitops: { path: 'p', pullRequestUrl: 'pr' },
    });
    index.replaceGit([inGit]);
    index.setLive(job('j', { gitops: { path: 'p', taskId: 't' } }));
    index.removeLive(job('j'));
    index.replaceGit([]);
    expect(
      changes.map(({ before, after }) => [before?.state, after?.state]),
    ).toEqual([
      [undefined, 'awaiting-sync'],
      ['awaiting-sync', 'running'],
      ['running', 'awaiting-sync'],
      ['awaiting-sync', undefined],
    ]);
    expect(changes[1].after?.gitops).toEqual({
      path: 'p',
      pullRequestUrl: 'pr',
      taskId: 't',
    });
  });

  it('says nothing of a job that is as it was', () => {
    index.setLive(job('j'));
    index.setLive(job('j'));
    index.replaceGit([]);
    expect(changes).toHaveLength(1);
  });

  it('decorates every row', () => {
    const decorated = new JobIndex({
      decorators: [row => ({ ...row, queue: { name: 'gpu', position: 3 } })],
    });
    decorated.setLive(job('j'));
    expect(decorated.get(job('j'))?.queue?.position).toBe(3);
  });

  it('remembers changes for viewers that come back', () => {
    for (let i = 0; i < 10; i += 1) {
      index.setLive(job(`j${i}`));
    }
    expect(index.changesSince(7)?.map(({ id }) => id)).toEqual([
      'c/training/j7',
      'c/training/j8',
      'c/training/j9',
    ]);
    expect(index.changesSince(10)).toEqual([]);
    expect(index.changesSince(99)).toBeUndefined();
    for (let i = 0; i < 7_000; i += 1) {
      index.setLive(job('j0', { message: `${i}` }));
    }
    expect(index.changesSince(7)).toBeUndefined();
  });
});

describe('queryJobs', () => {
  const jobs = Array.from({ length: 1_000 }, (_, i) =>
    job(`j${String((i * 7919) % 1_000).padStart(4, '0')}`, {
      state: i % 2 ? 'running' : 'failed',
      owner: i % 10 ? 'user:default/ada' : 'user:default/eve',
    }),
  );

  it('pages through all jobs once, also while others come and go', () => {
    const order = parseJobOrder('name');
    const seen: string[] = [];
    const known = [...jobs];
    let cursor: string | undefined;
    do {
      const page = queryJobs(known, {
        filter: {},
        order,
        limit: 37,
        cursor,
        visible: all,
        now: 0,
      });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
      // Before the place of the cursor: must neither show nor shift the rest.
      known.unshift(job(`a-new-${seen.length}`));
    } while (cursor);
    expect(seen).toHaveLength(1_000);
    expect([...seen].sort()).toEqual(seen);
  });

  it('counts only what the caller may see', () => {
    const page = queryJobs(jobs, {
      filter: { state: ['failed'] },
      order: parseJobOrder('-name'),
      limit: 5,
      visible: ({ owner }) => owner === 'user:default/eve',
      now: 0,
    });
    expect(page.total).toBe(100);
    expect(page.items).toHaveLength(5);
    expect(page.items.every(({ owner }) => owner?.endsWith('eve'))).toBe(true);
  });

  it('takes a page of 50 out of 10,000 in a few milliseconds', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      job(`j${i}`, { createdAt: new Date(1e12 + i * 1_000).toISOString() }),
    );
    const query = {
      filter: {},
      order: parseJobOrder('-createdAt'),
      limit: 50,
      visible: all,
      now: 0,
    };
    const times = Array.from({ length: 20 }, () => {
      const begin = performance.now();
      queryJobs(many, query);
      return performance.now() - begin;
    }).sort((a, b) => a - b);
    expect(queryJobs(many, query).items[0].name).toBe('j9999');
    // The aim is 5 ms; the machine of a test may be busy.
    expect(times[5]).toBeLessThan(25);
  });
});
