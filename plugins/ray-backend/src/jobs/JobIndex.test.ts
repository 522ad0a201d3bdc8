import { parseJobOrder, type JobSummary } from '@ml-platform/rayjob';
import { EVERY_JOB } from '../permissions/Authorizer';
import type { JobChange } from './ChangeLog';
import { JobIndex } from './JobIndex';
import { queryJobs, type JobQuery } from './queryJobs';

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

const EVERYTHING = { covers: EVERY_JOB, key: 'all' };

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

  it('keeps when a run was merged after its file and its object are gone', () => {
    const gitops = { path: 'p', pullRequestUrl: 'pr', mergedAt: 'then' };
    const inGit = job('j', { uid: 'git:p', state: 'awaiting-sync', gitops });
    const live = job('j', { gitops: { path: 'p' } });
    index.replaceGit([inGit]);
    index.setLive(live);
    index.replaceGit([]);
    expect(index.get(live)?.gitops).toEqual(gitops);
    index.setLive({ ...live, message: 'later' });
    const last = index.get(live);
    expect(last?.gitops).toEqual(gitops);
    index.setGone(last ?? live);
    index.removeLive(live);
    expect(index.get(live)?.gitops).toEqual(gitops);
    index.setLive(job('j', { uid: 'other', gitops: { path: 'p' } }));
    expect(index.get(live)?.gitops).toEqual({ path: 'p' });
  });

  it('says nothing of a job that is as it was', () => {
    index.setLive(job('j'));
    index.setLive(job('j'));
    index.replaceGit([]);
    expect(changes).toHaveLength(1);
  });

  it('shows what is proposed to happen to a job, until it is not', () => {
    const change = { verb: 'stop', pullRequestUrl: 'pr' } as const;
    index.setPendingChange(job('unknown'), change);
    index.setLive(job('j', { gitops: { path: 'p' } }));
    index.setPendingChange(job('j'), change);
    index.setLive(job('j', { gitops: { path: 'p' }, message: 'later' }));
    expect(index.get(job('j'))?.gitops).toEqual({
      path: 'p',
      pendingChange: change,
    });
    index.setPendingChange(job('j'), undefined);
    expect(index.get(job('j'))?.gitops?.pendingChange).toBeUndefined();
    expect(index.get(job('unknown'))).toBeUndefined();
  });

  it('tells of another run of a name as one gone and one new', () => {
    index.setLive(job('j', { uid: 'one' }));
    index.setLive(job('j', { uid: 'two' }));
    expect(
      changes.map(({ before, after }) => [before?.uid, after?.uid]),
    ).toEqual([
      [undefined, 'one'],
      ['one', undefined],
      [undefined, 'two'],
    ]);
    expect(index.isGone(job('j', { uid: 'one' }))).toBe(true);
    expect(index.isGone(job('j', { uid: 'two' }))).toBe(false);
    // The row of a manifest in git stands for whichever run there is.
    expect(index.getLive(job('j', { uid: 'git:p' }))?.uid).toBe('two');
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
      startedAt: new Date(1e12 + (i % 7) * 1_000).toISOString(),
    }),
  );
  let index: JobIndex;

  beforeEach(() => {
    index = new JobIndex();
    jobs.forEach(row => index.setLive(row));
  });

  const page = (sort: string, query: Partial<JobQuery> = {}) => {
    const order = parseJobOrder(sort);
    const now = 2e12;
    return queryJobs(index, {
      filter: {},
      limit: 37,
      scope: EVERYTHING,
      ...query,
      order,
      now,
    });
  };

  it.each(['name', '-name', 'state', '-createdAt', 'duration', '-duration'])(
    'pages through all jobs once by %s, also while others come and go',
    sort => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { items, nextCursor } = page(sort, { cursor });
        const old = items.filter(({ name }) => !name.startsWith('new'));
        seen.push(...old.map(({ name }) => name));
        cursor = nextCursor;
        // The job that the cursor names, and more: must not shift the rest.
        const last = items[items.length - 1];
        index.removeLive(last);
        index.setLive(job(`new-${seen.length}`));
      } while (cursor);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(1_000);
    },
  );

  it('keeps its orders as rows change', () => {
    expect(page('state', { limit: 1 }).items[0].state).toBe('running');
    const [first] = page('name').items;
    index.setLive({ ...first, state: 'succeeded' });
    expect(page('-state', { limit: 1 }).items[0].name).toBe(first.name);
    for (const row of jobs.slice(0, 200)) {
      index.setLive({ ...row, state: 'succeeded' });
    }
    const ranks = page('-state', { limit: 1_000 }).items.map(row => row.state);
    expect(ranks.lastIndexOf('succeeded')).toBeLessThan(
      ranks.indexOf('failed'),
    );
    expect(ranks).toHaveLength(1_000);
  });

  it('keeps the order by duration of the first page, whatever runs on meanwhile', () => {
    const order = parseJobOrder('-duration');
    const all = { filter: {}, order, limit: 400, scope: EVERYTHING };
    for (const row of jobs.slice(0, 100)) {
      index.setLive({ ...row, endedAt: new Date(1.1e12).toISOString() });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    // What runs overtakes what has ended between the pages.
    for (let now = 1.05e12; seen.length < 1_000; now += 4e10) {
      const { items, nextCursor } = queryJobs(index, { ...all, cursor, now });
      seen.push(...items.map(({ name }) => name));
      cursor = nextCursor;
    }
    expect(cursor).toBeUndefined();
    expect(new Set(seen).size).toBe(1_000);
  });

  it('answers the same for a few that match as for many', () => {
    const few = { workload: ['rare'] };
    for (const row of jobs.slice(3, 990).filter((_, i) => i % 100 === 0)) {
      index.setLive({ ...row, workload: 'rare' });
    }
    for (const sort of ['name', '-createdAt', '-duration']) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const answer = page(sort, { filter: few, limit: 3, cursor });
        expect(answer.total).toBe(10);
        seen.push(...answer.items.map(({ name }) => name));
        cursor = answer.nextCursor;
      } while (cursor);
      const all = page(sort, { limit: 1_000 }).items;
      expect(seen).toEqual(
        all.filter(({ workload }) => workload).map(({ name }) => name),
      );
    }
  });

  it('counts only what the caller may see', () => {
    const { total, items } = page('-name', {
      filter: { state: ['failed'] },
      limit: 5,
      scope: {
        covers: ({ owner }) => owner === 'user:default/eve',
        key: 'only eve',
      },
    });
    expect(total).toBe(100);
    expect(items).toHaveLength(5);
    expect(items.every(({ owner }) => owner?.endsWith('eve'))).toBe(true);
  });

  it('counts all without looking at all', () => {
    expect(page('name', { limit: 5 }).total).toBe(1_000);
  });
});
