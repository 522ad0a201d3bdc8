import {
  CoreV1Api,
  CustomObjectsApi,
  KubernetesObject,
  makeInformer,
  V1ConfigMap,
} from '@kubernetes/client-node';
import { until } from './__testUtils__/until';
import {
  startTestApiServer,
  TestApiServer,
} from './__testUtils__/TestApiServer';

describe('@kubernetes/client-node', () => {
  let server: TestApiServer;

  beforeAll(async () => {
    server = await startTestApiServer({ watchHistory: 10 });
  });

  afterAll(() => server.close());

  it('keeps an informer up to date', async () => {
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

  it('lists again when the changes since its list are forgotten', async () => {
    const core = server.kubeConfig.makeApiClient(CoreV1Api);
    const change = (n: number) =>
      core.patchNamespacedConfigMap({
        namespace: 'kube-public',
        name: 'busy',
        body: [{ op: 'replace', path: '/data/n', value: `${n}` }],
      });
    await core.createNamespacedConfigMap({
      namespace: 'kube-public',
      body: { metadata: { name: 'busy' }, data: { n: '0' } },
    });
    let lists = 0;
    const informer = makeInformer<V1ConfigMap>(
      server.kubeConfig,
      '/api/v1/namespaces/kube-public/configmaps',
      async () => {
        lists += 1;
        const list = await core.listNamespacedConfigMap({
          namespace: 'kube-public',
        });
        for (let n = 1; n < 20 && lists === 1; n++) {
          await change(n);
        }
        return list;
      },
    );
    await informer.start();
    await until(() => informer.get('busy', 'kube-public')?.data?.n === '19');
    expect(lists).toBe(2);
    await informer.stop();
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
