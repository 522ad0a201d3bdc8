import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse, stringify } from 'yaml';
import { FakeGitHub, testRepository } from '@ml-platform/gitops/testUtils';
import { rayJobRequest } from '@ml-platform/rayjob/testUtils';
import {
  DEFAULT_JOB_POLICY,
  readJobPolicy,
  renderRayJob,
} from '@ml-platform/rayjob';
import { JobClusterDirectory } from '@ml-platform/sdk';
import { createGitopsPullRequestAction } from './createGitopsPullRequestAction';
import { examples } from './createGitopsPullRequestAction.examples';

const { gitopsPath: path = '' } = rayJobRequest();
const BRANCH =
  'ray-job/run/workload-cluster/training/hello-ray-20260102-030405';
const manifest = stringify(renderRayJob(rayJobRequest()));

const config = mockServices.rootConfig({
  data: {
    app: { baseUrl: 'http://localhost:7007' },
    ray: { clusters: [{ name: 'workload-cluster' }] },
  },
});

describe('ray:gitops:pull-request', () => {
  let github: FakeGitHub;
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  let limits: object | undefined;

  beforeEach(async () => {
    github = await FakeGitHub.start();
    result = AuthorizeResult.ALLOW;
    limits = undefined;
  });

  afterEach(() => github.stop());

  function action() {
    const repository = testRepository(github);
    return createGitopsPullRequestAction({
      config,
      clusters: new JobClusterDirectory({ config }),
      permissions: mockServices.permissions.mock({
        authorizeConditional: async () => [{ result }],
      }),
      policy: {
        of: async () => ({
          ...DEFAULT_JOB_POLICY,
          ...readJobPolicy({ limits }),
        }),
      },
      repository: () => repository,
      cancelTakesMs: 0,
    });
  }

  function context(overrides = {}) {
    return {
      ...createMockActionContext({
        input: { path, manifest },
        task: { id: 'task-1' },
        workspacePath: '/nowhere',
        logger: mockServices.logger.mock(),
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
      branch: BRANCH,
      created: true,
    });
    expect(github.repository.files(BRANCH)?.get(path)).toBe(manifest);
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
    ['a way out', { path: 'gitops/../a.yaml' }, "isn't a plain path"],
    [
      'no place for jobs',
      { path: 'gitops/apps/a.yaml' },
      "isn't the path of a job's manifest",
    ],
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

  it.each([false, true])(
    'asks for no job that whoever started the task may not create (dry run: %s)',
    async isDryRun => {
      result = AuthorizeResult.DENY;
      await expect(action().handler(context({ isDryRun }))).rejects.toThrow(
        'This needs the permission ray.job.create',
      );
      result = AuthorizeResult.ALLOW;
      limits = { workers: 0 };
      await expect(action().handler(context({ isDryRun }))).rejects.toThrow(
        'workers',
      );
      limits = undefined;
      const elsewhere = path.replace('workload-cluster', 'other');
      await expect(
        action().handler(
          context({ isDryRun, input: { path: elsewhere, manifest } }),
        ),
      ).rejects.toThrow('No jobs run on the cluster other');
      expect(github.requests).toEqual([]);
    },
  );

  it('calls nobody in a dry run', async () => {
    const ctx = context({ isDryRun: true });
    await action().handler(ctx);
    expect(github.requests).toEqual([]);
    expect(outputs(ctx)).toMatchObject({
      branch: BRANCH,
      created: false,
    });
    expect(action().supportsDryRun).toBe(true);
  });

  it.each([
    ['a secondary rate limit', 403, { 'retry-after': '1' }],
    ['too many requests', 429, { 'retry-after': '1' }],
  ])('waits for %s, and says so', async (_, status, headers) => {
    const refused = new Set<string>();
    github.onRequest = line => {
      // Each kind of request once, and then GitHub asks to wait.
      github.refusal =
        line.startsWith('POST') && !refused.has(line)
          ? { status, body: { message: 'Slow down' }, headers }
          : undefined;
      refused.add(line);
    };
    const ctx = context();
    await action().handler(ctx);
    expect(outputs(ctx)).toMatchObject({ branch: BRANCH, created: true });
    expect(github.repository.pulls).toHaveLength(1);
    expect(ctx.logger.info).toHaveBeenCalledWith(
      expect.stringMatching(
        /^GitHub's rate limit is used up; waiting until \d{4}-/,
      ),
    );
  });

  it('fails when GitHub asks to wait longer than a few minutes', async () => {
    github.refusal = {
      status: 429,
      body: { message: 'Slow down' },
      headers: { 'retry-after': '3000' },
    };
    await expect(action().handler(context())).rejects.toThrow(
      /^GitHub's rate limit is used up; requests start again at [\dTZ:.-]+$/,
    );
  });

  describe('of a task that is cancelled', () => {
    const cancelAt = (step: RegExp) => {
      const stop = new AbortController();
      github.onRequest = line => {
        if (step.test(line)) {
          stop.abort();
        }
      };
      return context({ signal: stop.signal });
    };

    it('calls nobody when it was cancelled before', async () => {
      const ctx = context({ signal: AbortSignal.abort() });
      await expect(action().handler(ctx)).rejects.toThrow(
        'The task was cancelled',
      );
      expect(github.repository.pulls).toEqual([]);
    });

    it.each([
      ['it looks for an earlier request', /^GET .*pulls$/],
      ['it stores the commit', /^POST .*git\/commits$/],
      ['it pushes the branch', /^POST .*git\/refs$/],
      ['it opens the request', /^POST .*pulls$/],
    ])('leaves nothing behind while %s', async (_, step) => {
      const ctx = cancelAt(step);
      await expect(action().handler(ctx)).rejects.toThrow(
        'The task was cancelled',
      );
      expect([...github.repository.refs.keys()]).toEqual(['heads/main']);
      expect(
        github.repository.pulls.filter(pull => pull.state === 'open'),
      ).toEqual([]);
      expect(ctx.logger.info).toHaveBeenCalledWith(
        expect.stringContaining(
          'is deleted, and no pull request of it is open',
        ),
      );
    });

    it('ends while it waits for the rate limit', async () => {
      const stop = new AbortController();
      github.refusal = {
        status: 429,
        body: { message: 'Slow down' },
        headers: { 'retry-after': '1' },
      };
      const ctx = context({ signal: stop.signal });
      ctx.logger.info = jest.fn(() => stop.abort());
      github.onRequest = () => {
        if (stop.signal.aborted) {
          github.refusal = undefined;
        }
      };
      await expect(action().handler(ctx)).rejects.toThrow(
        'The task was cancelled',
      );
      expect(github.repository.pulls).toEqual([]);
    });

    it('says that the job was merged before, and where to stop it', async () => {
      const ctx = cancelAt(/^POST .*pulls$/);
      const cancel = github.onRequest;
      github.onRequest = line => {
        cancel(line);
        const [pull] = github.repository.pulls;
        if (pull?.state === 'open') {
          github.repository.merge(pull);
        }
      };
      await expect(action().handler(ctx)).rejects.toThrow(
        `The task was cancelled, but ${github.repoUrl}/pull/1 had been merged before; stop the job at http://localhost:7007/ray/jobs/workload-cluster/training/hello-ray-20260102-030405`,
      );
      expect(ctx.logger.info).not.toHaveBeenCalledWith(
        expect.stringContaining('no pull request of it is open'),
      );
    });

    it('leaves alone what an earlier try had opened', async () => {
      await action().handler(context());
      const ctx = cancelAt(/^GET .*pulls$/);
      await action().handler(ctx);
      expect(github.repository.pulls[0].state).toBe('open');
    });

    it('says what it could not take back', async () => {
      const ctx = cancelAt(/^POST .*git\/refs$/);
      const cancel = github.onRequest;
      github.onRequest = line => {
        cancel(line);
        if (line.startsWith('DELETE')) {
          github.refusal = { status: 403, body: { message: 'No' } };
        }
      };
      await expect(action().handler(ctx)).rejects.toThrow(
        `its branch ${BRANCH} in ${github.repoUrl} couldn't be taken back`,
      );
    });
  });

  it.each(examples)('takes the example: $description', async ({ example }) => {
    const [step] = parse(example).steps;
    const ctx = context({ input: { ...step.input, path, manifest } });
    await action().handler(ctx);
    expect(outputs(ctx).created).toBe(true);
  });
});
