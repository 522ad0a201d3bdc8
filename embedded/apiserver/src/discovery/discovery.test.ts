import { Root } from 'protobufjs';
import {
  startTestApiServer,
  TestApiServer,
} from '../__testUtils__/TestApiServer';
import { JsonAnswer } from '../__testUtils__/testRequest';

describe('what clients learn of the server', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer();
  });

  afterAll(() => server.close());

  const get = async (path: string, accept?: string) =>
    (await server.request('GET', path, { accept })).json();

  it('is open about its version and health alone', async () => {
    const version = await server.request('GET', '/version', { token: '' });
    expect(version.json()).toMatchObject({ major: '1', minor: '34' });
    const health = await server.request('GET', '/readyz', { token: '' });
    expect(health.text).toBe('ok');
    const api = await server.request('GET', '/api', { token: '' });
    expect(api.status).toBe(401);
  });

  it('lists groups and resources, one by one and all at once', async () => {
    const groups = await get('/apis');
    const ray = (groups.groups as JsonAnswer[]).find(
      group => group.name === 'ray.io',
    );
    expect(ray?.preferredVersion).toEqual({
      groupVersion: 'ray.io/v1',
      version: 'v1',
    });
    const resources = await get('/apis/ray.io/v1');
    expect(
      (resources.resources as JsonAnswer[]).map(resource => resource.name),
    ).toEqual(
      expect.arrayContaining(['rayjobs', 'rayjobs/status', 'rayclusters']),
    );
    const all = await get(
      '/apis',
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
    );
    // Clients fall back to one request a group.
    expect(all.kind).toBe('APIGroupList');
    expect(
      (all.groups as { name: string }[]).map(({ name }) => name),
    ).toContain('ray.io');
  });

  it('publishes schemas, and that it validates fields', async () => {
    const index = await get('/openapi/v3');
    expect(index.paths).toMatchObject({
      'apis/ray.io/v1': { serverRelativeURL: '/openapi/v3/apis/ray.io/v1' },
    });
    const ray = await get('/openapi/v3/apis/ray.io/v1');
    const patch = '/apis/ray.io/v1/namespaces/{namespace}/rayjobs/{name}';
    expect(ray.paths).toHaveProperty([patch, 'patch', 'parameters']);
    expect(JSON.stringify(ray.paths)).toContain('fieldValidation');
    expect(ray.components).toHaveProperty([
      'schemas',
      'io.ray.v1.RayJob',
      'properties',
      'spec',
    ]);
  });

  it('knows no schemas in the older form, in which kubectl asks for unknown kinds', async () => {
    expect(await get('/openapi/v2')).toMatchObject({
      swagger: '2.0',
      definitions: {},
    });
    const answer = await server.request('GET', '/openapi/v2', {
      accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
    });
    // kubectl parses it, and an `@` is none of a media type's characters.
    expect(answer.headers['content-type']).toBe(
      'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    );
    const string = (id: number) => ({ id, type: 'string' });
    const document = Root.fromJSON({
      nested: {
        Document: {
          fields: { swagger: string(1), info: { id: 2, type: 'Info' } },
        },
        Info: { fields: { title: string(1), version: string(2) } },
      },
    }).lookupType('Document');
    expect(document.decode(Buffer.from(answer.text)).toJSON()).toEqual({
      swagger: '2.0',
      info: { title: 'ml-platform embedded Kubernetes', version: 'v1.34.4' },
    });
  });

  it('has the CRDs of the kinds that are built in, and no others', async () => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const list = await get(path);
    expect(list.items.map(item => item.metadata.name)).toContain(
      'rayjobs.ray.io',
    );
    const create = (name: string) =>
      server.request('POST', path, { body: { metadata: { name } } });
    expect((await create('rayjobs.ray.io')).status).toBe(201);
    expect((await create('things.example.com')).status).toBe(403);
  });

  it('allows everything to whoever asks', async () => {
    const answer = await server.request(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      { body: { spec: { resourceAttributes: { verb: 'get' } } } },
    );
    expect(answer.json()).toMatchObject({
      kind: 'SelfSubjectAccessReview',
      status: { allowed: true },
    });
  });
});
