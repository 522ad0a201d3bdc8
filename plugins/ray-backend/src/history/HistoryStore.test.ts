import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { RayJob } from '@ml-platform/rayjob';
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

const record = (...args: Parameters<typeof rayJob>) =>
  historyRecord('c', rayJob(...args));

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
      await store.save([{ ...record('a'), pods: [POD] }, record('b')]);
      await store.save([
        record('a', {
          jobDeploymentStatus: 'Complete',
          jobStatus: 'SUCCEEDED',
        }),
      ]);
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
      await store.save([record('a', {}, 'other')]);
      expect(await store.detail(ref)).toMatchObject({
        pods: [],
        attempts: [{ state: 'pending' }],
      });
    },
    60_000,
  );

  it.each(databases.eachSupportedId())(
    'remembers every attempt, which KubeRay does not, on %s',
    async id => {
      const store = await open(id);
      const running = { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' };
      await store.save([record('a', { ...running, rayClusterName: 'first' })]);
      await store.save([
        record('a', { ...running, rayClusterName: 'second', failed: 1 }),
      ]);
      const attempts = await store.attempts('c/training/a', 'uid-a');
      expect(
        attempts.map(({ attempt, state, rayCluster }) => [
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
      await store.save(records);
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
});
