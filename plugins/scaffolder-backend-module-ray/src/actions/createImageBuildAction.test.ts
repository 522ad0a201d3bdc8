import { access, cp, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakeBuildService } from '@ml-platform/images/testUtils';
import { ImageBuilders } from '@ml-platform/images';
import { createImageBuildAction } from './createImageBuildAction';
import { examples } from './createImageBuildAction.examples';

const SOURCE = 'http://localhost:7008/o/r/tree/abc/workloads/hello-ray';

describe('ray:image:build', () => {
  const disk = createMockDirectory();
  let service: FakeBuildService;

  beforeEach(async () => {
    service = await FakeBuildService.start();
    disk.setContent({
      source: {
        Dockerfile: 'FROM rayproject/ray:2.55.1\n',
        'train.py': 'print("hello")\n',
        '.dockerignore': 'notes.txt\n',
        'notes.txt': 'private\n',
      },
      workspace: {},
      tmp: {},
    });
  });

  afterEach(() => service.stop());

  const reader = mockServices.urlReader.mock({
    readTree: async () => ({
      etag: 'abc',
      files: async () => [],
      archive: jest.fn(),
      dir: async options => {
        const target = options?.targetDir ?? disk.resolve('workspace/read');
        // The real reader unpacks into a folder that is there.
        await access(target);
        await cp(disk.resolve('source'), target, { recursive: true });
        return target;
      },
    }),
  });

  const action = (token = service.token) =>
    createImageBuildAction({
      config: mockServices.rootConfig({
        data: { ray: { builder: { url: service.url, token } } },
      }),
      reader,
      builders: new ImageBuilders(),
      pollMs: 1,
    });

  const input = { image: 'hello-ray', version: '1.0.0', sourceUrl: SOURCE };

  function context(overrides = {}) {
    const logger = mockServices.logger.mock();
    const ctx = {
      ...createMockActionContext({
        input,
        workspacePath: disk.resolve('workspace'),
      }),
      createTemporaryDirectory: () => mkdtemp(disk.resolve('tmp/step-')),
      logger,
      ...overrides,
    };
    return {
      ctx,
      logger,
      lines: () => logger.info.mock.calls.map(([message]) => message),
      outputs: () => Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    };
  }

  it('builds the source, and shows the log line by line as information', async () => {
    const { ctx, logger, lines, outputs } = context();
    await action().handler(ctx);
    expect(outputs()).toEqual({
      image: 'registry.test/hello-ray:1.0.0',
      digest: expect.stringMatching(/^sha256:/),
      reused: false,
    });
    expect(lines()).toEqual([
      `Reading ${SOURCE}`,
      'Packed 3 files of 1 KiB in all',
      expect.stringMatching(/^Following build /),
      'Step 1: FROM ray',
      '100%',
      'döne ✓',
      'last line',
      'Built registry.test/hello-ray:1.0.0',
    ]);
    expect(logger.error).not.toHaveBeenCalled();
    const [build] = service.builds.values();
    expect(Object.keys(build.files)).toEqual([
      '.dockerignore',
      'Dockerfile',
      'train.py',
    ]);
    expect(disk.content({ path: 'tmp' })).toEqual({});
  });

  it('builds the same content once', async () => {
    await action().handler(context().ctx);
    const { ctx, outputs } = context();
    await action().handler(ctx);
    expect(outputs().reused).toBe(true);
    expect(service.builds.size).toBe(1);
  });

  it('refuses other content for a version that exists', async () => {
    await action().handler(context().ctx);
    disk.addContent({ 'source/train.py': 'print("other")\n' });
    await expect(action().handler(context().ctx)).rejects.toThrow(
      'Version 1.0.0 of hello-ray exists with other content, and a version never changes: choose another version',
    );
  });

  it('follows the build that an earlier run handed in', async () => {
    await action().handler(context().ctx);
    const [{ id }] = service.builds.values();
    service.requests.length = 0;
    const { ctx, outputs } = context({ checkpoint: async () => ({ id }) });
    await action().handler(ctx);
    expect(outputs().image).toBe('registry.test/hello-ray:1.0.0');
    expect(service.requests).not.toContain('POST /builds');
  });

  it('hands the build in again when the builder has lost it', async () => {
    const { ctx, outputs } = context({
      checkpoint: async () => ({ id: 'lost' }),
    });
    await action().handler(ctx);
    expect(outputs().image).toBe('registry.test/hello-ray:1.0.0');
  });

  it('waits for a builder that restarts', async () => {
    await action().handler(context().ctx);
    const [{ id }] = service.builds.values();
    service.unavailable = 5;
    const { ctx, outputs } = context({ checkpoint: async () => ({ id }) });
    await action().handler(ctx);
    expect(outputs().image).toBe('registry.test/hello-ray:1.0.0');
  });

  it('fails with the reason of the builder', async () => {
    service.error = 'No version of ray fits; correct requirements.txt';
    const { ctx, lines } = context();
    await expect(action().handler(ctx)).rejects.toThrow(
      "Couldn't build the image: No version of ray fits; correct requirements.txt",
    );
    expect(lines()).toContain('last line');
  });

  it('stops when the task is cancelled', async () => {
    service.looks = Infinity;
    const { ctx } = context({ signal: AbortSignal.timeout(200) });
    await expect(action().handler(ctx)).rejects.toThrow(/abort|timeout/i);
  });

  it('says what to do when the builder refuses the portal or is away', async () => {
    await expect(action('wrong').handler(context().ctx)).rejects.toThrow(
      'ray.builder.token',
    );
    const late = action();
    const away = context().ctx;
    const { url } = service;
    await service.stop();
    await expect(late.handler(away)).rejects.toThrow(
      `Couldn't reach the build service at ${url}.`,
    );
    service = await FakeBuildService.start();
  });

  it.each([
    ['image', { image: 'Hello Ray' }, "can't be the name of an image"],
    ['version', { version: 'a b' }, "can't be an image tag"],
    ['dockerfile', { dockerfile: '../Dockerfile' }, "isn't a plain path"],
    ['source', { contextPath: '.' }, 'either sourceUrl or contextPath'],
    [
      'context',
      { sourceUrl: undefined, contextPath: '../..' },
      'not allowed to refer to a directory outside',
    ],
    ['missing file', { dockerfile: 'gpu.Dockerfile' }, 'has no gpu.Dockerfile'],
  ])('refuses a wrong %s', async (_, wrong, message) => {
    const { ctx } = context({ input: { ...input, ...wrong } });
    await expect(action().handler(ctx)).rejects.toThrow(message);
    expect(service.builds.size).toBe(0);
  });

  it('calls nobody in a dry run', async () => {
    const { ctx, outputs } = context({ isDryRun: true });
    await action().handler(ctx);
    expect(service.requests).toEqual([]);
    expect(outputs()).toMatchObject({ image: 'hello-ray:1.0.0' });
    expect(action().supportsDryRun).toBe(true);
  });

  it.each(examples)('takes the example: $description', async ({ example }) => {
    const [step] = parse(example).steps;
    disk.addContent({
      [join('workspace', 'hello-ray', 'docker', 'gpu.Dockerfile')]: 'FROM ray',
    });
    const { ctx, outputs } = context({
      input: { ...step.input, image: 'hello-ray' },
    });
    await action().handler(ctx);
    expect(outputs().image).toBe('registry.test/hello-ray:1.0.0');
  });
});
