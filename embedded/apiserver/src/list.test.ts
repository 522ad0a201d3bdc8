import {
  startTestApiServer,
  TestApiServer,
} from './__testUtils__/TestApiServer';

const MAPS = '/api/v1/namespaces/default/configmaps';

describe('listing', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer();
    for (const [name, labels] of [
      ['a', { tier: 'front', n: '1' }],
      ['b', { tier: 'back', n: '2' }],
      ['c', { tier: 'back' }],
      ['d', {}],
      ['e', {}],
    ] as const) {
      await server.request('POST', MAPS, {
        body: { metadata: { name, labels } },
      });
    }
  });

  afterAll(() => server.close());

  const names = async (query: string, path = MAPS) => {
    const answer = await server.request('GET', `${path}?${query}`);
    return answer.json().items.map(item => item.metadata.name);
  };

  it.each([
    ['tier=back', ['b', 'c']],
    ['tier!=back', ['a', 'd', 'e']],
    ['tier in (front,back),n', ['a', 'b']],
    ['tier notin (back)', ['a', 'd', 'e']],
    ['!tier', ['d', 'e']],
    ['n>1', ['b']],
  ])('selects labels by %s', async (selector, expected) => {
    expect(
      await names(`labelSelector=${encodeURIComponent(selector)}`),
    ).toEqual(expected);
  });

  it('selects fields, and names those it cannot select by', async () => {
    expect(await names('fieldSelector=metadata.name%3Dc')).toEqual(['c']);
    expect(await names('fieldSelector=metadata.name!%3Dc')).toEqual([
      'a',
      'b',
      'd',
      'e',
    ]);
    const refused = await server.request(
      'GET',
      `${MAPS}?fieldSelector=data.x%3D1`,
    );
    expect(refused.json()).toMatchObject({
      code: 400,
      message: 'field label not supported: data.x',
    });
  });

  it('pages through one version of the list whatever happens meanwhile', async () => {
    const first = await server.request('GET', `${MAPS}?limit=2`);
    const { metadata, items } = first.json();
    expect(items.map(item => item.metadata.name)).toEqual(['a', 'b']);
    expect(metadata.remainingItemCount).toBe(3);
    await server.request('POST', MAPS, { body: { metadata: { name: 'bb' } } });
    await server.request('DELETE', `${MAPS}/d`);
    const second = await server.request(
      'GET',
      `${MAPS}?limit=9&continue=${metadata.continue}`,
    );
    expect(second.json().items.map(item => item.metadata.name)).toEqual([
      'c',
      'd',
      'e',
    ]);
    expect(second.json().metadata).toEqual({
      resourceVersion: metadata.resourceVersion,
    });
  });

  it('selects events by what they are about', async () => {
    const events = '/api/v1/namespaces/default/events';
    const about = (name: string) => ({
      metadata: { name: `${name}.1` },
      involvedObject: { kind: 'RayJob', name, namespace: 'default' },
      message: 'made it',
      reportingComponent: 'rayjob-controller',
    });
    for (const name of ['job', 'other']) {
      await server.request('POST', events, { body: about(name) });
    }
    const query =
      'fieldSelector=involvedObject.name%3Djob,involvedObject.kind%3DRayJob';
    const found = await server.request('GET', `${events}?${query}`);
    expect(found.json().items).toMatchObject([about('job')]);
  });

  it('answers empty lists for what nothing makes here', async () => {
    for (const path of [
      '/apis/apps/v1/deployments',
      '/apis/apps/v1/statefulsets',
      '/apis/autoscaling/v2/horizontalpodautoscalers',
      '/apis/networking.k8s.io/v1/ingresses',
      '/api/v1/limitranges',
    ]) {
      const answer = await server.request('GET', path);
      expect(answer.status).toBe(200);
      expect(answer.json().items).toEqual([]);
    }
  });
});
