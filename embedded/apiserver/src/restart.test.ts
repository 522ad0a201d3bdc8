import { startTestApiServer } from './__testUtils__/TestApiServer';

const MAPS = '/api/v1/namespaces/default/configmaps';

describe('a server that was stopped', () => {
  it('goes on with its objects and its versions', async () => {
    const first = await startTestApiServer();
    const made = await first.request('POST', MAPS, {
      body: { metadata: { name: 'kept' }, data: { a: '1' } },
    });
    await first.request('POST', MAPS, { body: { metadata: { name: 'last' } } });
    const gone = await first.request('DELETE', `${MAPS}/last`);
    expect(gone.status).toBe(200);
    await first.stop();
    const second = await startTestApiServer({ dataDir: first.dataDir });
    const kept = await second.request('GET', `${MAPS}/kept`);
    expect(kept.json()).toEqual(made.json());
    const next = await second.request('POST', MAPS, {
      body: { metadata: { name: 'next' } },
    });
    expect(Number(next.json().metadata.resourceVersion)).toBeGreaterThan(
      Number(made.json().metadata.resourceVersion) + 2,
    );
    const watch = await second.request(
      'GET',
      `${MAPS}?watch=true&resourceVersion=${made.json().metadata.resourceVersion}&timeoutSeconds=1`,
    );
    expect(JSON.parse(watch.text)).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
    await second.close();
  });

  it('forgets events that are old', async () => {
    let now = Date.now();
    const options = { now: () => now };
    const first = await startTestApiServer(options);
    await first.request('POST', '/api/v1/namespaces/default/events', {
      body: { metadata: { name: 'old' }, reason: 'x' },
    });
    await first.stop();
    now += 61 * 60 * 1000;
    const second = await startTestApiServer({
      ...options,
      dataDir: first.dataDir,
    });
    const events = await second.request('GET', '/api/v1/events');
    expect(events.json().items).toEqual([]);
    await second.close();
  });
});
