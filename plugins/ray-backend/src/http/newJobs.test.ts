import type { AddressInfo } from 'node:net';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { sleep } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { permissionsWithout } from '../__testUtils__/permissionsWithout';
import { testDatabase } from '../__testUtils__/testDatabase';
import rayPlugin from '..';

const withPod = (pod: object) => ({
  entrypoint: 'python train.py',
  rayClusterSpec: { headGroupSpec: { template: { spec: pod } } },
});

const PRIVILEGED = withPod({
  containers: [{ name: 'ray', securityContext: { privileged: true } }],
});
const WITH_SECRET = withPod({
  containers: [{ name: 'ray', env: [{ name: 'TOKEN', value: 'hunter2' }] }],
});

describe('new jobs', () => {
  const registry = actionsRegistryServiceMock();
  const headers = {
    authorization: mockCredentials.user.header('user:default/ada'),
    'content-type': 'application/json',
  };
  let denied: readonly string[] = [];
  let api: FakeKubeApi;
  let backend: TestBackend;
  let base: string;

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    const put = (name: string, spec: object, labels = {}) =>
      api.put(RAYJOBS, {
        metadata: { name, namespace: 'training', labels },
        spec,
      } as Parameters<FakeKubeApi['put']>[1]);
    put('privileged', PRIVILEGED);
    put('secret', WITH_SECRET, { 'example.dev/owned-by': 'a-tool', team: 'a' });
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
        permissionsWithout(() => denied),
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([{ name: 'c', url: api.url }]),
            ray: { clusters: [{ name: 'c', namespaces: ['training'] }] },
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    base = `http://127.0.0.1:${port}/api/ray/jobs`;
  }, 30_000);

  beforeEach(() => {
    denied = [];
    api.requests.length = 0;
  });

  afterAll(async () => {
    await backend.stop();
    await api.close();
  });

  /** Each way to create a job: what it answers, in words. */
  const doors = {
    async api(namespace: string, spec: object) {
      const job = { metadata: { name: 'new', namespace }, spec };
      const body = JSON.stringify({ cluster: 'c', job });
      const answer = await fetch(base, { method: 'POST', headers, body });
      return answer.text();
    },
    async proposal(namespace: string, spec: object) {
      const job = { metadata: { name: 'new', namespace }, spec };
      const body = JSON.stringify({ cluster: 'c', job });
      const url = base.replace(/jobs$/, 'proposals');
      const answer = await fetch(url, { method: 'POST', headers, body });
      return answer.text();
    },
    async action(namespace: string, spec: object) {
      const result = await registry
        .invoke({
          id: 'test:submit-training-job',
          input: { cluster: 'c', namespace, name: 'new', spec: { ...spec } },
          credentials: mockCredentials.user('user:default/ada'),
        })
        .catch(String);
      return JSON.stringify(result);
    },
  };

  const retry = (name: string) =>
    fetch(`${base}/c/training/${name}/retry`, { method: 'POST', headers });

  const created = () =>
    api.requests.filter(request => request.startsWith('POST'));

  it.each(Object.entries(doors))(
    'are held to the policy and the place through the %s',
    async (_, submit) => {
      expect(await submit('training', PRIVILEGED)).toContain('runs privileged');
      expect(await submit('kube-system', WITH_SECRET)).toContain(
        "doesn't watch the namespace kube-system on c; use one of training",
      );
      denied = ['ray.job.create'];
      expect(await submit('training', WITH_SECRET)).toContain('ray.job.create');
      expect(created()).toEqual([]);
    },
  );

  it('are held to the policy when they are run again', async () => {
    const answer = await retry('privileged');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('runs privileged');
    denied = ['ray.job.create'];
    expect((await retry('secret')).status).toBe(403);
    expect(created()).toEqual([]);
  });

  it('bring no labels of other tools when they are run again', async () => {
    const { job } = await (await retry('secret')).json();
    const copy = api.collection(RAYJOBS).get(`training/${job.name}`);
    expect(copy?.metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'ml-platform',
      team: 'a',
    });
  });

  it('show values of their environment only to those who may see them', async () => {
    const manifest = async () => {
      const url = `${base}/c/training/secret/manifest`;
      return (await fetch(url, { headers })).text();
    };
    expect(await manifest()).toContain('value: hunter2');
    denied = ['ray.job.secrets.read'];
    expect(await manifest()).toContain('value: "[redacted]"');
    denied = [];
    api.collection(RAYJOBS).delete('training/secret');
    const gone = async () => {
      const answer = await fetch(`${base}/c/training/secret`, { headers });
      return !(await answer.json()).live;
    };
    while (!(await gone())) {
      await sleep(10);
    }
    expect(await manifest()).not.toContain('hunter2');
    const answer = await retry('secret');
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('were not kept; create a new job');
    expect(created()).toEqual([]);
  }, 20_000);
});
