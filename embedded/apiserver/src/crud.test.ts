import {
  startTestApiServer,
  TestApiServer,
} from './__testUtils__/TestApiServer';

const PODS = '/api/v1/namespaces/default/pods';
const CONFIGMAPS = '/api/v1/namespaces/default/configmaps';

describe('objects over HTTP', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer();
  });

  afterAll(() => server.close());

  it('refuses a request without a known token', async () => {
    for (const token of ['', 'wrong']) {
      const answer = await server.request('GET', PODS, { token });
      expect(answer.status).toBe(401);
      expect(answer.json()).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      });
    }
  });

  it('has the namespaces of every cluster, each with its account', async () => {
    const namespaces = await server.request('GET', '/api/v1/namespaces');
    expect(namespaces.json().items.map(item => item.metadata.name)).toEqual([
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]);
    const accounts = await server.request('GET', '/api/v1/serviceaccounts');
    expect(accounts.json().items).toHaveLength(4);
  });

  it('creates, reads, updates and deletes', async () => {
    const created = await server.request('POST', CONFIGMAPS, {
      body: { metadata: { name: 'one' }, data: { a: '1' } },
    });
    expect(created.status).toBe(201);
    expect(created.json()).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'one', namespace: 'default' },
      data: { a: '1' },
    });
    const { metadata } = created.json();
    expect(metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(metadata.creationTimestamp).toMatch(/^\d{4}-.*Z$/);

    const updated = await server.request('PUT', `${CONFIGMAPS}/one`, {
      body: { metadata, data: { a: '2' } },
    });
    expect(updated.status).toBe(200);
    expect(Number(updated.json().metadata.resourceVersion)).toBeGreaterThan(
      Number(metadata.resourceVersion),
    );

    const stale = await server.request('PUT', `${CONFIGMAPS}/one`, {
      body: { metadata, data: { a: '3' } },
    });
    expect(stale.status).toBe(409);
    expect(stale.json()).toMatchObject({
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "one": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'one', kind: 'configmaps' },
    });

    const gone = await server.request('DELETE', `${CONFIGMAPS}/one`);
    expect(gone.json()).toMatchObject({ kind: 'Status', status: 'Success' });
    const missing = await server.request('GET', `${CONFIGMAPS}/one`);
    expect(missing.json()).toMatchObject({
      code: 404,
      reason: 'NotFound',
      message: 'configmaps "one" not found',
    });
  });

  it('does not write an update that changes nothing', async () => {
    const created = await server.request('POST', CONFIGMAPS, {
      body: { metadata: { name: 'same' }, data: { a: '1' } },
    });
    const again = await server.request('PUT', `${CONFIGMAPS}/same`, {
      body: created.json(),
    });
    expect(again.json()).toEqual(created.json());
  });

  it('says which namespace or object is in the way', async () => {
    const nowhere = await server.request(
      'POST',
      '/api/v1/namespaces/nowhere/configmaps',
      { body: { metadata: { name: 'x' } } },
    );
    expect(nowhere.json()).toMatchObject({
      code: 404,
      message: 'namespaces "nowhere" not found',
    });
    await server.request('POST', CONFIGMAPS, {
      body: { metadata: { name: 'twice' } },
    });
    const twice = await server.request('POST', CONFIGMAPS, {
      body: { metadata: { name: 'twice' } },
    });
    expect(twice.json()).toMatchObject({
      code: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "twice" already exists',
    });
  });

  it('names what it generates and refuses names that are none', async () => {
    const generated = await server.request('POST', CONFIGMAPS, {
      body: { metadata: { generateName: 'gen-' } },
    });
    expect(generated.json().metadata.name).toMatch(/^gen-[a-z0-9]{5}$/);
    const invalid = await server.request('POST', CONFIGMAPS, {
      body: { metadata: { name: 'Not_Valid' } },
    });
    expect(invalid.status).toBe(422);
    expect(invalid.json()).toMatchObject({
      reason: 'Invalid',
      message: expect.stringContaining(
        'ConfigMap "Not_Valid" is invalid: metadata.name: Invalid value: "Not_Valid": a lowercase RFC 1123 subdomain',
      ),
      details: {
        kind: 'ConfigMap',
        causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }],
      },
    });
  });

  it('answers in Status objects to paths and methods it does not know', async () => {
    const path = await server.request('GET', '/apis/example.com/v1/things');
    expect(path.json()).toMatchObject({
      code: 404,
      message: 'the server could not find the requested resource',
    });
    const method = await server.request('PUT', PODS, { body: {} });
    expect(method.json()).toMatchObject({
      code: 405,
      reason: 'MethodNotAllowed',
    });
  });
});
