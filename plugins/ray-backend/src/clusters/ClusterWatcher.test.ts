import { mockServices } from '@backstage/backend-test-utils';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { JobIndex } from '../jobs/JobIndex';
import { kueueLocalQueues, kueueWorkloads } from '../kueue/kueueApi';
import {
  aLocalQueue,
  aQueuedJob,
  aWorkloadOf,
} from '../__testUtils__/testQueues';
import { ClusterWatcher, type ClusterWatcherOptions } from './ClusterWatcher';

function watcherOf(
  api: FakeKubeApi,
  options: Partial<ClusterWatcherOptions> = {},
): ClusterWatcher {
  return new ClusterWatcher({
    entry: {
      name: 'gpu-cluster',
      title: 'GPU cluster',
      holdsJobs: true,
      access: {
        ok: true,
        config: {
          name: 'gpu-cluster',
          url: api.url,
          auth: { type: 'token', token: 'secret' },
        },
      },
    },
    index: new JobIndex(),
    logger: mockServices.logger.mock(),
    onStatus: () => {},
    ...options,
  });
}

describe('ClusterWatcher', () => {
  it('shows a job with its place in the queue, and is reachable with it', async () => {
    const api = await FakeKubeApi.start();
    api.answer = path =>
      path === '/apis/kueue.x-k8s.io/v1beta2'
        ? {
            code: 200,
            body: {
              resources: [{ name: 'workloads' }, { name: 'localqueues' }],
            },
          }
        : undefined;
    api.put(RAYJOBS, aQueuedJob('train'));
    api.put(kueueLocalQueues('v1beta2'), aLocalQueue());
    api.put(kueueWorkloads('v1beta2'), aWorkloadOf('train'));
    const index = new JobIndex();
    const watcher = watcherOf(api, { index });
    const stop = new AbortController();
    const done = watcher.run(stop.signal);
    const ref = {
      cluster: 'gpu-cluster',
      namespace: 'training',
      name: 'train',
    };
    await until(() => index.get(ref)?.queue?.position === 1);
    expect(index.get(ref)?.message).toBe(
      'Position 1 in training-queue (cluster queue gpu)',
    );
    await until(() => watcher.summary.version !== undefined);
    expect(watcher.summary).toMatchObject({
      reachable: true,
      version: 'v1.34.0',
    });
    stop.abort();
    await done;
    await api.close();
  });

  it.each([true, false])(
    'was last heard of by a bookmark where nothing changes (streaming list: %s)',
    async watchList => {
      const api = await FakeKubeApi.start();
      api.watchList = watchList;
      let now = Date.parse('2026-11-23T21:00:00Z');
      const watcher = watcherOf(api, { clock: () => new Date(now) });
      const stop = new AbortController();
      const done = watcher.run(stop.signal);
      await until(() => watcher.synced && api.collection(RAYJOBS).watchers > 0);
      expect(watcher.summary.lastEventAt).toBe('2026-11-23T21:00:00.000Z');
      now += 60_000;
      api.collection(RAYJOBS).bookmark();
      await until(
        () => watcher.summary.lastEventAt === '2026-11-23T21:01:00.000Z',
      );
      stop.abort();
      await done;
      await api.close();
    },
  );

  it('says when its Ray clusters are not all known, and why', async () => {
    const api = await FakeKubeApi.start();
    const refused = {
      code: 403,
      body: { message: 'rayclusters is forbidden' },
    };
    let forbidden = true;
    api.answer = path =>
      forbidden && path.endsWith('/rayclusters') ? refused : undefined;
    const watcher = watcherOf(api);
    const stop = new AbortController();
    const done = watcher.run(stop.signal);
    await until(() => watcher.synced);
    await until(() =>
      Boolean(
        watcher.rayClusters
          .statusOf(watcher.status)
          .error?.includes('is forbidden'),
      ),
    );
    expect(watcher.rayClusters.statusOf(watcher.status)).toMatchObject({
      ok: false,
      error: expect.stringContaining(
        "Couldn't read the Ray clusters of GPU cluster: ",
      ),
    });
    expect(watcher.status.ok).toBe(true);
    forbidden = false;
    await until(() => watcher.rayClusters.statusOf(watcher.status).ok);
    stop.abort();
    await done;
    await api.close();
  });

  it('says how far the first list is, and that until then some are missing', async () => {
    const api = await FakeKubeApi.start();
    for (let i = 0; i < 1_200; i += 1) {
      api.put(RAYJOBS, { metadata: { name: `j${i}`, namespace: 'training' } });
    }
    const complete = api.collection(RAYJOBS).holdList();
    let told = 0;
    const watcher = watcherOf(api, {
      clock: () => new Date(told * 10_000),
      onStatus: () => {
        told += 1;
      },
    });
    expect(watcher.status).toEqual({
      name: 'gpu-cluster',
      ok: false,
      error: 'Reading the jobs of GPU cluster: 0 so far',
      progress: { read: 0 },
    });
    const stop = new AbortController();
    const done = watcher.run(stop.signal);
    await until(
      () =>
        watcher.status.progress?.read === 1_200 &&
        watcher.status.progress.total === 1_200,
    );
    expect(watcher.status).toMatchObject({
      ok: false,
      error: 'Reading the jobs of GPU cluster: 1,200 of 1,200',
    });
    expect(watcher.summary).toMatchObject({
      reachable: false,
      error: 'Reading the jobs of GPU cluster: 1,200 of 1,200',
      progress: { read: 1_200, total: 1_200 },
    });
    expect(told).toBeGreaterThan(0);
    complete();
    await until(() => watcher.synced);
    expect(watcher.status).toEqual({ name: 'gpu-cluster', ok: true });
    stop.abort();
    await done;
    await api.close();
  });

  it('notices that the right to read jobs is lost while the watch is open, and its return', async () => {
    const api = await FakeKubeApi.start();
    const watcher = watcherOf(api, { probeEveryMs: 10 });
    const stop = new AbortController();
    const done = watcher.run(stop.signal);
    await until(() => watcher.synced && watcher.status.ok);
    const message =
      'rayjobs.ray.io is forbidden: User "reader" cannot list resource "rayjobs" at the cluster scope';
    api.answer = path =>
      path.endsWith('/rayjobs') ? { code: 403, body: { message } } : undefined;
    await until(() => watcher.status.error === message);
    expect(api.collection(RAYJOBS).watchers).toBe(1);
    api.answer = () => undefined;
    await until(() => watcher.status.ok);
    stop.abort();
    await done;
    await api.close();
  });
});
