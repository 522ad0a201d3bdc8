import { mkdtemp } from 'node:fs/promises';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { FakeGitHub, testRepository } from '@ml-platform/gitops/testUtils';
import { ImageBuilders } from '@ml-platform/images';
import { FakeBuildService, FakeRegistry } from '@ml-platform/images/testUtils';
import { DEFAULT_JOB_POLICY } from '@ml-platform/rayjob';
import { JobClusterDirectory } from '@ml-platform/sdk';
import { FAULTS, FaultyFetch, type Fault } from './__testUtils__/FaultyFetch';
import { createGitopsPullRequestAction } from './actions/createGitopsPullRequestAction';
import { createImageBuildAction } from './actions/createImageBuildAction';
import { createJobRenderAction } from './actions/createJobRenderAction';

const config = mockServices.rootConfig({
  data: {
    app: { baseUrl: 'http://localhost:7007' },
    ray: { clusters: [{ name: 'workload-cluster' }] },
  },
});

describe('from the build to the pull request', () => {
  jest.setTimeout(120_000);
  const disk = createMockDirectory({
    content: { 'hello-ray': { Dockerfile: 'FROM ray\n' }, tmp: {} },
  });
  let network: FaultyFetch;
  let github: FakeGitHub;
  let builds: FakeBuildService;
  let registry: FakeRegistry;
  /** What the scaffolder keeps of the task. */
  let kept: Map<string, unknown>;
  let minutes: number;

  beforeAll(() => {
    network = FaultyFetch.install();
  });

  afterAll(() => jest.restoreAllMocks());

  /** Nothing built, nothing asked for, and a new task. */
  async function begin() {
    [github, builds, registry] = await Promise.all([
      FakeGitHub.start(),
      FakeBuildService.start(),
      FakeRegistry.start(),
    ]);
    builds.registry = registry.host;
    builds.looks = 2;
    registry.put('hello-ray', '1.0.0');
    kept = new Map();
    minutes = 0;
    network.reset();
  }

  const end = () =>
    Promise.all([github, builds, registry].map(service => service.stop()));

  /** Runs a step as the scaffolder does: not again when it is done. */
  async function step<I extends JsonObject, O extends JsonObject>(
    id: string,
    signal: AbortSignal,
    action: TemplateAction<I, O, 'v2'>,
    input: I,
  ): Promise<O> {
    const done = kept.get(id);
    if (done) return done as O;
    const ctx = createMockActionContext<I, O>({
      input,
      workspacePath: disk.path,
      logger: mockServices.logger.mock(),
    });
    await action.handler({
      ...ctx,
      signal,
      createTemporaryDirectory: () => mkdtemp(disk.resolve('tmp/step-')),
      checkpoint: async ({ key, fn }) => {
        const value = kept.get(`${id}.${key}`) ?? (await fn());
        kept.set(`${id}.${key}`, value);
        return value as Awaited<ReturnType<typeof fn>>;
      },
    });
    signal.throwIfAborted();
    kept.set(id, Object.fromEntries(jest.mocked(ctx.output).mock.calls));
    return kept.get(id) as O;
  }

  /** The task in a backend that has just started, a minute later each time. */
  async function run(signal = new AbortController().signal) {
    minutes += 1;
    const repository = testRepository(github);
    const rules = {
      config,
      clusters: new JobClusterDirectory({ config }),
      permissions: mockServices.permissions(),
      policy: { of: async () => DEFAULT_JOB_POLICY },
    };
    const build = createImageBuildAction({
      ...rules,
      reader: mockServices.urlReader.mock(),
      builders: new ImageBuilders({
        settings: {
          url: builds.url,
          token: builds.token,
          registry: registry.host,
        },
        env: { HOME: disk.path },
      }),
      pollMs: 1,
    });
    const render = createJobRenderAction({
      ...rules,
      repository: () => repository,
      files: { read: async () => undefined },
      quotaJobs: { at: async () => [] },
      now: () => new Date(Date.UTC(2026, 0, 1, 12, minutes)),
    });
    const open = createGitopsPullRequestAction({
      ...rules,
      repository: () => repository,
      cancelTakesMs: 0,
    });
    const version = { version: '1.0.0' };
    const image = await step('build', signal, build, {
      ...version,
      image: 'hello-ray',
      contextPath: 'hello-ray',
    });
    const job = await step('render', signal, render, {
      ...version,
      workload: 'hello-ray',
      image: image.pinned ?? '',
      cluster: 'workload-cluster',
      entrypoint: 'python train.py',
      cpu: '1',
      memory: '2Gi',
    });
    await step('pull-request', signal, open, {
      path: job.path ?? '',
      manifest: job.manifest ?? '',
    });
  }

  /** The images, open pull requests, branches and job files that there are. */
  function outcome() {
    const { pulls, refs } = github.repository;
    const branches = [...refs.keys()]
      .map(ref => ref.replace('heads/', ''))
      .filter(branch => branch !== 'main');
    const files = branches.flatMap(branch => [
      ...(github.repository.files(branch)?.keys() ?? []),
    ]);
    return {
      images: builds.pushed.length,
      pulls: pulls.length,
      open: pulls.filter(({ state }) => state === 'open').length,
      branches: branches.length,
      jobs: files.filter(path => path.startsWith('gitops/')).length,
    };
  }

  const ONE_OF_EACH = { images: 1, pulls: 1, open: 1, branches: 1, jobs: 1 };

  /** Runs a check for each call that the task makes, counted from 1. */
  async function atEachCall(check: (call: number) => Promise<void>) {
    await begin();
    await run();
    expect(outcome()).toEqual(ONE_OF_EACH);
    const { calls } = network;
    expect(calls).toBeGreaterThan(20);
    await end();
    for (let call = 1; call <= calls; call += 1) {
      await begin();
      await check(call);
      await end();
    }
  }

  const KILLED: Readonly<Record<string, Fault>> = {
    'the end of the backend before it': FAULTS['no connection'],
    'the end of the backend after it': FAULTS['a lost answer'],
  };
  const CASES = [
    ...Object.entries(FAULTS).map(([name, fault]) => ({ name, fault })),
    ...Object.entries(KILLED).map(([name, fault]) => ({
      name,
      fault,
      isLast: true,
    })),
  ];

  it.each(CASES)(
    'there is one of each after $name at any call',
    async ({ name: _, ...wrong }) => {
      await atEachCall(async call => {
        network.reset({ at: call, ...wrong });
        await run().catch(() => undefined);
        network.reset();
        await run();
        expect([call, outcome()]).toEqual([call, ONE_OF_EACH]);
      });
    },
  );

  it('there is nothing to merge after a cancel at any call', async () => {
    await atEachCall(async call => {
      const stop = new AbortController();
      const fault: Fault = async answer => {
        const response = await answer();
        stop.abort();
        return response;
      };
      network.reset({ at: call, fault });
      await expect(run(stop.signal)).rejects.toThrow();
      expect([call, outcome()]).toEqual([
        call,
        { ...outcome(), open: 0, branches: 0, jobs: 0 },
      ]);
      for (const build of builds.builds.values()) {
        expect([call, build.end]).toEqual([call, expect.anything()]);
      }
    });
  });
});
