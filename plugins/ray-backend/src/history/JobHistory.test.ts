import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { EVENTS, PODS, sleep } from '@ml-platform/kube';
import { jobSummary, RAYJOBS, stopMark } from '@ml-platform/rayjob';
import { readJobClusters } from '@ml-platform/sdk';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { Clusters } from '../clusters/Clusters';
import { JobIndex } from '../jobs/JobIndex';
import { HistoryStore } from './HistoryStore';
import { JobHistory } from './JobHistory';
import type { HistoryConfig } from './readHistory';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };
const ENDED = { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' };
const DAY = 86_400_000;

function rayJob(name: string, status: object = {}, uid = `uid-${name}`) {
  return {
    metadata: { name, namespace: 'training', uid },
    spec: {},
    status,
  };
}

const podWithoutImage = {
  metadata: {
    name: 'p',
    namespace: 'training',
    labels: {
      'app.kubernetes.io/created-by': 'kuberay-operator',
      'ray.io/originated-from-cr-name': 'j',
    },
  },
  status: {
    containerStatuses: [
      {
        name: 'ray-job-submitter',
        image: 'none:1',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason: 'ErrImagePull', message: 'not found' } },
      },
    ],
  },
};

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
            kubernetes: kubernetesConfig(
              (options.clusters ?? ['c']).map(name => ({ name, url: api.url })),
            ),
          },
        }),
      ),
      index,
      logger,
      observers: [history],
      attemptsBefore: ref => history.attemptsBefore(ref),
      stateBefore: ref => history.stateBefore(ref),
      clock: () => now,
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

  it('keeps the events of a run that is gone, over a restart', async () => {
    api.put(RAYJOBS, rayJob('j', { jobDeploymentStatus: 'Running' }));
    const put = (uid: string, message: string) =>
      api.put(EVENTS, {
        metadata: { name: `e-${message}`, namespace: 'training' },
        ...{ reason: 'Created', message },
        ...{ involvedObject: { kind: 'RayJob', name: 'j', uid } },
      });
    put('uid-j', 'mine');
    put('uid-before', 'of the run before');
    const first = await start();
    const run = jobSummary('c', rayJob('j'));
    const messages = async ({ history }: typeof first) =>
      (await history.events(run)).items.map(({ message }) => message);
    while ((await messages(first)).length === 0) {
      await sleep(20);
    }
    api.collection(RAYJOBS).delete('training/j');
    await until(() => first.index.isGone(REF));
    await first.stop();

    api.collection(EVENTS).delete('training/e-mine');
    const second = await start();
    expect(await messages(second)).toEqual(['mine']);
    await second.history.forget(run);
    expect(await messages(second)).toEqual([]);
  });

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

  it('keeps when the pull request of a run was merged, over restarts and its end', async () => {
    const object = (deployment: string) => {
      const { metadata, ...rest } = rayJob('j', {
        jobDeploymentStatus: deployment,
      });
      const annotations = { 'ml-platform.dev/gitops-path': 'p' };
      return { metadata: { ...metadata, annotations }, ...rest };
    };
    const gitops = { path: 'p', pullRequestUrl: 'pr', mergedAt: 'then' };
    api.put(RAYJOBS, object('Initializing'));
    const first = await start();
    const row = jobSummary('c', object('Initializing'));
    first.index.replaceGit([{ ...row, uid: 'git:p', gitops }]);
    api.put(RAYJOBS, object('Running'));
    await until(() => first.index.get(REF)?.reason !== 'Initializing');
    await first.stop();

    // Nothing in git tells of it any more, and the object changes.
    api.put(RAYJOBS, object('Waiting'));
    const second = await start();
    expect(second.index.get(REF)?.gitops).toMatchObject(gitops);
    await second.stop();

    const third = await start();
    expect(third.index.get(REF)?.gitops).toMatchObject(gitops);
    api.collection(RAYJOBS).delete('training/j');
    await until(() => third.index.isGone(REF));
    await third.stop();

    const { index } = await start();
    expect(index.isGone(REF)).toBe(true);
    expect(index.get(REF)?.gitops).toMatchObject(gitops);
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

  it('keeps why a job did not start that is deleted', async () => {
    api.put(RAYJOBS, rayJob('j', { jobDeploymentStatus: 'Initializing' }));
    api.put(PODS, podWithoutImage);
    const { index } = await start();
    await until(() => index.get(REF)?.reason === 'ErrImagePull');
    api.collection(RAYJOBS).delete('training/j');
    await until(() => index.isGone(REF));
    expect(index.get(REF)).toMatchObject({
      reason: 'Deleted',
      message:
        "The image none:1 of p can't be pulled: not found. The job was deleted from its cluster before it ended",
    });
  }, 20_000);

  it('keeps why a job did not start that is stopped, resumed or deleted', async () => {
    const cause = "The image none:1 of p can't be pulled: not found";
    const names = { jobId: 'id-a', rayClusterName: 'a' };
    const starting = { jobDeploymentStatus: 'Initializing', ...names };
    const before = rayJob('j', starting);
    api.put(RAYJOBS, before);
    api.put(PODS, podWithoutImage);
    const { index, history } = await start();
    await until(() => index.get(REF)?.reason === 'ErrImagePull');
    const stopped = {
      ...before,
      metadata: { ...before.metadata, ...stopMark(before, now) },
      spec: { suspend: true },
      status: { jobDeploymentStatus: 'Suspended' },
    };
    api.put(RAYJOBS, stopped);
    await until(() => index.get(REF)?.state === 'stopped');
    api.collection(PODS).delete('training/p');
    expect(index.get(REF)?.message?.startsWith(`${cause}. Stopped`)).toBe(true);
    expect(index.get(REF)?.endedAt).toBe(now.toISOString());
    api.put(RAYJOBS, rayJob('j', { ...starting, jobId: 'b' }));
    await until(() => index.get(REF)?.attempt === 2);
    api.put(PODS, podWithoutImage);
    await until(() => index.get(REF)?.reason === 'ErrImagePull');
    api.put(RAYJOBS, { ...stopped, metadata: before.metadata });
    await until(() => index.get(REF)?.state === 'suspended');
    api.collection(RAYJOBS).delete('training/j');
    await until(() => index.isGone(REF));
    expect(index.get(REF)?.message).toBe(
      `${cause}. The job was deleted from its cluster before it ended`,
    );
    expect((await history.detail(REF))?.attempts).toMatchObject([
      { attempt: 1, state: 'stopped' },
      { attempt: 2, state: 'suspended' },
    ]);
  }, 20_000);

  it.each([
    ['saw it fail', true],
    ['saw it start', false],
  ])(
    'keeps why a job failed when the backend before %s',
    async (_, sawEnd) => {
      const failed = rayJob('j', {
        jobDeploymentStatus: 'Failed',
        reason: 'DeadlineExceeded',
        message: 'Too late',
      });
      const message =
        "The image none:1 of p can't be pulled: not found. Too late";
      api.put(RAYJOBS, rayJob('j', { jobDeploymentStatus: 'Initializing' }));
      api.put(PODS, podWithoutImage);
      const first = await start();
      await until(() => first.index.get(REF)?.reason === 'ErrImagePull');
      if (sawEnd) {
        api.put(RAYJOBS, failed);
        await until(() => first.index.get(REF)?.message === message);
      }
      await first.stop();
      api.put(RAYJOBS, failed);
      api.collection(PODS).delete('training/p');

      const { index } = await start();
      expect(index.get(REF)).toMatchObject({ state: 'failed', message });
    },
    20_000,
  );

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

  const run = (name: string, status: object = {}) => ({
    jobDeploymentStatus: 'Running',
    jobStatus: 'RUNNING',
    jobId: `id-${name}`,
    rayClusterName: name,
    ...status,
  });

  it.each([
    ['SUCCEEDED', { state: 'succeeded' }],
    ['FAILED', { state: 'failed', reason: 'AppFailed' }],
    ['STOPPED', { state: 'stopped', reason: 'Stopped' }],
  ])(
    'records a job as %s that is deleted before KubeRay closes it',
    async (jobStatus, end) => {
      const endTime = '2026-11-23T20:59:30Z';
      api.put(RAYJOBS, rayJob('j', run('a')));
      const { index, history } = await start();
      api.put(
        RAYJOBS,
        rayJob('j', run('a', { jobStatus, rayJobInfo: { endTime } })),
      );
      await until(() => index.get(REF)?.reason === 'Finishing');
      api.collection(RAYJOBS).delete('training/j');
      await until(() => index.isGone(REF));
      expect(index.get(REF)).toMatchObject({ ...end, endedAt: endTime });
      const detail = await history.detail(REF);
      expect(detail?.attempts).toMatchObject([{ ...end, endedAt: endTime }]);
    },
    20_000,
  );

  it('records so also a job that is deleted while nobody watches', async () => {
    api.put(RAYJOBS, rayJob('j', run('a', { jobStatus: 'SUCCEEDED' })));
    await (await start()).stop();
    api.collection(RAYJOBS).delete('training/j');
    const { index } = await start();
    await until(() => index.isGone(REF));
    expect(index.get(REF)).toMatchObject({
      state: 'succeeded',
      endedAt: now.toISOString(),
    });
  }, 20_000);

  it('does not call a job failed that was to be tried again', async () => {
    const retrying = { jobDeploymentStatus: 'Retrying', jobStatus: 'FAILED' };
    api.put(RAYJOBS, rayJob('j', run('a', { ...retrying, failed: 1 })));
    const { index } = await start();
    api.collection(RAYJOBS).delete('training/j');
    await until(() => index.isGone(REF));
    expect(index.get(REF)).toMatchObject({ state: 'stopped' });
  }, 20_000);

  it('keeps the run that was suspended, over restarts', async () => {
    const attempts = async () => {
      const one = await start();
      await until(() => one.index.getLive(REF) !== undefined);
      const { attempt } = one.index.get(REF) ?? {};
      const detail = await one.history.detail(REF);
      await one.stop();
      return {
        attempt,
        known: detail?.attempts.map(known => [
          known.attempt,
          known.rayCluster,
          known.state,
        ]),
      };
    };
    api.put(RAYJOBS, rayJob('j', run('a')));
    await attempts();
    const suspended = { jobDeploymentStatus: 'Suspended' };
    api.put(RAYJOBS, rayJob('j', suspended));
    expect(await attempts()).toEqual({
      attempt: 1,
      known: [[1, 'a', 'suspended']],
    });
    api.put(RAYJOBS, rayJob('j', run('b')));
    expect(await attempts()).toEqual({
      attempt: 2,
      known: [
        [1, 'a', 'suspended'],
        [2, 'b', 'running'],
      ],
    });
    // Suspended and resumed while nobody watched, and then at its end.
    api.put(RAYJOBS, rayJob('j', run('c', ENDED)));
    const end = {
      attempt: 3,
      known: [
        [1, 'a', 'suspended'],
        [2, 'b', 'suspended'],
        [3, 'c', 'succeeded'],
      ],
    };
    expect(await attempts()).toEqual(end);
    expect(await attempts()).toEqual(end);
  }, 30_000);

  it.each([
    ['deleted and created', true],
    ['replaced while the watch was down', false],
  ])(
    'keeps both runs of a name that was %s again',
    async (_, told) => {
      api.put(RAYJOBS, rayJob('j', run('a'), 'one'));
      const { index, history } = await start();
      const changes: (string | undefined)[] = [];
      index.subscribe(({ before, after }) =>
        changes.push(after ? `+${after.uid}` : `-${before?.uid}`),
      );
      if (told) {
        api.collection(RAYJOBS).delete('training/j');
      }
      api.put(RAYJOBS, rayJob('j', run('b'), 'two'));
      await until(() => index.get(REF)?.uid === 'two');
      expect(changes.slice(-2)).toEqual(['-one', '+two']);
      expect(index.isGone({ ...REF, uid: 'one' })).toBe(true);
      expect(index.getLive({ ...REF, uid: 'one' })).toBeUndefined();
      expect(await history.earlierRuns(REF)).toMatchObject([
        { uid: 'one', state: 'stopped', endedAt: now.toISOString() },
      ]);
      const one = await history.detail({ ...REF, uid: 'one' });
      expect(one?.attempts).toMatchObject([
        { rayCluster: 'a', state: 'stopped' },
      ]);
      const two = await history.detail({ ...REF, uid: 'two' });
      expect(two?.attempts).toMatchObject([
        { rayCluster: 'b', state: 'running' },
      ]);
    },
    20_000,
  );

  it('keeps both runs also where nobody watched in between', async () => {
    api.put(RAYJOBS, rayJob('j', run('a'), 'one'));
    await (await start()).stop();
    api.put(RAYJOBS, rayJob('j', run('b'), 'two'));
    const { index, history } = await start();
    await until(() => index.get(REF)?.uid === 'two');
    expect(await history.earlierRuns(REF)).toMatchObject([
      { uid: 'one', state: 'stopped' },
    ]);
  }, 20_000);

  const removal = {
    verb: 'stop',
    pullRequestUrl: 'https://git.example.com/pull/7',
    merged: true,
  } as const;
  const stopped = {
    state: 'stopped',
    reason: 'StoppedThroughGit',
    message: 'Stopped through https://git.example.com/pull/7',
  };

  function inGit(index: JobIndex) {
    const row = index.get(REF);
    if (row) {
      const gitops = { path: 'jobs/training/j.yaml' };
      index.replaceGit([
        { ...row, uid: 'git:j', state: 'awaiting-sync', gitops },
      ]);
    }
  }

  it('says of a job that it was stopped through git', async () => {
    api.put(RAYJOBS, rayJob('j', run('a')));
    const { index } = await start();
    inGit(index);
    index.setPendingChange(REF, removal);
    expect(index.get(REF)?.gitops?.pendingChange).toEqual(removal);
    api.collection(RAYJOBS).delete('training/j');
    await until(() => index.isGone(REF));
    expect(index.get(REF)).toMatchObject(stopped);
  }, 20_000);

  it('says so also where git tells only afterwards', async () => {
    api.put(RAYJOBS, rayJob('j', run('a')));
    const first = await start();
    inGit(first.index);
    first.index.setPendingChange(REF, { ...removal, merged: false });
    api.collection(RAYJOBS).delete('training/j');
    await until(() => first.index.isGone(REF));
    // Still in git as far as is known: it would come again.
    expect(first.index.get(REF)?.state).toBe('awaiting-sync');
    first.index.setPendingChange(REF, removal);
    first.index.replaceGit([]);
    await until(() => first.index.get(REF)?.reason === stopped.reason);
    expect(first.index.get(REF)).toMatchObject(stopped);
    expect(first.index.get(REF)?.gitops?.pendingChange).toBeUndefined();
    await first.stop();
    const second = await start();
    await until(() => second.index.isGone(REF));
    expect(second.index.get(REF)).toMatchObject(stopped);
  }, 20_000);

  it('calls a job deleted whose removal is only proposed', async () => {
    api.put(RAYJOBS, rayJob('j', run('a')));
    const { index } = await start();
    inGit(index);
    index.setPendingChange(REF, { ...removal, merged: false });
    index.replaceGit([]);
    api.collection(RAYJOBS).delete('training/j');
    await until(() => index.isGone(REF));
    expect(index.get(REF)).toMatchObject({ reason: 'Deleted' });
  }, 20_000);
});
