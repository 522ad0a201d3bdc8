import {
  startTestApiServer,
  TestApiServer,
} from '../__testUtils__/TestApiServer';

const APPLY = 'application/apply-patch+yaml';
const JOBS = '/apis/ray.io/v1/namespaces/default/rayjobs';
const MAPS = '/api/v1/namespaces/default/configmaps';
const PODS = '/api/v1/namespaces/default/pods';

describe('server-side apply', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer();
  });

  afterAll(() => server.close());

  const apply = (path: string, manager: string, body: unknown, more = '') =>
    server.request('PATCH', `${path}?fieldManager=${manager}${more}`, {
      body,
      contentType: APPLY,
    });

  const map = (data: object) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data,
  });

  it('creates from YAML, and writes nothing when nothing changes', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "1"\n';
    const created = await apply(`${MAPS}/same`, 'sync', yaml);
    expect(created.status).toBe(201);
    expect(created.json().metadata.managedFields).toMatchObject([
      {
        manager: 'sync',
        operation: 'Apply',
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:a': {} } },
      },
    ]);
    const again = await apply(`${MAPS}/same`, 'sync', yaml);
    expect(again.status).toBe(200);
    expect(again.json()).toEqual(created.json());
  });

  it('removes what the manager no longer applies and keeps what others own', async () => {
    await apply(`${MAPS}/drop`, 'one', map({ a: '1', b: '1', c: '1' }));
    await apply(`${MAPS}/drop`, 'two', map({ b: '1', z: '1' }));
    const answer = await apply(`${MAPS}/drop`, 'one', map({ a: '1' }));
    expect(answer.json().data).toEqual({ a: '1', b: '1', z: '1' });
  });

  it('refuses to take a field of another manager unless forced', async () => {
    await apply(`${MAPS}/fight`, 'one', map({ a: '1' }));
    const refused = await apply(`${MAPS}/fight`, 'two', map({ a: '2' }));
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "one" using v1: .data.a',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "one" using v1',
            field: '.data.a',
          },
        ],
      },
    });
    const forced = await apply(
      `${MAPS}/fight`,
      'two',
      map({ a: '2' }),
      '&force=true',
    );
    expect(forced.json().data).toEqual({ a: '2' });
    expect(forced.json().metadata.managedFields).toMatchObject([
      { manager: 'two' },
    ]);
  });

  it('shares a field that two managers want alike', async () => {
    await apply(`${MAPS}/share`, 'one', map({ a: '1' }));
    expect((await apply(`${MAPS}/share`, 'two', map({ a: '1' }))).status).toBe(
      200,
    );
    const answer = await apply(`${MAPS}/share`, 'one', map({}));
    expect(answer.json().data).toEqual({ a: '1' });
  });

  it('gives an update ownership of what it changed', async () => {
    await apply(`${MAPS}/taken`, 'one', map({ a: '1', b: '1' }));
    await server.request('PATCH', `${MAPS}/taken?fieldManager=edit`, {
      body: { data: { a: '2' } },
      contentType: 'application/merge-patch+json',
    });
    const refused = await apply(
      `${MAPS}/taken`,
      'one',
      map({ a: '1', b: '1' }),
    );
    expect(refused.json().message).toBe(
      'Apply failed with 1 conflict: conflict with "edit" using v1: .data.a',
    );
  });

  it('tells the items of keyed lists apart', async () => {
    const pod = (containers: object[]) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers },
    });
    await apply(
      `${PODS}/keyed`,
      'one',
      pod([
        {
          name: 'main',
          image: 'a',
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '1' },
          ],
        },
      ]),
    );
    const answer = await apply(
      `${PODS}/keyed`,
      'two',
      pod([{ name: 'main', image: 'b' }]),
    );
    expect(answer.json()).toMatchObject({
      message:
        'Apply failed with 1 conflict: conflict with "one" using v1: .spec.containers[name="main"].image',
    });
  });

  it('lets the controller own the status and the user the spec', async () => {
    const job = (spec: object) => ({
      apiVersion: 'ray.io/v1',
      kind: 'RayJob',
      spec,
    });
    const template = { spec: { containers: [{ name: 'c', image: 'i' }] } };
    const rayClusterSpec = { headGroupSpec: { template } };
    await apply(`${JOBS}/job`, 'argocd-controller', {
      ...job({ entrypoint: 'python a.py', rayClusterSpec }),
    });
    await server.request('PATCH', `${JOBS}/job/status?fieldManager=operator`, {
      body: { status: { jobStatus: 'RUNNING' }, spec: { entrypoint: 'no' } },
      contentType: 'application/merge-patch+json',
    });
    const answer = await apply(
      `${JOBS}/job`,
      'argocd-controller',
      job({ entrypoint: 'python b.py', rayClusterSpec }),
    );
    expect(answer.json()).toMatchObject({
      metadata: { generation: 2 },
      spec: { entrypoint: 'python b.py' },
      status: { jobStatus: 'RUNNING' },
    });
    expect(
      (answer.json().metadata.managedFields as object[]).map(entry => ({
        ...entry,
        time: undefined,
        fieldsV1: undefined,
      })),
    ).toEqual([
      {
        manager: 'operator',
        operation: 'Update',
        subresource: 'status',
        apiVersion: 'ray.io/v1',
        fieldsType: 'FieldsV1',
      },
      {
        manager: 'argocd-controller',
        operation: 'Apply',
        apiVersion: 'ray.io/v1',
        fieldsType: 'FieldsV1',
      },
    ]);
  });

  it('keeps nothing of a dry run', async () => {
    const answer = await apply(
      `${MAPS}/dry`,
      'one',
      map({ a: '1' }),
      '&dryRun=All',
    );
    expect(answer.json().data).toEqual({ a: '1' });
    expect((await server.request('GET', `${MAPS}/dry`)).status).toBe(404);
  });

  it('needs to know the manager', async () => {
    const answer = await server.request('PATCH', `${MAPS}/x`, {
      body: map({}),
      contentType: APPLY,
    });
    expect(answer.json()).toMatchObject({
      code: 422,
      message: expect.stringContaining('is required for apply patch'),
    });
  });
});
