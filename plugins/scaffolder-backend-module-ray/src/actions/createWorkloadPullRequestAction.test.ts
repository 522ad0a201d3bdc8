import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakeGitHub, testRepository } from '@ml-platform/gitops/testUtils';
import { createWorkloadPullRequestAction } from './createWorkloadPullRequestAction';
import { examples } from './createWorkloadPullRequestAction.examples';

describe('ray:workload:pull-request', () => {
  const disk = createMockDirectory();
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start({
      'workloads/taken/catalog-info.yaml': 'kind: Component\n',
    });
    disk.setContent({
      workload: { 'catalog-info.yaml': 'kind: Component\n', src: { a: 'b\n' } },
    });
  });

  afterEach(() => github.stop());

  function action() {
    const repository = testRepository(github);
    return createWorkloadPullRequestAction({
      config: mockServices.rootConfig({
        data: { app: { baseUrl: 'http://localhost:7007' } },
      }),
      repository: () => repository,
      cancelTakesMs: 0,
    });
  }

  const input = { name: 'galaxies', sourcePath: './workload' };

  function context(overrides = {}) {
    return {
      ...createMockActionContext({
        input,
        task: { id: 'task-1' },
        workspacePath: disk.path,
      }),
      ...overrides,
    };
  }

  const outputs = (ctx: ReturnType<typeof context>) =>
    Object.fromEntries(jest.mocked(ctx.output).mock.calls);

  it('proposes the folder by one pull request, however often it runs', async () => {
    const first = context();
    await action().handler(first);
    expect(outputs(first)).toEqual({
      pullRequestUrl: `${github.url}/ml-platform/ml-platform/pull/1`,
      pullRequestNumber: 1,
      branch: 'ray-workload/task-1',
      created: true,
    });
    const files = github.repository.files('ray-workload/task-1');
    expect([...(files?.keys() ?? [])].sort()).toEqual([
      'workloads/galaxies/catalog-info.yaml',
      'workloads/galaxies/src/a',
      'workloads/taken/catalog-info.yaml',
    ]);
    expect(files?.get('workloads/galaxies/src/a')).toBe('b\n');

    const second = context();
    await action().handler(second);
    expect(outputs(second)).toEqual({ ...outputs(first), created: false });
  });

  it('continues from what the task kept when the workspace is gone', async () => {
    const files = [{ path: 'train.py', content: 'print()\n' }];
    disk.clear();
    const ctx = context({ checkpoint: async () => ({ files }) });
    await action().handler(ctx);
    expect(
      github.repository
        .files('ray-workload/task-1')
        ?.get('workloads/galaxies/train.py'),
    ).toBe('print()\n');
  });

  it.each([
    ['name', { name: '../x' }, "can't name a workload"],
    ['name', { name: 'a--b' }, "can't name a workload"],
    ['length', { name: 'a'.repeat(41) }, "can't name a workload"],
    ['folder', { sourcePath: '../x' }, 'not allowed to refer to a directory'],
    ['lost folder', { sourcePath: './gone' }, 'start the template again'],
    ['name that is taken', { name: 'taken' }, 'choose another name'],
  ])('refuses a wrong %s', async (_, wrong, message) => {
    const ctx = context({ input: { ...input, ...wrong } });
    await expect(action().handler(ctx)).rejects.toThrow(message);
    expect(github.repository.pulls).toEqual([]);
  });

  it('refuses storage where the portal offers none', async () => {
    const ctx = context({ input: { ...input, storage: { create: true } } });
    await expect(action().handler(ctx)).rejects.toThrow(
      'set ray.workloadStorage.projectId',
    );
    expect(github.repository.pulls).toEqual([]);
  });

  it('calls nobody in a dry run', async () => {
    const ctx = context({ isDryRun: true });
    await action().handler(ctx);
    expect(github.requests).toEqual([]);
    expect(outputs(ctx)).toMatchObject({ branch: 'ray-workload/task-1' });
  });

  it.each(examples)('takes the example: $description', async ({ example }) => {
    const [step] = parse(example).steps;
    const ctx = context({ input: step.input });
    await action().handler(ctx);
    expect(outputs(ctx).created).toBe(true);
  });
});
