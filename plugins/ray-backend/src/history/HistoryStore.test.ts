import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { jobAttempts, type JobAttempt, type RayJob } from '@ml-platform/rayjob';
import { historyRecord } from './historyRecord';
import { HistoryStore } from './HistoryStore';

function rayJob(name: string, status: object = {}, uid = `uid-${name}`) {
  const job: RayJob = {
    metadata: { name, namespace: 'training', uid, resourceVersion: '1' },
    spec: { entrypoint: 'python x.py' },
    status,
  };
  return job;
}

/** A record of a job, which came to what it is now by way of these statuses. */
const record = (name: string, status: object = {}, uid?: string) =>
  recordAfter(name, [status], uid);

function recordAfter(name: string, statuses: readonly object[], uid?: string) {
  const jobs = statuses.map(status => rayJob(name, status, uid));
  const attempts = jobs.reduce<readonly JobAttempt[]>(
    (known, job) => jobAttempts(known, job),
    [],
  );
  return historyRecord('c', jobs[jobs.length - 1], attempts);
}

const NOW = new Date('2026-11-23T22:00:00Z');

const POD = {
  name: 'p',
  role: 'head',
  phase: 'Running',
  createdAt: '',
  containers: [],
} as const;

describe('HistoryStore', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    // A database server is used where its address is in the environment.
    disableDocker: true,
  });

  async function open(id: Parameters<typeof databases.init>[0]) {
    const knex = await databases.init(id);
    return HistoryStore.create(mockServices.database({ knex }));
  }

  it.each(databases.eachSupportedId())(
    'keeps what a job was, also its pods once they are gone, on %s',
    async id => {
      const store = await open(id);
      await store.save([{ ...record('a'), pods: [POD] }, record('b')], NOW);
      const ended = {
        jobDeploymentStatus: 'Complete',
        jobStatus: 'SUCCEEDED',
      };
      await store.save([record('a', ended)], NOW);
      const ref = { cluster: 'c', namespace: 'training', name: 'a' };
      expect(await store.detail(ref)).toMatchObject({
        pods: [{ name: 'p' }],
        manifest: { spec: { entrypoint: 'python x.py' } },
        attempts: [{ attempt: 1, state: 'succeeded' }],
      });
      expect([...(await store.present('c')).keys()]).toEqual([
        'c/training/a',
        'c/training/b',
      ]);
      // Another job of the same name has nothing of the first.
      await store.save([record('a', {}, 'other')], NOW);
      expect(await store.detail(ref)).toMatchObject({
        pods: [],
        attempts: [{ state: 'pending' }],
      });
      // Of the first, all is still known.
      expect(await store.detail({ ...ref, uid: 'uid-a' })).toMatchObject({
        pods: [{ name: 'p' }],
        attempts: [{ attempt: 1, state: 'succeeded' }],
      });
    },
    60_000,
  );

  it.each(databases.eachSupportedId())(
    'remembers every attempt, which KubeRay does not, on %s',
    async id => {
      const store = await open(id);
      const running = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
      const first = { ...running, rayClusterName: 'first' };
      const second = { ...running, rayClusterName: 'second', failed: 1 };
      await store.save([record('a', first)], NOW);
      await store.save([recordAfter('a', [first, second])], NOW);
      const present = (await store.present('c')).get('c/training/a');
      expect(
        present?.attempts.map(({ attempt, state, rayCluster }) => [
          attempt,
          state,
          rayCluster,
        ]),
      ).toEqual([
        [1, 'failed', 'first'],
        [2, 'running', 'second'],
      ]);
    },
    60_000,
  );

  it.each(databases.eachSupportedId())(
    'pages through the jobs that are gone and finds those to forget, on %s',
    async id => {
      const store = await open(id);
      const records = Array.from({ length: 250 }, (_, i) => record(`j${i}`));
      await store.save(records, NOW);
      await store.saveGone(
        records.slice(0, 240).map(({ summary }, i) => ({
          summary: { ...summary, state: 'stopped' },
          goneAt: new Date(1e12 + i * 1_000).toISOString(),
        })),
      );
      const names = (jobs: readonly { readonly name: string }[]) =>
        jobs.map(({ name }) => name);
      const first = await store.gone({ limit: 100, offset: 0 });
      const last = await store.gone({ limit: 100, offset: 200 });
      expect(names(first).slice(0, 2)).toEqual(['j239', 'j238']);
      expect(last).toHaveLength(40);
      const before = new Date(1e12 + 2_000).toISOString();
      const old = await store.expired({ before, maxJobs: 1_000 });
      expect(names(old).sort()).toEqual(['j0', 'j1']);
      await Promise.all(old.map(job => store.delete(job)));
      const surplus = await store.expired({ before, maxJobs: 230 });
      expect(names(surplus)).toEqual([
        'j9',
        'j8',
        'j7',
        'j6',
        'j5',
        'j4',
        'j3',
        'j2',
      ]);
      expect(await store.detail(old[0])).toBeUndefined();
      expect((await store.present('c')).size).toBe(10);
      expect(await store.clusters()).toEqual(['c']);
    },
    60_000,
  );

  it.each(databases.eachSupportedId())(
    'keeps every run that had a name, and forgets each in its time, on %s',
    async id => {
      const store = await open(id);
      const ref = { cluster: 'c', namespace: 'training', name: 'a' };
      const running = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
      const finishing = { ...running, jobStatus: 'SUCCEEDED' };
      // Created again so fast that all of it is written at once.
      await store.save(
        [
          record('a', running, 'one'),
          record('a', finishing, 'two'),
          record('a', {}, 'three'),
        ],
        NOW,
      );
      const goneAt = '2026-11-23T21:00:00.000Z';
      const one = await store.summary({ ...ref, uid: 'one' });
      expect(one).toMatchObject({ uid: 'one', state: 'stopped' });
      if (one) {
        await store.saveGone([
          { summary: { ...one, endedAt: goneAt }, goneAt },
        ]);
      }
      const runs = await store.earlierRuns.of(ref);
      expect(
        runs.map(({ uid, state, endedAt }) => [uid, state, endedAt]),
      ).toEqual([
        ['two', 'succeeded', NOW.toISOString()],
        ['one', 'stopped', goneAt],
      ]);
      expect(await store.summary(ref)).toMatchObject({ uid: 'three' });
      expect((await store.present('c')).size).toBe(1);
      const before = '2026-11-23T21:30:00Z';
      const old = await store.earlierRuns.expired({ before, maxJobs: 10 });
      expect(old.map(({ uid }) => uid)).toEqual(['one']);
      const surplus = await store.earlierRuns.expired({
        before: goneAt,
        maxJobs: 1,
      });
      expect(surplus.map(({ uid }) => uid)).toEqual(['one']);
      await store.earlierRuns.delete({ ...ref, uid: 'one' });
      expect(await store.detail({ ...ref, uid: 'one' })).toBeUndefined();
      expect(await store.detail({ ...ref, uid: 'two' })).toBeDefined();
      await store.delete(ref);
      expect(await store.earlierRuns.of(ref)).toEqual([]);
      expect(await store.detail(ref)).toBeUndefined();
    },
    60_000,
  );

  it.each(databases.eachSupportedId())(
    'lets no backend that is late replace the later run of a name, on %s',
    async id => {
      const store = await open(id);
      const ref = { cluster: 'c', namespace: 'training', name: 'a' };
      const createdAt = (uid: string, time: string) => {
        const one = record('a', {}, uid);
        return { ...one, summary: { ...one.summary, createdAt: time } };
      };
      const older = createdAt('one', '2026-11-23T21:00:00Z');
      const later = createdAt('two', '2026-11-23T21:00:01Z');
      await store.save([older, later], NOW);
      await store.save([older], NOW);
      expect(await store.summary(ref)).toMatchObject({ uid: 'two' });
      const runs = await store.earlierRuns.of(ref);
      expect(runs.map(({ uid }) => uid)).toEqual(['one']);
    },
    60_000,
  );
});
