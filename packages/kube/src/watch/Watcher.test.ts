import { FakeKubeApi } from '../__testUtils__/FakeKubeApi';
import { until } from '../__testUtils__/until';
import { KubeClient } from '../http/KubeClient';
import { resourcePath } from '../http/resources';
import { Watcher } from './Watcher';
import type { WatcherOptions } from './WatcherOptions';
import type { KubeObject, ListProgress, WatchStatus } from './WatchStore';

const RAYJOBS = {
  group: 'ray.io',
  version: 'v1',
  kind: 'RayJob',
  plural: 'rayjobs',
};

const logger = { info() {}, warn() {}, error() {}, debug() {} };

function job(name: string) {
  return { metadata: { name, namespace: 'training' } };
}

describe('Watcher', () => {
  let api: FakeKubeApi;
  let client: KubeClient;
  let stop: AbortController;
  let done: Promise<void>;
  let rows: Map<string, string>;
  let smallest: number;
  let changes: string[];
  let syncs: number;
  let statuses: WatchStatus[];
  let heard: number;
  let progress: ListProgress[];
  let watcher: Watcher<KubeObject>;

  function start(options: Partial<WatcherOptions<KubeObject>> = {}) {
    watcher = new Watcher<KubeObject>({
      client,
      path: resourcePath(RAYJOBS),
      logger,
      backoff: { min: 10, max: 50 },
      handler: {
        upsert(key, { metadata: { name, resourceVersion } }) {
          rows.set(key, `${name}@${resourceVersion}`);
          changes.push(`+${key}`);
        },
        remove(key) {
          rows.delete(key);
          changes.push(`-${key}`);
          smallest = Math.min(smallest, rows.size);
        },
        synced() {
          syncs += 1;
        },
        status(status) {
          statuses.push(status);
        },
        heard() {
          heard += 1;
        },
        progress(one) {
          progress.push(one);
        },
      },
      ...options,
    });
    done = watcher.run(stop.signal);
  }

  const watching = () => api.collection(RAYJOBS).watchers === 1;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    client = new KubeClient({ access: api.access(), timeoutMs: 300 });
    stop = new AbortController();
    rows = new Map();
    smallest = Infinity;
    changes = [];
    syncs = 0;
    statuses = [];
    heard = 0;
    progress = [];
  });

  afterEach(async () => {
    stop.abort();
    await done;
    client.close();
    await api.close();
  });

  it('hears of a server on which nothing changes', async () => {
    api.put(RAYJOBS, job('a'));
    start();
    await until(() => syncs === 1 && watching());
    const before = heard;
    api.collection(RAYJOBS).bookmark();
    await until(() => heard > before);
    expect(changes).toEqual(['+training/a']);
  });

  it('reads the streaming list and goes on with the same connection', async () => {
    api.put(RAYJOBS, job('a'));
    start();
    await until(() => syncs === 1 && watching());
    api.put(RAYJOBS, job('b'));
    api.collection(RAYJOBS).delete('training/a');
    await until(() => rows.size === 1 && rows.has('training/b'));
    expect(changes).toEqual(['+training/a', '+training/b', '-training/a']);
    expect(api.requests).toHaveLength(1);
    expect(statuses).toEqual([{ ok: true, error: undefined }]);
  });

  it('tells how far a streaming list is that is not complete', async () => {
    ['a', 'b', 'c'].forEach(name => api.put(RAYJOBS, job(name)));
    const complete = api.collection(RAYJOBS).holdList();
    start();
    await until(() => progress.at(-1)?.read === 3);
    expect(syncs).toBe(0);
    complete();
    await until(() => syncs === 1);
  });

  it('lists in pages where the server has no streaming list', async () => {
    api.watchList = false;
    ['a', 'b', 'c', 'd', 'e'].forEach(name => api.put(RAYJOBS, job(name)));
    start({ pageSize: 2 });
    await until(() => syncs === 1 && watching());
    expect(rows.size).toBe(5);
    const lists = api.requests.filter(line => line.includes('limit=2'));
    expect(lists).toHaveLength(3);
    expect(progress).toEqual([
      { read: 2, total: 5 },
      { read: 4, total: 5 },
      { read: 5, total: 5 },
    ]);
    api.put(RAYJOBS, job('f'));
    await until(() => rows.size === 6);
  });

  it('lists again after 410 and shows only the difference', async () => {
    api.watchList = false;
    ['a', 'b', 'c'].forEach(name => api.put(RAYJOBS, job(name)));
    start();
    await until(() => syncs === 1 && watching());
    changes = [];
    api.fault = { type: 'status', code: 503, message: 'starting' };
    api.dropConnections();
    api.collection(RAYJOBS).delete('training/b');
    api.put(RAYJOBS, job('d'));
    api.collection(RAYJOBS).expire(api.resourceVersion);
    api.fault = undefined;
    await until(() => syncs === 2);
    expect([...rows.keys()].sort()).toEqual([
      'training/a',
      'training/c',
      'training/d',
    ]);
    expect(changes).toEqual(['+training/d', '-training/b']);
    expect(smallest).toBe(3);
    expect(watcher.relistCount).toBe(1);
  });

  it('loses nothing when the connection breaks in the middle of a line', async () => {
    api.put(RAYJOBS, job('a'));
    start();
    await until(() => syncs === 1 && watching());
    api.collection(RAYJOBS).tear();
    api.put(RAYJOBS, job('b'));
    await until(() => rows.has('training/b'));
    expect(syncs).toBe(1);
    expect(statuses).toEqual([{ ok: true, error: undefined }]);
  });

  it('opens a watch anew that has fallen silent', async () => {
    api.put(RAYJOBS, job('a'));
    start({ idleMs: 40 });
    await until(
      () => api.requests.filter(line => line.includes('watch')).length >= 3,
    );
    expect(syncs).toBe(1);
    expect(rows.size).toBe(1);
  });

  it('reports a cluster that hangs with the cause, keeps the rows, and comes back', async () => {
    api.put(RAYJOBS, job('a'));
    start({ idleMs: 60 });
    await until(() => syncs === 1);
    api.fault = { type: 'hang' };
    api.dropConnections();
    await until(() => statuses.length === 2);
    expect(statuses[1]).toEqual({
      ok: false,
      error: expect.stringContaining('did not answer within 0.3 s'),
    });
    expect(rows.size).toBe(1);
    api.fault = undefined;
    api.dropConnections();
    await until(() => statuses.length === 3);
    expect(statuses[2].ok).toBe(true);
  });

  it('says what the server refuses', async () => {
    api.fault = {
      type: 'status',
      code: 403,
      message: 'rayjobs.ray.io is forbidden: User "x" cannot list',
    };
    start();
    await until(() => statuses.length === 1);
    expect(statuses[0].error).toContain('cannot list');
  });

  it('takes up an object that another answer had first, and lets it go again', async () => {
    api.put(RAYJOBS, job('a'));
    start();
    await until(() => rows.size === 1);
    const told = api.collection(RAYJOBS).put(job('b'));
    await until(() => rows.size === 2);
    const later = String(Number(told.metadata.resourceVersion) + 1);
    watcher.take({
      metadata: { ...job('c').metadata, resourceVersion: later },
    });
    expect(rows.get('training/c')).toBe(`c@${later}`);
    // The watch tells of it too, and then of its end.
    api.put(RAYJOBS, job('c'));
    api.collection(RAYJOBS).delete('training/c');
    await until(() => !rows.has('training/c'));
    watcher.take({
      metadata: { ...job('c').metadata, resourceVersion: later },
    });
    expect(rows.has('training/c')).toBe(false);
  });

  it('does not fall back to what came before an object that it took up', async () => {
    api.put(RAYJOBS, job('a'));
    start();
    await until(() => rows.size === 1);
    const collection = api.collection(RAYJOBS);
    collection.hold();
    collection.delete('training/a');
    const again = collection.put(job('a'));
    const row = `a@${again.metadata.resourceVersion}`;
    watcher.take(again);
    expect(rows.get('training/a')).toBe(row);
    collection.release();
    api.put(RAYJOBS, job('b'));
    await until(() => rows.size === 2);
    expect(changes).toEqual(['+training/a', '+training/a', '+training/b']);
    expect(rows.get('training/a')).toBe(row);
  });
});
