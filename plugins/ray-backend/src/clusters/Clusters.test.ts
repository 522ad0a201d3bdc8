import { mockServices } from '@backstage/backend-test-utils';
import { RAYJOBS } from '@ml-platform/rayjob';
import { type JobCluster } from '@ml-platform/sdk';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { JobIndex } from '../jobs/JobIndex';
import { Clusters } from './Clusters';

describe('clusters that come and go', () => {
  let api: FakeKubeApi;
  let moved: FakeKubeApi;
  let index: JobIndex;
  let clusters: Clusters;
  let gone: string[];
  let stop: AbortController;
  let done: Promise<void>;

  const entry = (name: string, { url }: FakeKubeApi): JobCluster => ({
    name,
    title: name,
    holdsJobs: true,
    access: {
      ok: true,
      config: { name, url, auth: { type: 'token', token: 'secret' } },
    },
  });

  const job = (name: string) => ({
    metadata: { name, namespace: 'training', uid: name },
    spec: { entrypoint: 'python x.py' },
    status: { jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' },
  });

  const listed = () => [...index.allLive()].map(({ name }) => name).sort();

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    moved = await FakeKubeApi.start();
    api.put(RAYJOBS, job('first'));
    index = new JobIndex();
    gone = [];
    clusters = new Clusters({
      entries: [entry('a', api)],
      index,
      logger: mockServices.logger.mock(),
      observers: [{ seen: () => {}, gone: ({ name }) => gone.push(name) }],
    });
    stop = new AbortController();
    done = clusters.run(stop.signal);
    await until(() => listed().length === 1);
  });

  afterEach(async () => {
    stop.abort();
    await done;
    await api.close();
    await moved.close();
  });

  it('leaves a cluster alone that is reached as before', async () => {
    const before = clusters.get('a');
    const lists = () =>
      api.requests.filter(path => /rayjobs.*watch=true/.test(path)).length;
    moved.put(RAYJOBS, job('second'));
    clusters.update({ entries: [entry('a', api), entry('b', moved)] });
    await until(() => listed().length === 2);
    expect(clusters.get('a')).toBe(before);
    expect(lists()).toBe(1);
  });

  it('takes the jobs of a cluster that is gone out of the list', async () => {
    clusters.update({ entries: [] });
    await until(() => listed().length === 0);
    expect(gone).toEqual(['first']);
    expect(() => clusters.get('a')).toThrow('There is no cluster a');
  });

  it('keeps the jobs listed of a cluster that has another address now', async () => {
    api.put(RAYJOBS, job('ended meanwhile'));
    await until(() => listed().length === 2);
    moved.put(RAYJOBS, job('first'));
    moved.fault = { type: 'status', code: 503, message: 'starting' };
    clusters.update({ entries: [entry('a', moved)] });
    await until(() => clusters.get('a').status.error === 'starting');
    expect(listed()).toEqual(['ended meanwhile', 'first']);
    moved.fault = undefined;
    await until(() => clusters.get('a').synced);
    await until(() => listed().length === 1);
    expect(listed()).toEqual(['first']);
    expect(gone).toEqual(['ended meanwhile']);
  });

  it('keeps them also while it is not found, for whatever causes', async () => {
    for (const error of ['not found', 'not found either', 'no network']) {
      clusters.update({
        entries: [{ ...entry('a', api), access: { ok: false, error } }],
      });
      expect(clusters.get('a').status.error).toBe(error);
    }
    expect(listed()).toEqual(['first']);
    moved.put(RAYJOBS, job('second'));
    clusters.update({ entries: [entry('a', moved)] });
    await until(() => listed().join() === 'second');
    expect(gone).toEqual(['first']);
  });

  it('tells listeners, with why others are not found', () => {
    let told = 0;
    clusters.subscribe(() => {
      told += 1;
    });
    const problem = {
      name: 'gke:p',
      title: 'GKE clusters of p',
      error: 'down',
    };
    clusters.update({
      entries: [entry('a', api)],
      problems: [problem],
      complete: false,
    });
    expect(told).toBe(1);
    expect(clusters.statuses()).toEqual([
      { name: 'a', ok: true, error: undefined },
      { name: 'gke:p', ok: false, error: 'down' },
    ]);
    expect(() => clusters.get('b')).toThrow('some are not found yet');
  });
});
