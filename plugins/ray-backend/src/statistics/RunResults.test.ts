import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { JobSummary } from '@ml-platform/rayjob';
import { HistoryStore } from '../history/HistoryStore';
import { JobIndex } from '../jobs/JobIndex';
import { ResultStore } from './ResultStore';
import { RunResults } from './RunResults';
import { firstWeek } from './workloadStatistics';

/** A Wednesday. */
const NOW = new Date('2026-11-25T12:00:00Z');
const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;

const daysAgo = (days: number) =>
  new Date(NOW.getTime() - days * DAY).toISOString();

/** A run that ended, after it had waited one minute and run as many as it is told. */
function ended(
  name: string,
  options: Partial<JobSummary> & {
    readonly days?: number;
    readonly minutes?: number;
  } = {},
): JobSummary {
  const { days = 0, minutes = 10, ...change } = options;
  const end = NOW.getTime() - days * DAY;
  const start = end - minutes * MINUTE;
  return {
    cluster: 'c',
    namespace: 'training',
    name,
    uid: `uid-${name}`,
    workload: 'hello-ray',
    version: '1.0.0',
    owner: 'user:default/ada',
    state: 'succeeded',
    createdAt: new Date(start - MINUTE).toISOString(),
    startedAt: new Date(start).toISOString(),
    endedAt: new Date(end).toISOString(),
    attempt: 1,
    entrypoint: 'python hello.py',
    resources: { cpu: 0, memory: 0, gpu: 0, accelerators: {} },
    workers: { desired: 1, ready: 0 },
    ...change,
  };
}

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_15'],
  // A database server is used where its address is in the environment.
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('how runs ended, on %s', id => {
  async function open() {
    const knex = await databases.init(id);
    await HistoryStore.create(mockServices.database({ knex }));
    const index = new JobIndex();
    const create = () =>
      new RunResults({
        store: new ResultStore(knex),
        index,
        retentionMs: 90 * DAY,
        logger: mockServices.logger.mock(),
        clock: () => NOW,
      });
    const results = create();
    const of = (visible = (_: { readonly namespace: string }) => true) =>
      results.statistics({ workload: 'hello-ray', weeks: 2 }, visible);
    return { knex, index, results, create, of };
  }

  it('is counted by week, with the median of the times', async () => {
    const { index, results, of } = await open();
    index.setLive(ended('a', { minutes: 10 }));
    index.setLive(ended('b', { minutes: 30 }));
    index.setLive(ended('c', { minutes: 20 }));
    index.setLive(ended('stopped', { state: 'stopped', minutes: 500 }));
    index.setLive(ended('again', { attempt: 2, minutes: 40 }));
    index.setLive(ended('before', { days: 7, minutes: 5 }));
    index.setLive(ended('long ago', { days: 20 }));
    index.setLive(ended('other', { workload: 'other' }));
    index.setLive(ended('runs', { state: 'running', endedAt: undefined }));
    await results.flush();
    expect(await of()).toMatchObject({
      since: '2026-11-16T00:00:00.000Z',
      runs: 6,
      complete: true,
      succeeded: 5,
      failed: 0,
      stopped: 1,
      weeks: [
        { from: '2026-11-16T00:00:00.000Z', succeeded: 1, stopped: 0 },
        {
          from: '2026-11-23T00:00:00.000Z',
          succeeded: 4,
          stopped: 1,
          duration: { runs: 4, median: 30 * MINUTE, most: 40 * MINUTE },
          wait: { runs: 4, median: MINUTE },
        },
      ],
    });
  });

  it('has causes of failures and who ran which version', async () => {
    const { index, results, of } = await open();
    const failed = { state: 'failed', reason: 'OutOfMemory' } as const;
    index.setLive(ended('old', { ...failed, days: 1, version: '0.9.0' }));
    index.setLive(ended('new', { ...failed, message: 'It asked for more' }));
    index.setLive(ended('bad', { ...failed, reason: 'AppFailed' }));
    index.setLive(ended('good', { owner: 'user:default/grace' }));
    await results.flush();
    expect(await of()).toMatchObject({
      causes: [
        {
          reason: 'OutOfMemory',
          runs: 2,
          last: { name: 'new', message: 'It asked for more' },
        },
        { reason: 'AppFailed', runs: 1 },
      ],
      versions: [
        {
          version: '1.0.0',
          runs: 3,
          succeeded: 1,
          failed: 2,
          owners: [
            { owner: 'user:default/ada', runs: 2 },
            { owner: 'user:default/grace', runs: 1 },
          ],
        },
        { version: '0.9.0', runs: 1, failed: 1 },
      ],
    });
  });

  it('tells nothing of runs that the caller may not see', async () => {
    const { index, results, of } = await open();
    index.setLive(ended('mine'));
    index.setLive(ended('secret', { namespace: 'secret', version: '6.6.6' }));
    await results.flush();
    const told = await of(({ namespace }) => namespace === 'training');
    expect(told.runs).toBe(1);
    expect(JSON.stringify(told)).not.toContain('secret');
    expect(JSON.stringify(told)).not.toContain('6.6.6');
  });

  it('is written once, again where the cause is known better, and forgotten', async () => {
    const { knex, index, results, create, of } = await open();
    const inserts: string[] = [];
    knex.on('query', ({ sql }) => {
      if (/^insert into .ray_run_results/.test(sql)) {
        inserts.push(sql);
      }
    });
    index.setLive(ended('a', { state: 'failed', reason: 'AppFailed' }));
    await results.flush();
    await results.flush();
    // Another backend, or this one after a restart, sees the same.
    const again = create();
    index.setLive(
      ended('a', { state: 'failed', reason: 'AppFailed', attempt: 1 }),
    );
    await again.flush();
    expect(inserts).toHaveLength(1);
    index.setLive(ended('a', { state: 'failed', reason: 'OutOfMemory' }));
    await results.flush();
    expect((await of()).causes).toMatchObject([{ reason: 'OutOfMemory' }]);
    await new ResultStore(knex).forget(daysAgo(-1));
    expect(await knex('ray_run_results')).toEqual([]);
  });

  it('is found by an index, however many runs there are', async () => {
    const { knex } = await open();
    const query = knex('ray_run_results')
      .where('workload', 'hello-ray')
      .andWhere('ended_at', '>=', daysAgo(14))
      .orderBy('ended_at', 'desc')
      .limit(5_001);
    const explain = id === 'SQLITE_3' ? 'explain query plan' : 'explain';
    if (id !== 'SQLITE_3') {
      // The planner reads an empty table as a whole otherwise.
      await knex.raw('set enable_seqscan = off');
    }
    const plan = await knex.raw(`${explain} ${query.toString()}`);
    expect(JSON.stringify(plan.rows ?? plan)).toContain(
      'ray_run_results_workload_idx',
    );
  });
});

describe('the weeks', () => {
  it.each([
    ['2026-11-23T00:00:00Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11-29T23:59:59Z', '2026-11-23T00:00:00.000Z'],
  ])('begin on Monday in UTC, at %s', (now, monday) => {
    expect(firstWeek(new Date(now), 1).toISOString()).toBe(monday);
  });
});
