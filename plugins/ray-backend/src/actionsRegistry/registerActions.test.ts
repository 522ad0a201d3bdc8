import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { PODS, resourcePath } from '@ml-platform/kube';
import { RAYJOBS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { permissionsWithout } from '../__testUtils__/permissionsWithout';
import { testDatabase } from '../__testUtils__/testDatabase';
import rayPlugin from '..';

const REF = { cluster: 'c', namespace: 'training', name: 'j' };

describe('the actions registry', () => {
  const registry = actionsRegistryServiceMock();
  let api: FakeKubeApi;
  let backend: TestBackend;
  let denied: string[] = [];

  beforeAll(async () => {
    api = await FakeKubeApi.start();
    const job = {
      metadata: { name: 'j', namespace: 'training' },
      spec: {},
      status: { jobDeploymentStatus: 'Complete', jobStatus: 'SUCCEEDED' },
    };
    const pod = {
      metadata: {
        name: 'p',
        namespace: 'training',
        labels: {
          'app.kubernetes.io/created-by': 'kuberay-operator',
          'ray.io/originated-from-cr-name': 'j',
        },
      },
      spec: { containers: [{ name: 'ray-job-submitter' }] },
      status: {
        phase: 'Succeeded',
        containerStatuses: [
          { name: 'ray-job-submitter', state: { terminated: { exitCode: 0 } } },
        ],
      },
    };
    api.put(RAYJOBS, job);
    api.put(PODS, pod);
    const log = api.log('training', 'p', 'ray-job-submitter');
    ['one', 'two', 'three'].forEach((text, i) =>
      log.append(`2026-11-23T21:06:0${i}.000000000Z`, text),
    );
    log.end();
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
          },
        }),
      ],
    });
  });

  beforeEach(() => {
    denied = [];
  });

  afterAll(async () => {
    await backend.stop();
    await api.close();
  });

  const invoke = (
    name: string,
    input: Parameters<typeof registry.invoke>[0]['input'],
  ) =>
    registry.invoke({
      id: `test:${name}`,
      input,
      credentials: mockCredentials.user('user:default/ada'),
    });

  it('lists jobs and tells of one', async () => {
    expect(await invoke('list-training-jobs', { state: 'succeeded' })).toEqual({
      output: {
        items: [expect.objectContaining({ ...REF, state: 'succeeded' })],
        total: 1,
      },
    });
    const { output } = await invoke('get-training-job', REF);
    expect(output).toMatchObject({ live: true, pods: [{ name: 'p' }] });
  });

  it('reads the end of a log', async () => {
    const read = await invoke('get-training-job-logs', { ...REF, tail: 2 });
    expect(read).toEqual({ output: { text: 'two\nthree', end: 'completed' } });
  });

  it('submits in the name of who calls', async () => {
    const submitted = await invoke('submit-training-job', {
      ...REF,
      name: 'new',
      spec: { entrypoint: 'python x.py' },
    });
    expect(submitted).toEqual({ output: { ...REF, name: 'new' } });
    expect(api.collection(RAYJOBS).get('training/new')).toMatchObject({
      metadata: {
        annotations: { 'ml-platform.dev/requester': 'user:default/ada' },
      },
    });
  });

  it.each([
    ['list-training-jobs', 'ray.job.read', {}],
    ['get-training-job', 'ray.job.read', REF],
    ['get-training-job-logs', 'ray.log.read', REF],
    ['submit-training-job', 'ray.job.create', { ...REF, name: 'x', spec: {} }],
  ])('%s needs %s', async (action, permission, input) => {
    denied = [permission];
    await expect(invoke(action, input)).rejects.toThrow(permission);
    const posts = api.requests.filter(
      request => request === `POST ${resourcePath(RAYJOBS, 'training')}`,
    );
    expect(posts.length).toBeLessThanOrEqual(1);
  });
});
