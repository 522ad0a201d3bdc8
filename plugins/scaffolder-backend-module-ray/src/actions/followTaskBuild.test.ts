import { setTimeout } from 'node:timers/promises';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import {
  BuildServiceClient,
  packContext,
  type ImageBuilder,
} from '@ml-platform/images';
import { FakeBuildService } from '@ml-platform/images/testUtils';
import { followTaskBuild } from './followTaskBuild';

const IMAGE = 'registry.test/hello-ray:1.0.0';

describe('the build of a task', () => {
  const disk = createMockDirectory();
  let service: FakeBuildService;
  let builder: ImageBuilder;
  /** What the scaffolder keeps of the task. */
  let kept: Map<string, unknown>;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    service = await FakeBuildService.start();
    builder = new BuildServiceClient({
      url: service.url,
      token: service.token,
    });
    disk.setContent({ source: { Dockerfile: 'FROM ray\n' } });
    await packContext({
      root: disk.resolve('source'),
      dockerfile: 'Dockerfile',
      target: disk.resolve('context.tar'),
    });
    kept = new Map();
  });

  afterEach(() => service.stop());

  /** Runs the task, as the scaffolder does for the first time and again. */
  function run(signal?: AbortSignal, task = kept) {
    return followTaskBuild(
      {
        logger,
        signal,
        checkpoint: async ({ key, fn }) => {
          const value = task.get(key) ?? (await fn());
          task.set(key, value);
          return value as Awaited<ReturnType<typeof fn>>;
        },
      },
      {
        builder,
        dockerfile: 'Dockerfile',
        pollMs: 1,
        start: async () => ({
          build: await builder.start({
            image: 'hello-ray',
            version: '1.0.0',
            dockerfile: 'Dockerfile',
            contextFile: disk.resolve('context.tar'),
          }),
          dockerfileText: 'FROM ray\n',
        }),
      },
    );
  }

  /** A task whose backend ends while the build goes on. */
  async function interrupted() {
    const follow = builder.get;
    builder.get = () => Promise.reject(new Error('The backend ended'));
    await expect(run()).rejects.toThrow('The backend ended');
    builder.get = follow;
    service.requests.length = 0;
  }

  /** How often a build was handed in. */
  const starts = () =>
    service.requests.filter(line => line.startsWith('POST')).length;

  const cancelled = () => run(AbortSignal.timeout(50));

  it('is taken up by a task that continues', async () => {
    await interrupted();
    await expect(run()).resolves.toMatchObject({
      image: IMAGE,
      state: 'succeeded',
    });
    expect(service.requests).not.toContain('POST /builds');
    expect(service.pushed).toEqual([IMAGE]);
  });

  it('is handed in again where the builder has lost it', async () => {
    await interrupted();
    service.builds.clear();
    await expect(run()).resolves.toMatchObject({ state: 'succeeded' });
  });

  it('waits for a builder that restarts', async () => {
    await interrupted();
    service.unavailable = 5;
    await expect(run()).resolves.toMatchObject({ state: 'succeeded' });
    expect(service.requests).not.toContain('POST /builds');
  });

  it('is started again by the next try of a task that failed', async () => {
    service.error = 'The registry is full';
    await expect(run()).rejects.toThrow('The registry is full');
    service.error = undefined;
    await expect(run()).resolves.toMatchObject({ state: 'succeeded' });
    expect(service.pushed).toEqual([IMAGE]);
  });

  it('fails once for each try', async () => {
    service.error = 'No version of ray fits';
    for (let tries = 1; tries <= 2; tries += 1) {
      await expect(run()).rejects.toThrow('No version of ray fits');
      expect(starts()).toBe(tries);
    }
  });

  it('is cancelled with its task, and started again by the next try', async () => {
    service.looks = Infinity;
    await expect(cancelled()).rejects.toThrow('The task was cancelled');
    const [build] = service.builds.values();
    expect(build.cancelled).toBe(true);
    service.looks = 1;
    await expect(run()).resolves.toMatchObject({ state: 'succeeded' });
    expect(service.pushed).toEqual([IMAGE]);
  });

  it('is cancelled also where it had to be started again', async () => {
    await interrupted();
    service.looks = Infinity;
    service.builds.clear();
    await expect(cancelled()).rejects.toThrow('The task was cancelled');
    const [build] = service.builds.values();
    expect(build.cancelled).toBe(true);
  });

  it('goes on for other tasks when one of them is cancelled', async () => {
    service.looks = Infinity;
    const ada = new AbortController();
    const first = run(ada.signal, new Map());
    const second = run(undefined, new Map());
    while (starts() < 2) {
      await setTimeout(1);
    }
    ada.abort();
    await expect(first).rejects.toThrow('The task was cancelled');
    service.looks = 1;
    await expect(second).resolves.toMatchObject({ state: 'succeeded' });
    expect(starts()).toBe(3);
  });

  it('is started again only once when somebody cancels it each time', async () => {
    const { get, cancel } = builder;
    builder.get = async id => {
      await cancel?.call(builder, id);
      return get.call(builder, id);
    };
    await expect(run()).rejects.toThrow('The build was cancelled');
    expect(starts()).toBe(2);
  });

  it('says what to do about a build that could not be cancelled', async () => {
    service.looks = Infinity;
    const { cancel } = builder;
    builder.cancel = () => Promise.reject(new Error('away'));
    await expect(cancelled()).rejects.toThrow(
      /its build \w+ couldn't be; to end it, start the task again and cancel it/,
    );
    // What the message says works.
    builder.cancel = cancel;
    await expect(cancelled()).rejects.toThrow('The task was cancelled');
    const [build] = service.builds.values();
    expect(build.cancelled).toBe(true);
  });

  it('says that it goes on where its builder can cancel nothing', async () => {
    service.looks = Infinity;
    builder.cancel = undefined;
    await expect(cancelled()).rejects.toThrow('The task was cancelled');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/its build \w+ goes on/),
    );
  });
});
