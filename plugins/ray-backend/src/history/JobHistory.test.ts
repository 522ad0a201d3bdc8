import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { PODS } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { readJobClusters } from '@ml-platform/sdk';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { Clusters } from '../clusters/Clusters';
import { JobIndex } from '../index/JobIndex';
import { HistoryStore } from './HistoryStore';
import { JobHistory } from './JobHistory';
import type { HistoryConfig } from './readHistory';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };
const ENDED = { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' };
const DAY = 86_400_000;

function rayJob(name: string, status: object = {}) {
  return {
    metadata: { name, namespace: 'training' },
    spec: {},
    status,
  };
}

describe('JobHistory', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let api: FakeKubeApi;
  let database: ReturnType<typeof mockServices.database>;
  let now: Date;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    database = mockServices.database({
      knex: await databases.init('SQLITE_3'),
    });
    now = new Date('2026-11-23T21:00:00Z');
  });

  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
    await api.close();
  });

  /** A backend that begins with the same database. */
  async function start(
    options: { clusters?: string[]; config?: Partial<HistoryConfig> } = {},
  ) {
    const index = new JobIndex();
    const logger = mockServices.logger.mock();
    const forgotten: string[] = [];
    const history = new JobHistory({
      store: await HistoryStore.create(database),
      index,
      config: { retentionMs: DAY, maxJobs: 100, ...options.config },
      logger,
      clock: () => now,
      onForget: async ({ name }) => {
        forgotten.push(name);
      },
    });
    const clusters = new Clusters({
      entries: readJobClusters(
        mockServices.rootConfig({
          data: {
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: (options.clusters ?? ['c']).map(name => ({
                    name,
                    url: api.url,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: 'secret',
                  })),
                },
              ],
            },
          },
        }),
      ),
      index,
      logger,
      observers: [history],
    });
    const abort = new AbortController();
    await history.load(clusters);
    const done = [
      clusters.run(abort.signal),
      history.run(clusters, abort.signal),
    ];
    const stop = async () => {
      abort.abort();
      api.dropConnections();
      await Promise.all(done);
    };
    stops.push(stop);
    await until(() => clusters.all().every(({ synced }) => synced));
    return { index, clusters, history, stop, forgotten };
  }

  it('keeps a job listed that ends and goes, over a restart', async () => {
    api.put(RAYJOBS, rayJob('j', { jobDeploymentStatus: 'Running' }));
    const pod = {
      metadata: {
        name: 'p',
        namespace: 'training',
        labels: {
          'app.kubernetes.io/created-by': 'kuberay-operator',
          'ray.io/originated-from-cr-name': 'j',
        },
      },
    };
    api.put(PODS, pod);
    const first = await start();
    await until(() => first.clusters.podsOf(REF).length === 1);
    api.put(RAYJOBS, rayJob('j', ENDED));
    await until(() => first.index.get(REF)?.state === 'succeeded');
    api.collection(RAYJOBS).delete('training/j');
    await until(() => first.index.isGone(REF));
    expect(first.index.get(REF)?.state).toBe('succeeded');
    await first.stop();

    const second = await start();
    expect(second.index.isGone(REF)).toBe(true);
    expect(second.index.get(REF)?.state).toBe('succeeded');
    const detail = await second.history.detail(REF);
    expect(detail?.pods.map(({ name }) => name)).toEqual(['p']);
    // The same name again: the new job is what is shown.
    api.put(RAYJOBS, rayJob('j', { jobDeploymentStatus: 'Initializing' }));
    await until(() => second.index.get(REF)?.state === 'pending');
  }, 20_000);

  it('notices what went while nobody watched', async () => {
    api.put(RAYJOBS, rayJob('j', { jobDeploymentStatus: 'Running' }));
    await (await start()).stop();
    api.collection(RAYJOBS).delete('training/j');
    const { index } = await start();
    await until(() => index.isGone(REF));
    expect(index.get(REF)).toMatchObject({
      state: 'stopped',
      reason: 'Deleted',
      endedAt: now.toISOString(),
    });
  }, 20_000);

  it('lists the jobs of a cluster that is no longer configured', async () => {
    api.put(RAYJOBS, rayJob('j', ENDED));
    await (await start()).stop();
    const { index } = await start({ clusters: ['other'] });
    expect(index.get(REF)?.state).toBe('succeeded');
    expect(index.isGone(REF)).toBe(true);
  }, 20_000);

  it('keeps how an attempt ended that the next one followed at once', async () => {
    const retrying = {
      jobDeploymentStatus: 'Retrying',
      jobStatus: 'FAILED',
      reason: 'AppFailed',
      failed: 1,
      rayClusterName: 'j-one',
      startTime: '2026-11-23T21:00:00Z',
      rayJobInfo: { endTime: '2026-11-23T21:00:30Z' },
    };
    const { history, index } = await start();
    for (const status of [
      { jobDeploymentStatus: 'Running', jobStatus: 'FAILED', failed: 0 },
      retrying,
      { failed: 1 },
      { jobDeploymentStatus: 'Initializing', failed: 1 },
    ]) {
      api.put(RAYJOBS, rayJob('j', status));
    }
    await until(() => index.get(REF)?.attempt === 2);
    const detail = await history.detail(REF);
    expect(detail?.attempts).toEqual([
      {
        attempt: 1,
        state: 'failed',
        reason: 'AppFailed',
        rayCluster: 'j-one',
        startedAt: '2026-11-23T21:00:00Z',
        endedAt: '2026-11-23T21:00:30Z',
      },
      { attempt: 2, state: 'pending', reason: 'Initializing' },
    ]);
  }, 20_000);

  it('forgets what is too old, and what is too much', async () => {
    for (const name of ['j', 'k', 'l']) {
      api.put(RAYJOBS, rayJob(name, ENDED));
    }
    const first = await start();
    api.collection(RAYJOBS).delete('training/j');
    await until(() => first.index.isGone(REF));
    await first.stop();
    now = new Date(now.getTime() + 2 * DAY);
    const second = await start({ config: { maxJobs: 1 } });
    await until(() => second.forgotten.includes('j'));
    expect(second.index.get(REF)).toBeUndefined();
    await second.stop();
    api.collection(RAYJOBS).delete('training/k');
    const third = await start({ config: { maxJobs: 1 } });
    await until(() => third.index.isGone({ ...REF, name: 'k' }));
    now = new Date(now.getTime() + 1_000);
    api.collection(RAYJOBS).delete('training/l');
    await until(() => third.index.isGone({ ...REF, name: 'l' }));
    await third.stop();
    const fourth = await start({ config: { maxJobs: 1 } });
    await until(() => fourth.forgotten.length > 0);
    expect(fourth.forgotten).toEqual(['k']);
  }, 30_000);
});
