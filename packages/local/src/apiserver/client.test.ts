import {
  CoreV1Api,
  CustomObjectsApi,
  KubernetesObject,
  makeInformer,
  V1ConfigMap,
} from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestApiServer, TestApiServer } from './testing';

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !holds(); i++) {
    await sleep(10);
  }
  expect(holds()).toBe(true);
}

describe('@kubernetes/client-node', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer({ watchHistory: 10 });
  });

  afterAll(() => server.close());

  it('keeps an informer up to date, also when the history is over', async () => {
    const core = server.kubeConfig.makeApiClient(CoreV1Api);
    const informer = makeInformer<V1ConfigMap>(
      server.kubeConfig,
      '/api/v1/namespaces/default/configmaps',
      () => core.listNamespacedConfigMap({ namespace: 'default' }),
    );
    const seen: string[] = [];
    for (const event of ['add', 'update', 'delete'] as const) {
      informer.on(event, object =>
        seen.push(`${event} ${object.metadata?.name}`),
      );
    }
    await core.createNamespacedConfigMap({
      namespace: 'default',
      body: { metadata: { name: 'one' }, data: { a: '1' } },
    });
    await informer.start();
    await core.patchNamespacedConfigMap({
      namespace: 'default',
      name: 'one',
      body: [{ op: 'replace', path: '/data/a', value: '2' }],
    });
    await until(() => seen.includes('update one'));
    await core.deleteNamespacedConfigMap({ namespace: 'default', name: 'one' });
    await until(() => seen.includes('delete one'));
    await informer.stop();
    expect(seen).toEqual(['add one', 'update one', 'delete one']);
  });

  it('works with custom objects', async () => {
    const custom = server.kubeConfig.makeApiClient(CustomObjectsApi);
    const where = {
      group: 'ray.io',
      version: 'v1',
      namespace: 'default',
      plural: 'rayjobs',
    };
    await custom.createNamespacedCustomObject({
      ...where,
      body: {
        apiVersion: 'ray.io/v1',
        kind: 'RayJob',
        metadata: { name: 'job' },
        spec: { entrypoint: 'python x.py', clusterSelector: { a: 'b' } },
      },
    });
    const list: { items: KubernetesObject[] } =
      await custom.listNamespacedCustomObject(where);
    expect(list.items.map(item => item.metadata?.name)).toEqual(['job']);
    await expect(
      custom.getNamespacedCustomObject({ ...where, name: 'none' }),
    ).rejects.toMatchObject({ code: 404 });
  });
});
