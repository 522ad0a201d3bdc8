import { until } from './__testUtils__/until';
import {
  startTestApiServer,
  TestApiServer,
} from './__testUtils__/TestApiServer';
import { TestWatch } from './__testUtils__/TestWatch';

const MAPS = '/api/v1/namespaces/default/configmaps';

/** So that sockets, and what tests wait for, go on. */
const ALL_BUT_TIMEOUTS: FakeableAPI[] = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
];

describe('watching', () => {
  let server: TestApiServer;
  const watches: TestWatch[] = [];

  beforeAll(async () => {
    server = await startTestApiServer({
      watchHistory: 20,
      bookmarkIntervalMs: 100,
    });
  });

  afterEach(() => watches.splice(0).forEach(watch => watch.stop()));

  afterAll(() => server.close());

  const open = async (path: string) => {
    const watch = await TestWatch.open(server, path);
    watches.push(watch);
    return watch;
  };

  const create = async (name: string, labels = {}) => {
    const answer = await server.request('POST', MAPS, {
      body: { metadata: { name, labels } },
    });
    return answer.json();
  };

  const label = (name: string, labels: object) =>
    server.request('PATCH', `${MAPS}/${name}`, {
      body: { metadata: { labels } },
      contentType: 'application/merge-patch+json',
    });

  it('sends what is there, then every change, in the order of versions', async () => {
    await create('a');
    const watch = await open(`${MAPS}?watch=true`);
    await watch.count(1);
    await create('b');
    await label('a', { x: '1' });
    await server.request('DELETE', `${MAPS}/b`);
    expect(await watch.count(4)).toEqual([
      'ADDED a',
      'ADDED b',
      'MODIFIED a',
      'DELETED b',
    ]);
    const versions = watch.events.map(event =>
      Number(event.object.metadata.resourceVersion),
    );
    expect([...versions].sort((a, b) => a - b)).toEqual(versions);
    expect(new Set(versions).size).toBe(4);
  });

  it('goes on after the version of a list, with nothing lost', async () => {
    const list = await server.request('GET', MAPS);
    await create('later');
    const version = list.json().metadata.resourceVersion;
    const watch = await open(`${MAPS}?watch=true&resourceVersion=${version}`);
    expect(await watch.count(1)).toEqual(['ADDED later']);
  });

  it('shows an object that comes to match as added, one that ceases as deleted', async () => {
    await create('moving', { colour: 'red' });
    const watch = await open(`${MAPS}?watch=true&labelSelector=colour%3Dblue`);
    await label('moving', { colour: 'blue' });
    await label('moving', { shade: 'dark' });
    await label('moving', { colour: 'red' });
    expect(await watch.count(3)).toEqual([
      'ADDED moving',
      'MODIFIED moving',
      'DELETED moving',
    ]);
    expect(watch.events[2].object.metadata.labels).toMatchObject({
      colour: 'blue',
    });
  });

  it('sends bookmarks to those who ask', async () => {
    const watch = await open(
      `${MAPS}?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dnone`,
    );
    await watch.count(1);
    expect(watch.events[0]).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', apiVersion: 'v1' },
    });
    const current = await server.request('GET', MAPS);
    expect(watch.events[0].object.metadata.resourceVersion).toBe(
      current.json().metadata.resourceVersion,
    );
  });

  it('streams a list and marks its end', async () => {
    const watch = await open(
      `${MAPS}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da`,
    );
    await watch.count(2);
    expect(watch.events.slice(0, 2)).toMatchObject([
      { type: 'ADDED', object: { metadata: { name: 'a' } } },
      {
        type: 'BOOKMARK',
        object: {
          metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
        },
      },
    ]);
  });

  it('ends when the time that was asked for is over', async () => {
    jest.useFakeTimers({ doNotFake: ALL_BUT_TIMEOUTS });
    try {
      const watch = await open(`${MAPS}?watch=true&timeoutSeconds=60`);
      jest.advanceTimersByTime(59_999);
      await server.request('GET', MAPS);
      expect(watch.ended).toBe(false);
      jest.advanceTimersByTime(1);
      await until(() => watch.ended);
    } finally {
      jest.useRealTimers();
    }
  });

  it('says that a version is too old once its changes are forgotten', async () => {
    const list = await server.request('GET', MAPS);
    const version = list.json().metadata.resourceVersion;
    for (let i = 0; i < 30; i++) {
      await label('a', { n: `${i}` });
    }
    const watch = await open(`${MAPS}?watch=true&resourceVersion=${version}`);
    await watch.count(1);
    expect(watch.events).toMatchObject([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message: expect.stringMatching(
            /^too old resource version: \d+ \(\d+\)$/,
          ),
        },
      },
    ]);
    expect(watch.ended).toBe(true);
  });

  it('drops a watcher that does not read, and serves the others', async () => {
    await create('big');
    const slow = await open(`${MAPS}?watch=true`);
    const quick = await open(
      `${MAPS}?watch=true&fieldSelector=metadata.name%3Da`,
    );
    slow.pause();
    const data = { text: 'x'.repeat(500_000) };
    for (let i = 0; i < 60; i++) {
      await server.request('PATCH', `${MAPS}/big`, {
        body: { data: { ...data, i: `${i}` } },
        contentType: 'application/merge-patch+json',
      });
    }
    slow.resume();
    await until(() => slow.broken);
    await label('a', { after: 'all' });
    await until(() =>
      quick.events.some(
        ({ object }) =>
          (object.metadata.labels as Record<string, string>)?.after === 'all',
      ),
    );
    expect(quick.broken).toBe(false);
  });

  it('sends tables to those who print them', async () => {
    const answer = await server.request('GET', '/api/v1/namespaces', {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    });
    const table = answer.json();
    expect(table).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
    });
    expect(table.columnDefinitions).toMatchObject([
      { name: 'Name' },
      { name: 'Status' },
      { name: 'Age' },
    ]);
    expect((table.rows as { cells: unknown[] }[])[0].cells.slice(0, 2)).toEqual(
      ['default', 'Active'],
    );
  });
});
