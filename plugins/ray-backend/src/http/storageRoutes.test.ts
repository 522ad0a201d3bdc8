import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import {
  WORKLOAD_STORAGE_KIND,
  WORKLOAD_STORAGES,
} from '@ml-platform/workload-storage';
import { kubernetesConfig } from '../__testUtils__/kubernetesConfig';
import { testDatabase } from '../__testUtils__/testDatabase';
import rayPlugin from '..';

const RESOURCE = { ...WORKLOAD_STORAGES, kind: WORKLOAD_STORAGE_KIND };
const storage = (...conditions: object[]) => ({
  metadata: { namespace: 'training', name: 'galaxies' },
  status: { bucket: 'b', conditions },
});

describe('the storage of workloads', () => {
  let api: FakeKubeApi;
  let backend: TestBackend;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
  });

  afterEach(async () => {
    await backend.stop();
    await api.close();
  });

  async function start(workloadStorage?: object) {
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        mockServices.rootConfig.factory({
          data: {
            kubernetes: kubernetesConfig([
              { name: 'management-cluster', url: api.url },
            ]),
            ray: {
              clusters: [],
              ...(workloadStorage ? { workloadStorage } : {}),
            },
          },
        }),
      ],
    });
    const { port } = backend.server.address() as AddressInfo;
    return (path: string, signal?: AbortSignal) =>
      fetch(`http://127.0.0.1:${port}/api/ray/storages/training/${path}`, {
        headers: { authorization: mockCredentials.user.header() },
        signal,
      });
  }

  it('is pushed to viewers, who cost the cluster no request each', async () => {
    const get = await start({ projectId: 'my-project' });
    const leave = new AbortController();
    const texts = ['', ''];
    const reading = [0, 1].map(async viewer => {
      const { body } = await get('galaxies/stream', leave.signal);
      for await (const chunk of body ?? []) {
        texts[viewer] += Buffer.from(chunk).toString();
      }
    });
    const bothSaw = (state: string) =>
      until(() => texts.every(text => text.includes(`"state":"${state}"`)));
    await bothSaw('missing');
    api.put(RESOURCE, storage());
    await bothSaw('waiting');
    api.put(RESOURCE, storage({ type: 'Ready', status: 'True' }));
    await bothSaw('ready');
    leave.abort();
    await Promise.allSettled(reading);
    await expect((await get('galaxies')).json()).resolves.toMatchObject({
      state: 'ready',
      bucket: 'b',
    });
    expect(
      api.requests.filter(line => line.includes('workloadstorages')),
    ).toHaveLength(1);
  });

  it('is refused with a reason where the portal offers none', async () => {
    const get = await start();
    for (const path of ['galaxies', 'galaxies/stream']) {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('set ray.workloadStorage');
    }
    expect(api.requests.join()).not.toContain('workloadstorages');
  });
});
