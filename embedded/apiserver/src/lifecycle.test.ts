import { until } from './__testUtils__/until';
import {
  startTestApiServer,
  TestApiServer,
} from './__testUtils__/TestApiServer';

const PODS = '/api/v1/namespaces/default/pods';
const MAPS = '/api/v1/namespaces/default/configmaps';
const MERGE = 'application/merge-patch+json';

describe('the life of objects', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer();
  });

  afterAll(() => server.close());

  const createPod = async (name: string, spec = {}) => {
    const answer = await server.request('POST', PODS, {
      body: {
        metadata: { name },
        spec: { containers: [{ name: 'main', image: 'busybox:1' }], ...spec },
      },
    });
    return answer.json();
  };

  const patch = (path: string, body: object) =>
    server.request('PATCH', path, { body, contentType: MERGE });

  it('fills in a pod as a cluster does', async () => {
    expect(await createPod('defaults')).toMatchObject({
      metadata: { generation: 1 },
      spec: {
        restartPolicy: 'Always',
        serviceAccountName: 'default',
        terminationGracePeriodSeconds: 30,
        containers: [
          { imagePullPolicy: 'IfNotPresent', terminationMessagePolicy: 'File' },
        ],
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
  });

  it('lets a pod go at once while no node has it', async () => {
    await createPod('unbound');
    await server.request('DELETE', `${PODS}/unbound`);
    expect((await server.request('GET', `${PODS}/unbound`)).status).toBe(404);
  });

  it('keeps a bound pod until the kubelet has ended it', async () => {
    await createPod('bound', { nodeName: 'n' });
    const marked = await server.request('DELETE', `${PODS}/bound`, {
      body: { gracePeriodSeconds: 7 },
    });
    expect(marked.json()).toMatchObject({
      kind: 'Pod',
      metadata: { deletionGracePeriodSeconds: 7 },
    });
    expect(marked.json().metadata.deletionTimestamp).toBeDefined();
    await server.request('DELETE', `${PODS}/bound`, {
      body: { gracePeriodSeconds: 0 },
    });
    expect((await server.request('GET', `${PODS}/bound`)).status).toBe(404);
  });

  it('gives a pod its node once, through binding', async () => {
    await createPod('binding');
    const bind = () =>
      server.request('POST', `${PODS}/binding/binding`, {
        body: { target: { kind: 'Node', name: 'n' } },
      });
    expect((await bind()).status).toBe(201);
    const pod = await server.request('GET', `${PODS}/binding`);
    expect(pod.json().spec).toMatchObject({ nodeName: 'n' });
    expect((await bind()).json()).toMatchObject({
      reason: 'Conflict',
      message: expect.stringContaining('is already assigned to node "n"'),
    });
  });

  it('refuses to change what a pod is', async () => {
    await createPod('fixed');
    const answer = await patch(`${PODS}/fixed`, {
      spec: { restartPolicy: 'Never' },
    });
    expect(answer.json()).toMatchObject({
      code: 422,
      message: expect.stringContaining(
        'Pod "fixed" is invalid: spec: Forbidden: pod updates may not change fields other than',
      ),
    });
  });

  it('keeps spec and status apart', async () => {
    await createPod('apart');
    const status = await patch(`${PODS}/apart/status`, {
      spec: { containers: null },
      status: { phase: 'Running' },
    });
    expect(status.json()).toMatchObject({
      metadata: { generation: 1 },
      spec: { containers: [{ name: 'main' }] },
      status: { phase: 'Running' },
    });
    const main = await patch(`${PODS}/apart`, {
      metadata: { labels: { a: 'b' } },
      status: { phase: 'Failed' },
    });
    expect(main.json().status).toMatchObject({ phase: 'Running' });
  });

  it('holds an object for its finalizers, and takes no new ones then', async () => {
    await server.request('POST', MAPS, {
      body: { metadata: { name: 'held', finalizers: ['example.com/hold'] } },
    });
    const marked = await server.request('DELETE', `${MAPS}/held`);
    expect(marked.json().metadata.deletionTimestamp).toBeDefined();
    const more = await patch(`${MAPS}/held`, {
      metadata: { finalizers: ['example.com/hold', 'example.com/more'] },
    });
    expect(more.json().message).toContain(
      'no new finalizers can be added if the object is being deleted',
    );
    await patch(`${MAPS}/held`, { metadata: { finalizers: null } });
    expect((await server.request('GET', `${MAPS}/held`)).status).toBe(404);
  });

  it('leaves the children to the garbage collector when asked to wait for them', async () => {
    await server.request('POST', MAPS, {
      body: { metadata: { name: 'owner' } },
    });
    const answer = await server.request(
      'DELETE',
      `${MAPS}/owner?propagationPolicy=Foreground`,
    );
    expect(answer.json().metadata.finalizers).toEqual(['foregroundDeletion']);
  });

  it('deletes only what the preconditions mean', async () => {
    await server.request('POST', MAPS, { body: { metadata: { name: 'pre' } } });
    const answer = await server.request('DELETE', `${MAPS}/pre`, {
      body: { preconditions: { uid: 'other' } },
    });
    expect(answer.json()).toMatchObject({
      reason: 'Conflict',
      message: expect.stringContaining(
        'Precondition failed: UID in precondition: other, UID in object meta:',
      ),
    });
  });

  it('empties a namespace before it goes, and takes nothing new meanwhile', async () => {
    await server.request('POST', '/api/v1/namespaces', {
      body: { metadata: { name: 'short' } },
    });
    const maps = '/api/v1/namespaces/short/configmaps';
    await server.request('POST', maps, {
      body: { metadata: { name: 'x', finalizers: ['example.com/hold'] } },
    });
    await server.request('DELETE', '/api/v1/namespaces/short');
    const held = await server.request('GET', '/api/v1/namespaces/short');
    expect(held.json().status).toEqual({ phase: 'Terminating' });
    const refused = await server.request('POST', maps, {
      body: { metadata: { name: 'y' } },
    });
    expect(refused.json()).toMatchObject({
      code: 403,
      message:
        'configmaps "y" is forbidden: unable to create new content in namespace short because it is being terminated',
      details: { causes: [{ reason: 'NamespaceTerminating' }] },
    });
    await patch(`${maps}/x`, { metadata: { finalizers: null } });
    await until(async () => {
      const gone = await server.request('GET', '/api/v1/namespaces/short');
      return gone.status === 404;
    });
  });

  it('deletes the objects that a selector picks', async () => {
    for (const name of ['pick-a', 'pick-b', 'leave']) {
      await server.request('POST', MAPS, {
        body: { metadata: { name, labels: { set: name.slice(0, 4) } } },
      });
    }
    await server.request('DELETE', `${MAPS}?labelSelector=set%3Dpick`);
    const left = await server.request('GET', `${MAPS}?labelSelector=set`);
    expect(left.json().items.map(item => item.metadata.name)).toEqual([
      'leave',
    ]);
  });

  it('gives a service an address that it keeps', async () => {
    const services = '/api/v1/namespaces/default/services';
    const made = await server.request('POST', services, {
      body: { metadata: { name: 'svc' }, spec: { ports: [{ port: 80 }] } },
    });
    const spec = made.json().spec as { clusterIP: string };
    expect(spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\.96\./),
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
    const put = await server.request('PUT', `${services}/svc`, {
      body: { metadata: { name: 'svc' }, spec: { ports: [{ port: 81 }] } },
    });
    expect(put.json().spec).toMatchObject({ clusterIP: spec.clusterIP });
  });
});
