import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { createJobRenderAction } from './createJobRenderAction';
import { examples } from './createJobRenderAction.examples';

const config = mockServices.rootConfig({
  data: {
    app: { baseUrl: 'http://localhost:7007' },
    ray: {
      clusters: [{ name: 'workload-cluster', namespaces: ['training'] }],
      gitops: { repoUrl: 'http://localhost:7008/ml-platform/ml-platform' },
    },
  },
});

const input = {
  workload: 'stellar_optimization',
  version: '1.0.0',
  image: 'localhost:7009/stellar_optimization:1.0.0',
  cluster: 'workload-cluster',
  namespace: 'training',
  entrypoint: 'python train.py',
  cpu: '1',
  memory: '2Gi',
};

function action(time = '2025-12-01T12:00:00Z') {
  return createJobRenderAction({ config, now: () => new Date(time) });
}

function context(overrides = {}) {
  return {
    ...createMockActionContext({
      input,
      user: { ref: 'user:default/guest' },
      workspacePath: '/nowhere',
    }),
    ...overrides,
  };
}

describe('ray:job:render', () => {
  it('names the run after workload and time, and says where it will be seen', async () => {
    const ctx = context();
    await action().handler(ctx);
    const name = 'stellar-optimization-20251201-120000';
    const outputs = Object.fromEntries(jest.mocked(ctx.output).mock.calls);
    expect(outputs).toEqual({
      name,
      namespace: 'training',
      cluster: 'workload-cluster',
      path: `gitops/clusters/workload-cluster/jobs/training/${name}.yaml`,
      jobUrl: `http://localhost:7007/ray/jobs/workload-cluster/training/${name}`,
      manifest: expect.any(String),
    });
    expect(parse(outputs.manifest)).toMatchObject({
      kind: 'RayJob',
      metadata: {
        name,
        annotations: {
          'ml-platform.dev/requester': 'user:default/guest',
          'ml-platform.dev/task': 'mock-task-id',
        },
      },
      spec: { ttlSecondsAfterFinished: 300 },
    });
  });

  it('keeps the name of a run that goes on later', async () => {
    const stored = new Map<string, unknown>();
    const checkpoint = async (options: {
      key: string;
      fn: () => Promise<unknown>;
    }) => {
      if (!stored.has(options.key)) {
        stored.set(options.key, await options.fn());
      }
      return stored.get(options.key);
    };
    const first = context({ checkpoint });
    await action('2025-12-01T12:00:00Z').handler(first);
    const second = context({ checkpoint });
    await action('2025-12-01T13:30:00Z').handler(second);
    expect(jest.mocked(second.output).mock.calls).toEqual(
      jest.mocked(first.output).mock.calls,
    );
  });

  it.each([
    ['cluster', { cluster: 'moon' }, 'No jobs run on cluster'],
    ['namespace', { namespace: 'default' }, 'No jobs run in namespace'],
    ['cpu', { cpu: 'lots' }, 'cpu: '],
    ['environment', { environment: [{ name: 'A B', value: '' }] }, "'A B'"],
  ])('refuses a wrong %s', async (_, wrong, message) => {
    const ctx = context({ input: { ...input, ...wrong } });
    await expect(action().handler(ctx)).rejects.toThrow(message);
    expect(ctx.output).not.toHaveBeenCalled();
  });

  it('renders in a dry run too, since it changes nothing', async () => {
    const ctx = context({ isDryRun: true });
    await action().handler(ctx);
    expect(ctx.output).toHaveBeenCalledWith('manifest', expect.any(String));
    expect(action().supportsDryRun).toBe(true);
  });

  it.each(examples)(
    'renders the example: $description',
    async ({ example }) => {
      const [step] = parse(example).steps;
      const ctx = context({
        input: {
          ...step.input,
          image: 'registry.example.com/stellar_optimization:1.0.0',
        },
      });
      await action().handler(ctx);
      expect(ctx.output).toHaveBeenCalledWith('cluster', 'workload-cluster');
    },
  );
});
