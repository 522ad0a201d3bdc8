import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse, stringify } from 'yaml';
import { FakeGitHub } from '@ml-platform/gitops/testUtils';
import { rayJobRequest } from '@ml-platform/rayjob/testUtils';
import { GitHubAccess } from '@ml-platform/gitops';
import { renderRayJob } from '@ml-platform/rayjob';
import { createGitopsPullRequestAction } from './createGitopsPullRequestAction';
import { examples } from './createGitopsPullRequestAction.examples';

const { gitopsPath: path } = rayJobRequest();
const manifest = stringify(renderRayJob(rayJobRequest()));

describe('ray:gitops:pull-request', () => {
  let github: FakeGitHub;

  beforeEach(async () => {
    github = await FakeGitHub.start();
  });

  afterEach(() => github.stop());

  function action() {
    const config = mockServices.rootConfig({
      data: {
        app: { baseUrl: 'http://localhost:7007' },
        integrations: {
          github: [
            {
              host: new URL(github.url).host,
              apiBaseUrl: github.url,
              token: 'secret',
            },
          ],
        },
        ray: { gitops: { repoUrl: `${github.url}/ml-platform/ml-platform` } },
      },
    });
    return createGitopsPullRequestAction({
      config,
      github: new GitHubAccess({
        integrations: ScmIntegrations.fromConfig(config),
      }),
    });
  }

  function context(overrides = {}) {
    return {
      ...createMockActionContext({
        input: { path, manifest },
        task: { id: 'task-1' },
        workspacePath: '/nowhere',
      }),
      ...overrides,
    };
  }

  const outputs = (ctx: ReturnType<typeof context>) =>
    Object.fromEntries(jest.mocked(ctx.output).mock.calls);

  it('opens the pull request, and finds it when the task runs again', async () => {
    const first = context();
    await action().handler(first);
    expect(outputs(first)).toEqual({
      pullRequestUrl: `${github.url}/ml-platform/ml-platform/pull/1`,
      pullRequestNumber: 1,
      branch: 'ray-job/task-1',
      created: true,
    });
    expect(github.repository.files('ray-job/task-1')?.get(path)).toBe(manifest);
    expect(github.repository.pulls[0].title).toBe(
      'Run training job hello-ray-20260102-030405',
    );
    expect(github.repository.pulls[0].body).toContain(
      '(http://localhost:7007/ray/jobs/workload-cluster/training/hello-ray-20260102-030405)',
    );
    expect(github.repository.pulls[0].body).toContain(
      '(http://localhost:7007/create/tasks/task-1)',
    );

    const second = context();
    await action().handler(second);
    expect(outputs(second)).toEqual({ ...outputs(first), created: false });
    expect(github.repository.pulls).toHaveLength(1);
  });

  it.each([
    ['another place', { path: '.github/workflows/a.yaml' }, 'outside of'],
    ['a way out', { path: 'gitops/../a.yaml' }, 'no plain path'],
    ['no place for jobs', { path: 'gitops/apps/a.yaml' }, 'no place for'],
    ['what is no YAML', { manifest: '{' }, "Couldn't read the YAML"],
    ['another kind', { manifest: 'kind: Secret' }, 'is not a RayJob'],
    [
      'another job',
      {
        manifest: stringify(renderRayJob(rayJobRequest({ name: 'other' }))),
      },
      'is not the ray.io/v1 RayJob',
    ],
  ])('refuses %s before any call', async (_, wrong, message) => {
    const ctx = context({ input: { path, manifest, ...wrong } });
    await expect(action().handler(ctx)).rejects.toThrow(message);
    expect(github.requests).toEqual([]);
  });

  it('calls nobody in a dry run', async () => {
    const ctx = context({ isDryRun: true });
    await action().handler(ctx);
    expect(github.requests).toEqual([]);
    expect(outputs(ctx)).toMatchObject({
      branch: 'ray-job/task-1',
      created: false,
    });
    expect(action().supportsDryRun).toBe(true);
  });

  it('stops when the task is cancelled', async () => {
    const ctx = context({ signal: AbortSignal.abort() });
    await expect(action().handler(ctx)).rejects.toThrow(/abort/i);
    expect(github.repository.pulls).toEqual([]);
  });

  it.each(examples)('takes the example: $description', async ({ example }) => {
    const [step] = parse(example).steps;
    const ctx = context({ input: { ...step.input, path, manifest } });
    await action().handler(ctx);
    expect(outputs(ctx).created).toBe(true);
  });
});
