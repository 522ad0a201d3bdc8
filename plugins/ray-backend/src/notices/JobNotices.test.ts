import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { RayJobNotice } from '@ml-platform/backstage-plugin-ray-node';
import { jobSummary, type JobSummary } from '@ml-platform/rayjob';
import { sleep } from '@ml-platform/kube';
import { until } from '@ml-platform/kube/testUtils';
import type { Knex } from 'knex';
import { HistoryStore } from '../history/HistoryStore';
import { JobIndex } from '../jobs/JobIndex';
import { JobNotices } from './JobNotices';
import { LEASE, NoticeStore } from './NoticeStore';

const HOUR = 3_600_000;
/** Longer than changes are gathered before they are written. */
const SETTLED = 1_500;

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

function jobOf(name: string, more: Partial<JobSummary> = {}): JobSummary {
  return {
    ...jobSummary('c', { metadata: { name, namespace: 'training' } }),
    uid: `uid-${name}`,
    workload: 'hello-ray',
    owner: 'user:default/ada',
    state: 'running',
    createdAt: ago(0),
    ...more,
  };
}

const ends = (job: JobSummary, more: Partial<JobSummary> = {}): JobSummary => ({
  ...job,
  state: 'succeeded',
  endedAt: ago(0),
  ...more,
});

const told = (notice: RayJobNotice) => `${notice.job.name} ${notice.kind}`;

describe('JobNotices', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    // A database server is used where its address is in the environment.
    disableDocker: true,
  });
  const stops: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  async function open(id: Parameters<typeof databases.init>[0]) {
    const store = await HistoryStore.create(
      mockServices.database({ knex: await databases.init(id) }),
    );
    return store.client;
  }

  /** A backend with its own index; `stop` ends it. */
  async function start(
    knex: Knex,
    options: {
      readonly jobs?: readonly JobSummary[];
      readonly send?: (notice: RayJobNotice) => Promise<void>;
      readonly later?: number;
      readonly shortestWaitMs?: number;
      readonly pullRequestMs?: number;
    } = {},
  ) {
    const { jobs = [], later = 0 } = options;
    const index = new JobIndex();
    jobs.forEach(job => index.setLive(job));
    const sent: RayJobNotice[] = [];
    const store = new NoticeStore(knex);
    const stop = new AbortController();
    const notices = new JobNotices({
      store,
      index,
      sender: {
        send: async notice => {
          sent.push(notice);
          await options.send?.(notice);
        },
      },
      config: {
        shortestWaitMs: options.shortestWaitMs ?? HOUR,
        timesUsual: 2,
        pullRequestMs: options.pullRequestMs ?? HOUR,
      },
      logger: mockServices.logger.mock(),
      clock: () => new Date(Date.now() + later),
    });
    const running = notices.run(stop.signal);
    const end = async () => {
      stop.abort();
      await running;
    };
    stops.push(end);
    // It has begun once the database says since when.
    await store.begin(new Date());
    await sleep(50);
    return { index, sent, stop: end };
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('tells how a job ended, once, however often its row changes', async () => {
      const { index, sent } = await start(await open(id));
      const [won, lost] = [jobOf('won'), jobOf('lost')];
      index.setLive(won);
      index.setLive(lost);
      index.setLive(ends(won));
      index.setLive(ends(lost, { state: 'failed', message: 'Out of memory' }));
      await until(() => sent.length === 2);
      index.setLive(ends(won, { message: 'Another word' }));
      index.removeLive(lost);
      index.setGone(ends(lost, { state: 'failed', message: 'Out of memory' }));
      await sleep(SETTLED);
      expect(sent.map(told).sort()).toEqual(['lost failed', 'won ended']);
      expect(sent.find(({ kind }) => kind === 'failed')?.job.message).toBe(
        'Out of memory',
      );
    });

    it('tells nobody of jobs whose requester is no entity, or none', async () => {
      const { index, sent } = await start(await open(id));
      for (const owner of [undefined, 'system:serviceaccount:a:b', 'ada']) {
        const job = jobOf(`by-${owner?.length}`, { owner });
        index.setLive(job);
        index.setLive(ends(job));
      }
      await sleep(SETTLED);
      expect(sent).toEqual([]);
    });

    it('is silent about what was before it, and tells what happened while it was down', async () => {
      const knex = await open(id);
      const old = ends(jobOf('old', { createdAt: ago(HOUR) }), {
        endedAt: ago(HOUR / 2),
      });
      const waits = jobOf('waits', { state: 'queued', createdAt: ago(HOUR) });
      const first = await start(knex, {
        jobs: [old, waits, jobOf('runs')],
        shortestWaitMs: 1,
      });
      await sleep(SETTLED);
      await first.stop();
      expect(first.sent).toEqual([]);
      const missed = ends(jobOf('runs'));
      const second = await start(knex, { jobs: [old, missed] });
      await until(() => second.sent.length > 0);
      await second.stop();
      expect(second.sent.map(told)).toEqual(['runs ended']);
      const third = await start(knex, { jobs: [old, missed] });
      await sleep(SETTLED);
      expect(third.sent).toEqual([]);
    });

    it('tells once where two backends see the same', async () => {
      const knex = await open(id);
      const both = [await start(knex), await start(knex)];
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (const { index } of both) {
        names.forEach(name => index.setLive(jobOf(name)));
      }
      for (const { index } of both) {
        names.forEach(name => index.setLive(ends(jobOf(name))));
      }
      const sent = () => both.flatMap(one => one.sent.map(told));
      await until(() => sent().length >= 5);
      await sleep(SETTLED);
      expect(sent().sort()).toEqual(names.map(name => `${name} ended`));
    });

    it('has another backend send what one died with, and what failed once more', async () => {
      const knex = await open(id);
      let reached = false;
      let wakeUp = () => {};
      const dying = await start(knex, {
        send: () => {
          reached = true;
          return new Promise<void>(resolve => {
            wakeUp = resolve;
          });
        },
      });
      dying.index.setLive(jobOf('a'));
      dying.index.setLive(ends(jobOf('a')));
      await until(() => reached);
      const early = await start(knex);
      await sleep(200);
      expect(early.sent).toEqual([]);
      await early.stop();
      let failures = 0;
      const next = await start(knex, {
        later: LEASE + 1,
        send: async () => {
          failures += 1;
          if (failures === 1) {
            throw new Error('down');
          }
        },
      });
      await until(() => next.sent.length === 1);
      await next.stop();
      const last = await start(knex, { later: LEASE + 10_000 });
      await until(() => last.sent.length === 1);
      await sleep(200);
      expect(last.sent.map(told)).toEqual(['a ended']);
      wakeUp();
    }, 40_000);

    it('tells of a wait that is longer than usual, and of an open pull request', async () => {
      const { index, sent } = await start(await open(id), {
        shortestWaitMs: 400,
        pullRequestMs: 400,
      });
      for (const name of ['one', 'two', 'three']) {
        index.setLive(
          jobOf(name, { createdAt: ago(2_000), startedAt: ago(0) }),
        );
      }
      const usual = jobOf('usual', { state: 'queued' });
      index.setLive(usual);
      index.setLive(jobOf('quick', { state: 'pending', workload: 'new' }));
      index.replaceGit([
        jobOf('review', { uid: 'git:review.yaml', state: 'awaiting-merge' }),
        jobOf('merged', { uid: 'git:merged.yaml', state: 'awaiting-merge' }),
      ]);
      index.setLive(jobOf('merged'));
      await until(() => sent.length === 2);
      expect(sent.map(told).sort()).toEqual([
        'quick waits',
        'review pull-request',
      ]);
      // Twice the median of 2 s has passed by then.
      await until(() => sent.length === 3, 10_000);
      const last = sent[2];
      expect(told(last)).toBe('usual waits');
      expect(last.kind === 'waits' && last.usualMs).toBeGreaterThanOrEqual(
        2_000,
      );
      expect(last.kind === 'waits' && last.waitedMs).toBeGreaterThan(4_000);
      // The same wait is no news with each change of its row.
      index.setLive({ ...usual, message: 'Position 2' });
      await sleep(SETTLED);
      expect(sent).toHaveLength(3);
    }, 20_000);

    it('tells of an open pull request that is to stop or delete a job, until it is merged', async () => {
      const { index, sent } = await start(await open(id), {
        pullRequestMs: 400,
      });
      const change = (verb: 'stop' | 'delete' | 'retry') => ({
        verb,
        pullRequestUrl: `https://git.example.com/${verb}`,
        createdAt: ago(0),
      });
      for (const name of ['stop', 'delete', 'retry', 'merged']) {
        index.setLive(jobOf(name, { gitops: { path: `${name}.yaml` } }));
      }
      const old = jobOf('old', { gitops: { path: 'old.yaml' } });
      index.setLive(ends(old, { endedAt: ago(HOUR) }));
      index.setPendingChange(old, change('delete'));
      for (const verb of ['stop', 'delete', 'retry'] as const) {
        index.setPendingChange(jobOf(verb), change(verb));
      }
      index.setPendingChange(jobOf('merged'), change('stop'));
      index.setPendingChange(jobOf('merged'), {
        ...change('stop'),
        merged: true,
      });
      await until(() => sent.length === 2);
      await sleep(SETTLED);
      expect(
        sent.map(notice => notice.kind === 'pull-request' && notice.url).sort(),
      ).toEqual([
        'https://git.example.com/delete',
        'https://git.example.com/stop',
      ]);
      expect(sent.map(told).sort()).toEqual([
        'delete pull-request',
        'stop pull-request',
      ]);
    });

    it('forgets a wait that is over before it is told', async () => {
      const { index, sent } = await start(await open(id), {
        shortestWaitMs: 1,
      });
      const job = jobOf('a', { state: 'pending' });
      index.setLive(job);
      await sleep(100);
      index.setLive({ ...job, state: 'running', startedAt: ago(0) });
      await sleep(SETTLED);
      expect(sent).toEqual([]);
    });

    it('tells once more of a job that was stopped, resumed and ended', async () => {
      const { index, sent } = await start(await open(id));
      const job = jobOf('a');
      index.setLive(job);
      index.setLive(ends(job, { state: 'stopped' }));
      await until(() => sent.length === 1);
      index.setLive({ ...job, attempt: 2 });
      index.setLive(ends(job, { attempt: 2 }));
      await until(() => sent.length === 2);
      expect(sent.map(({ job: { state } }) => state)).toEqual([
        'stopped',
        'succeeded',
      ]);
    });

    it('tells nothing of the time when it was switched off', async () => {
      const knex = await open(id);
      await (await start(knex)).stop();
      await new NoticeStore(knex).end();
      const ended = ends(jobOf('a'));
      await sleep(20);
      const again = await start(knex, { jobs: [ended] });
      await sleep(SETTLED);
      expect(again.sent).toEqual([]);
    });
  });
});
