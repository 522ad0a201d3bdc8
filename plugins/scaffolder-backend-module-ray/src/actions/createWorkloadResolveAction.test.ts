import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakeGitHub } from '@ml-platform/gitops/testUtils';
import { GitHubAccess } from '@ml-platform/backstage-plugin-ray-node';
import { createWorkloadResolveAction } from './createWorkloadResolveAction';
import { examples } from './createWorkloadResolveAction.examples';

describe('ray:workload:resolve', () => {
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start();
  });

  afterEach(() => github.stop());

  const repository = () => `${github.url}/ml-platform/ml-platform`;

  function workload(
    annotations: Record<string, string> = {
      'backstage.io/source-location': `url:${repository()}/tree/main/workloads/hello-ray/`,
    },
    type = 'training-workload',
  ): Entity {
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'hello-ray', namespace: 'default', annotations },
      spec: {
        type,
        owner: 'group:default/ml-engineers',
        lifecycle: 'production',
      },
    };
  }

  async function run(entity: Entity, overrides = {}) {
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          github: [{ host: new URL(github.url).host, apiBaseUrl: github.url }],
        },
      },
    });
    const action = createWorkloadResolveAction({
      catalog: catalogServiceMock({ entities: [entity] }),
      github: new GitHubAccess({
        integrations: ScmIntegrations.fromConfig(config),
      }),
    });
    const ctx = {
      ...createMockActionContext({
        input: { entityRef: 'component:default/hello-ray' },
        workspacePath: '/nowhere',
      }),
      ...overrides,
    };
    await action.handler(ctx);
    return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
  }

  it('pins the source to the commit that its branch has', async () => {
    const commit = github.repository.refs.get('heads/main');
    await expect(run(workload())).resolves.toEqual({
      workload: 'hello-ray',
      owner: 'group:default/ml-engineers',
      entrypoint: 'python train.py',
      storage: '',
      bucket: '',
      sourceUrl: `${repository()}/tree/${commit}/workloads/hello-ray`,
      sourceCommit: commit,
    });
  });

  it('takes the folder of the catalog file, and what the entity says', async () => {
    const outputs = await run(
      workload({
        'backstage.io/managed-by-location': `url:${repository()}/blob/main/workloads/hello-ray/catalog-info.yaml`,
        'ml-platform.dev/workload': 'hello',
        'ml-platform.dev/entrypoint': 'python hello.py',
        'ml-platform.dev/storage': 'training/hello',
        'ml-platform.dev/bucket': 'gs://my-project-hello',
      }),
    );
    expect(outputs).toMatchObject({
      workload: 'hello',
      storage: 'training/hello',
      bucket: 'gs://my-project-hello',
      entrypoint: 'python hello.py',
      sourceUrl: expect.stringMatching(/\/workloads\/hello-ray$/),
    });
  });

  it.each([
    [
      'is unknown',
      () => workload(),
      { input: { entityRef: 'component:default/nobody' } },
      'The catalog has no component:default/nobody',
    ],
    [
      'is no workload',
      () => workload(undefined, 'service'),
      {},
      "its spec.type is 'service', not 'training-workload'",
    ],
    [
      'is in no repository',
      () =>
        workload({
          'backstage.io/managed-by-location': 'file:/tmp/catalog-info.yaml',
        }),
      {},
      'register it by its web address',
    ],
    [
      'is on another host',
      () =>
        workload({
          'backstage.io/source-location':
            'url:https://gitlab.com/o/r/tree/main/a/',
        }),
      {},
      "https://gitlab.com isn't a GitHub host of this portal",
    ],
    [
      'is on a lost branch',
      () =>
        workload({
          'backstage.io/source-location': `url:${repository()}/tree/gone/a/`,
        }),
      {},
      "has no branch 'gone'",
    ],
  ])('says so when the workload %s', async (_, entity, overrides, message) => {
    await expect(run(entity(), overrides)).rejects.toThrow(message);
  });

  it('only reads, so a dry run gives the same', async () => {
    await expect(run(workload(), { isDryRun: true })).resolves.toMatchObject({
      workload: 'hello-ray',
    });
    expect(github.requests.every(request => request.startsWith('GET'))).toBe(
      true,
    );
  });

  it.each(examples)('takes the example: $description', async ({ example }) => {
    const [{ input }] = parse(example).steps;
    await expect(run(workload(), { input })).resolves.toMatchObject({
      workload: 'hello-ray',
    });
  });
});
