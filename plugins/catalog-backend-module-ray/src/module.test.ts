import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { EntityProvider } from '@backstage/plugin-catalog-node';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import { RAYCLUSTERS } from '@ml-platform/rayjob';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import catalogModuleRay from './index';

describe('the catalog module', () => {
  let api: FakeKubeApi;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
  });

  afterEach(async () => {
    await api.close();
  });

  async function provide(locators: object[] = []) {
    const providers: EntityProvider[] = [];
    const mutations: Entity[][] = [];
    const removing: boolean[] = [];
    const cluster = (name: string, url: string) => ({
      name,
      url,
      title: `The ${name}`,
      authProvider: 'serviceAccount',
      serviceAccountToken: 'secret',
    });
    const backend = await startTestBackend({
      extensionPoints: [
        [
          catalogProcessingExtensionPoint,
          {
            addEntityProvider: (...added: EntityProvider[]) =>
              providers.push(...added),
          },
        ],
      ],
      features: [
        catalogModuleRay,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:7007' },
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    cluster('workload-cluster', api.url),
                    cluster('management-cluster', 'http://127.0.0.1:1'),
                  ],
                },
                ...JSON.parse(JSON.stringify(locators)),
              ],
            },
            ray: { clusters: [{ name: 'workload-cluster' }] },
          },
        }),
        mockServices.scheduler.mock({
          createScheduledTaskRunner: () => ({
            run: async task => task.fn(new AbortController().signal),
          }),
        }).factory,
      ],
    });
    await providers[0].connect({
      applyMutation: async mutation => {
        removing.push(mutation.type === 'full');
        const added =
          mutation.type === 'full' ? mutation.entities : mutation.added;
        mutations.push(
          added.flatMap(item => ('entity' in item ? [item.entity] : [])),
        );
      },
      refresh: async () => {},
    });
    await backend.stop();
    return { entities: mutations[0], removing: removing[0] };
  }

  it('makes Resources of clusters and of Ray clusters that no job owns', async () => {
    api.put(RAYCLUSTERS, {
      metadata: { name: 'shared', namespace: 'training' },
    });
    const owned = {
      metadata: {
        name: 'owned',
        namespace: 'training',
        ownerReferences: [{ kind: 'RayJob', name: 'a-job' }],
      },
    };
    api.put(RAYCLUSTERS, owned);
    const { entities } = await provide();
    expect(
      entities.map(({ metadata, spec }) => [
        metadata.name,
        metadata.title,
        spec?.type,
        spec?.system,
      ]),
    ).toEqual([
      [
        'workload-cluster',
        'The workload-cluster',
        'kubernetes-cluster',
        'ml-platform',
      ],
      [
        'workload-cluster.training.shared',
        'shared',
        'ray-cluster',
        'ml-platform',
      ],
      [
        'management-cluster',
        'The management-cluster',
        'kubernetes-cluster',
        'ml-platform',
      ],
    ]);
  });

  it('keeps the clusters in the catalog when one does not answer', async () => {
    api.fault = { type: 'status', code: 503, message: 'down' };
    const { entities } = await provide();
    expect(entities.map(({ metadata }) => metadata.name)).toEqual([
      'workload-cluster',
      'management-cluster',
    ]);
  });

  it('removes nothing while clusters may be missing that can not be found', async () => {
    const before = process.env.GOOGLE_APPLICATION_CREDENTIALS;
    process.env.GOOGLE_APPLICATION_CREDENTIALS = '/nonexistent/key.json';
    const found = await provide([{ type: 'gke', projectId: 'my-project' }]);
    process.env.GOOGLE_APPLICATION_CREDENTIALS = before;
    expect(found.removing).toBe(false);
    expect(found.entities).toHaveLength(2);
    expect((await provide()).removing).toBe(true);
  });

  it('makes entities that the catalog takes', async () => {
    api.put(RAYCLUSTERS, {
      metadata: { name: 'shared', namespace: 'training' },
    });
    const policy = EntityPolicies.allOf([
      new SchemaValidEntityPolicy(),
      new DefaultNamespaceEntityPolicy(),
      new NoForeignRootFieldsEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    const { entities } = await provide();
    for (const entity of entities) {
      const checked = await policy.enforce(entity);
      expect(
        checked && (await resourceEntityV1alpha1Validator.check(checked)),
      ).toBe(true);
    }
    expect(entities[0].metadata.links?.[0].url).toBe(
      'http://localhost:7007/ray?cluster=workload-cluster',
    );
  });
});
