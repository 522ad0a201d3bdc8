import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { ParameterSchema } from '@ml-platform/parameters';
import type { RayJobsService } from '@ml-platform/backstage-plugin-ray-node';
import {
  DEFAULT_JOB_POLICY,
  jobSummary,
  readJobPolicy,
} from '@ml-platform/rayjob';
import { parse } from 'yaml';
import { jobBranch } from '@ml-platform/gitops';
import { FakeGitHub, testRepository } from '@ml-platform/gitops/testUtils';
import { JobClusterDirectory } from '@ml-platform/sdk';
import { createJobRenderAction } from './createJobRenderAction';
import { examples } from './createJobRenderAction.examples';
import { QuotaJobs } from './QuotaJobs';

const config = mockServices.rootConfig({
  data: {
    app: { baseUrl: 'http://localhost:7007' },
    ray: {
      clusters: [{ name: 'workload-cluster', namespaces: ['training'] }],
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

const SCHEMA: ParameterSchema = {
  type: 'object',
  properties: { epochs: { type: 'integer', minimum: 1 } },
};

type JobList = Awaited<ReturnType<RayJobsService['list']>>;

let github: FakeGitHub;
let decision: PolicyDecision;
let restrictions: object;
let pages: readonly JobList[];

beforeEach(async () => {
  github = await FakeGitHub.start();
  decision = { result: AuthorizeResult.ALLOW };
  restrictions = {};
  pages = [];
});

afterEach(() => github.stop());

function action(time = '2025-12-01T12:00:00Z') {
  const repository = testRepository(github);
  return createJobRenderAction({
    config,
    repository: () => repository,
    clusters: new JobClusterDirectory({ config }),
    files: { read: async () => SCHEMA },
    permissions: mockServices.permissions.mock({
      authorizeConditional: async () => [decision],
    }),
    policy: {
      of: async () => ({
        ...DEFAULT_JOB_POLICY,
        ...readJobPolicy(restrictions),
      }),
    },
    quotaJobs: new QuotaJobs({
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      jobs: {
        list: async ({ cursor = '0' }, { credentials }) => {
          expect(credentials.principal).toMatchObject({ type: 'service' });
          return pages[Number(cursor)];
        },
      },
    }),
    now: () => new Date(time),
  });
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
      cost: 'no prices configured',
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

  it('runs the job as the account of its workload, with the address of the bucket', async () => {
    const storage = { storage: 'training/galaxies', bucket: 'gs://b-galaxies' };
    const ctx = context({ input: { ...input, ...storage } });
    await action().handler(ctx);
    const { manifest } = Object.fromEntries(jest.mocked(ctx.output).mock.calls);
    const { headGroupSpec } = parse(manifest).spec.rayClusterSpec;
    const { serviceAccountName, containers } = headGroupSpec.template.spec;
    expect(serviceAccountName).toBe('galaxies');
    expect(containers[0].env).toContainEqual({
      name: 'ML_PLATFORM_BUCKET',
      value: 'gs://b-galaxies',
    });

    const elsewhere = { ...input, ...storage, namespace: 'research' };
    await expect(
      action().handler(context({ input: elsewhere })),
    ).rejects.toThrow('choose the namespace training');
  });

  it('keeps the name of a task that continues later', async () => {
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

  const outputsOf = (ctx: ReturnType<typeof context>) =>
    Object.fromEntries(jest.mocked(ctx.output).mock.calls);

  it('gives each of several tasks in the same second a name of its own', async () => {
    const tasks = ['a', 'b', 'c'].map(id => context({ task: { id } }));
    await Promise.all(tasks.map(ctx => action().handler(ctx)));
    const names = tasks.map(ctx => outputsOf(ctx).name);
    expect(names.sort()).toEqual([
      'stellar-optimization-20251201-120000',
      'stellar-optimization-20251201-120001',
      'stellar-optimization-20251201-120002',
    ]);
    for (const ctx of tasks) {
      const { cluster, namespace, name, path, manifest } = outputsOf(ctx);
      const branch = jobBranch('run', { cluster, namespace, name });
      expect(github.repository.files(branch)?.get(path)).toBe(manifest);
      expect(parse(manifest).metadata.annotations).toMatchObject({
        'ml-platform.dev/task': ctx.task.id,
        'ml-platform.dev/gitops-path': path,
      });
    }
  });

  it('keeps its name when it is killed before the task has noted it', async () => {
    const stored = new Map<string, unknown>();
    const checkpoint = async (options: {
      key: string;
      fn: () => Promise<unknown>;
    }) => {
      const value = stored.get(options.key) ?? (await options.fn());
      if (options.key === 'job.name' && stored.size === 1) {
        stored.set('killed', true);
        throw new Error('Killed');
      }
      stored.set(options.key, value);
      return value;
    };
    const first = context({ checkpoint });
    await expect(action().handler(first)).rejects.toThrow('Killed');
    const second = context({ checkpoint });
    await action('2025-12-01T13:30:00Z').handler(second);
    expect(outputsOf(second).name).toBe('stellar-optimization-20251201-120000');
    expect(github.repository.refs.size).toBe(2);
  });

  it('leaves no branch behind when the task is cancelled meanwhile', async () => {
    const stop = new AbortController();
    github.onRequest = line => {
      if (line.startsWith('POST') && line.endsWith('/git/refs')) {
        stop.abort();
      }
    };
    const ctx = context({ signal: stop.signal });
    await expect(action().handler(ctx)).rejects.toThrow('cancelled');
    expect([...github.repository.refs.keys()]).toEqual(['heads/main']);
  });

  it('reads the text of a .env file as dotenv does', async () => {
    const dotenv = [
      '\uFEFF# my settings',
      'BATCH=64 # per device',
      'NAME="quoted value" # why',
      'export LR = 3e-4',
      'MULTI="first',
      'second=2"',
      "SINGLE='$HOME # no'",
      'EMPTY=',
    ].join('\n');
    const ctx = context({ input: { ...input, dotenv } });
    await action().handler(ctx);
    const [container] = parse(outputsOf(ctx).manifest).spec.rayClusterSpec
      .headGroupSpec.template.spec.containers;
    expect(container.env).toEqual([
      { name: 'BATCH', value: '64' },
      { name: 'NAME', value: 'quoted value' },
      { name: 'LR', value: '3e-4' },
      { name: 'MULTI', value: 'first\nsecond=2' },
      { name: 'SINGLE', value: '$HOME # no' },
      { name: 'EMPTY', value: '' },
    ]);
  });

  it('adds parameters to the command, as the workload describes them', async () => {
    const sourceUrl = 'https://github.com/o/r/tree/abc/w';
    const ctx = context({
      input: { ...input, sourceUrl, parameters: { epochs: 3 } },
    });
    await action().handler(ctx);
    expect(parse(outputsOf(ctx).manifest).spec.entrypoint).toBe(
      'python train.py --epochs=3',
    );
    const wrong = context({
      input: { ...input, sourceUrl, parameters: { epoch: 3 } },
    });
    await expect(action().handler(wrong)).rejects.toThrow(
      'There is no parameter epoch; did you mean epochs?',
    );
  });

  it('makes every group of workers that is asked for', async () => {
    const placement = {
      nodeSelector: { kind: 'l4' },
      tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
    };
    const gpu = {
      ...{ name: 'gpu', workers: 1, minWorkers: 0, maxWorkers: 4 },
      ...{ cpu: '8', memory: '64Gi', gpu: 2, accelerator: 'amd.com/gpu' },
      placement,
    };
    const ctx = context({ input: { ...input, groups: [gpu] } });
    await action().handler(ctx);
    const { rayClusterSpec } = parse(outputsOf(ctx).manifest).spec;
    expect(rayClusterSpec).toMatchObject({
      enableInTreeAutoscaling: true,
      workerGroupSpecs: [
        { groupName: 'workers', replicas: 1 },
        {
          ...{ groupName: 'gpu', minReplicas: 0, maxReplicas: 4 },
          template: {
            spec: {
              ...placement,
              containers: [{ resources: { limits: { 'amd.com/gpu': '2' } } }],
            },
          },
        },
      ],
    });

    const wrong = { ...input, groups: [{ ...gpu, name: 'Bad', cpu: 'lots' }] };
    const refused = action().handler(context({ input: wrong }));
    await expect(refused).rejects.toThrow(
      /groups: 'Bad' can't name a worker group.*groups\.Bad\.cpu: /,
    );
    restrictions = { limits: { workers: 4 } };
    await expect(
      action().handler(context({ input: { ...input, groups: [gpu] } })),
    ).rejects.toThrow('The job asks for 5 workers');
  });

  it('runs the job as the account that is named, if the policy allows it', async () => {
    const asked = {
      ...{ ...input, serviceAccount: 'trainer' },
      ...{ storage: 'training/galaxies', bucket: 'gs://b-galaxies' },
    };
    const ctx = context({ input: asked });
    await action().handler(ctx);
    const { spec } = parse(outputsOf(ctx).manifest);
    expect([
      spec.submitterPodTemplate.spec.serviceAccountName,
      spec.rayClusterSpec.headGroupSpec.template.spec.serviceAccountName,
      spec.rayClusterSpec.workerGroupSpecs[0].template.spec.serviceAccountName,
    ]).toEqual(['trainer', 'trainer', 'trainer']);

    restrictions = { serviceAccounts: ['galaxies'] };
    await expect(action().handler(context({ input: asked }))).rejects.toThrow(
      'The head runs as the service account trainer; use default, galaxies',
    );
  });

  it('takes sizes by their names', async () => {
    const { cpu: _, memory: __, ...rest } = input;
    const ctx = context({ input: { ...rest, size: 'large' } });
    await action().handler(ctx);
    const { spec } = parse(outputsOf(ctx).manifest);
    expect(spec.rayClusterSpec.workerGroupSpecs[0].replicas).toBe(4);
  });

  it('is held to the policy and to the permission of who asks', async () => {
    restrictions = { limits: { cpu: 1 } };
    await expect(action().handler(context())).rejects.toThrow(
      'The job asks for 2 CPU, and 1 CPU is the most that one may have',
    );
    decision = { result: AuthorizeResult.DENY };
    await expect(action().handler(context())).rejects.toThrow(
      'This needs the permission ray.job.create',
    );
    expect(github.requests).toEqual([]);
  });

  describe('where the namespace has a quota', () => {
    const page = (name: string, nextCursor?: string): JobList => ({
      items: [
        jobSummary('workload-cluster', {
          metadata: { name, namespace: 'training' },
        }),
      ],
      total: 2,
      clusters: [],
      nextCursor,
    });

    beforeEach(() => {
      restrictions = { quotas: { training: { jobs: 2 } } };
      pages = [page('a', '1'), page('b')];
    });

    it.each([false, true])(
      'refuses a job without room before anything is written: %s',
      async isDryRun => {
        await expect(action().handler(context({ isDryRun }))).rejects.toThrow(
          "In training on workload-cluster, there are 2 jobs that haven't ended",
        );
        expect(github.requests).toEqual([]);
      },
    );

    it('holds no task to it that has its name', async () => {
      const checkpoint = async <T>({ key }: { key: string }) =>
        (key === 'job.name'
          ? { name: 'stellar-optimization-20251201-120000' }
          : { time: Date.parse('2025-12-01T12:00:00Z') }) as T;
      const ctx = context({ checkpoint });
      await action().handler(ctx);
      expect(ctx.output).toHaveBeenCalledWith('manifest', expect.any(String));
    });
  });

  it.each([
    ['dotenv', { dotenv: 'A.B=1' }, "'A.B'"],
    [
      'variable that is given twice',
      { environment: [{ name: 'A', value: '1' }], dotenv: 'A=2' },
      "'A' is set twice",
    ],
    [
      'cluster',
      { cluster: 'moon' },
      'No jobs run on the cluster moon; use one of workload-cluster',
    ],
    [
      'namespace',
      { namespace: 'default' },
      "doesn't watch the namespace default",
    ],
    ['cpu', { cpu: 'lots' }, 'cpu: '],
    ['service account', { serviceAccount: 'A' }, "serviceAccount: 'A' can't"],
    ['environment', { environment: [{ name: 'A B', value: '' }] }, "'A B'"],
  ])('refuses a wrong %s', async (_, wrong, message) => {
    const ctx = context({ input: { ...input, ...wrong } });
    await expect(action().handler(ctx)).rejects.toThrow(message);
    expect(ctx.output).not.toHaveBeenCalled();
    expect(github.requests).toEqual([]);
  });

  it('renders in a dry run too, and reserves nothing', async () => {
    const ctx = context({ isDryRun: true });
    await action().handler(ctx);
    expect(ctx.output).toHaveBeenCalledWith('manifest', expect.any(String));
    expect(github.requests).toEqual([]);
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
