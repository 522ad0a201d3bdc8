import { access, cp, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakeBuildService, FakeRegistry } from '@ml-platform/images/testUtils';
import { BuildServiceClient, ImageBuilders } from '@ml-platform/images';
import { createImageBuildAction } from './createImageBuildAction';
import { examples } from './createImageBuildAction.examples';

const SOURCE = 'http://localhost:7008/o/r/tree/abc/workloads/hello-ray';

describe('ray:image:build', () => {
  const disk = createMockDirectory();
  const permissions = mockServices.permissions.mock();
  let service: FakeBuildService;
  let registry: FakeRegistry;

  beforeEach(async () => {
    permissions.authorize.mockResolvedValue([
      { result: AuthorizeResult.ALLOW },
    ]);
    service = await FakeBuildService.start();
    registry = await FakeRegistry.start();
    service.registry = `${registry.host}/team`;
    service.pushesTo = registry;
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

  afterEach(() => Promise.all([service.stop(), registry.stop()]));

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

  const builders = (settings = {}) =>
    new ImageBuilders({
      settings: {
        url: service.url,
        token: service.token,
        registry: service.registry,
        ...settings,
      },
      env: { HOME: disk.path },
    });
  const action = (chosen = builders()) =>
    createImageBuildAction({
      reader,
      permissions,
      builders: chosen,
      pollMs: 1,
    });

  const ref = () => `${registry.host}/team/hello-ray:1.0.0`;
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
    const digest = await builders().images.digest(ref());
    expect(outputs()).toEqual({
      image: ref(),
      digest,
      pinned: `${ref()}@${digest}`,
      reused: false,
      sourceCommit: '',
      sourceUrl: '',
    });
    expect(lines()).toEqual([
      `Reading ${SOURCE}`,
      'Packed 3 files of 1 KiB in all',
      expect.stringMatching(/^Following build /),
      'Step 1: FROM ray',
      '100%',
      'döne ✓',
      'last line',
      `Built ${ref()}`,
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

  it('builds nothing for who may not, in the words of the API', async () => {
    permissions.authorize.mockResolvedValue([{ result: AuthorizeResult.DENY }]);
    const { ctx } = context();
    await expect(action().handler(ctx)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'This needs the permission ray.image.build; ask whoever runs the platform for it',
    });
    expect(service.requests).toEqual([]);
    await action().handler(context({ isDryRun: true }).ctx);
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
      'other content',
    );
  });

  it('takes a version that exists as it is', async () => {
    const digest = registry.put('team/hello-ray', '1.0.0');
    const { ctx, outputs } = context({ input: { ...input, existing: true } });
    await action().handler(ctx);
    expect(outputs()).toMatchObject({
      pinned: `${ref()}@${digest}`,
      reused: true,
    });
    expect(service.requests).toEqual([]);
    const gone = { ...input, existing: true, version: '2' };
    await expect(
      action().handler(context({ input: gone }).ctx),
    ).rejects.toThrow('There is no version 2 of hello-ray in the registry');
  });

  it('pins the digest that the builder tells where the registry does not answer', async () => {
    const digest = `sha256:${'d'.repeat(64)}`;
    const chosen = builders({ type: 'telling' });
    const client = new BuildServiceClient(service);
    chosen.addImageBuilder('telling', {
      start: request => client.start(request),
      get: async id => ({ ...(await client.get(id)), digest }),
      log: (id, offset) => client.log(id, offset),
    });
    registry.unavailable = Infinity;
    const { ctx, outputs } = context();
    await action(chosen).handler(ctx);
    expect(outputs().pinned).toBe(`${ref()}@${digest}`);
  });

  it('asks the registry again for a digest that only it knows', async () => {
    registry.unavailable = 2;
    const { ctx, outputs } = context();
    await action().handler(ctx);
    expect(outputs().pinned).toMatch(/@sha256:\w{64}$/);
  });

  it('hands on no image whose digest is not known, and says what to do', async () => {
    registry.unavailable = Infinity;
    const { ctx } = context();
    await expect(action().handler(ctx)).rejects.toThrow(
      /was built, but its digest.* couldn't be read\. Start the task again: .*answered 503/,
    );
    expect(ctx.output).not.toHaveBeenCalled();
  });

  describe('tells the commit', () => {
    const [older, newer] = ['a', 'b'].map(letter => letter.repeat(40));
    const at = (commit: string, repository = 'r') =>
      `https://github.com/o/${repository}/tree/${commit}/workloads/a`;
    const originOf = async (overrides: object) => {
      const { ctx, outputs } = context({ input: { ...input, ...overrides } });
      await action().handler(ctx);
      const { sourceCommit, sourceUrl } = outputs();
      return { sourceCommit, sourceUrl };
    };

    it('that it builds, and of an image that is reused the one that was built', async () => {
      const origin = { sourceCommit: older, sourceUrl: at(older) };
      const existing = true;
      await expect(originOf({ sourceUrl: at(older) })).resolves.toEqual(origin);
      await expect(originOf({ sourceUrl: at(newer) })).resolves.toEqual(origin);
      await expect(
        originOf({ sourceUrl: at(newer), existing }),
      ).resolves.toEqual(origin);
    });

    it.each([
      [{}, { sourceCommit: '', sourceUrl: '' }],
      [{ revision: '](https://evil.example.com)' }, { sourceCommit: '' }],
      [{ revision: older }, { sourceCommit: older, sourceUrl: '' }],
      [
        { revision: older, source: 'https://github.com/o/other' },
        { sourceCommit: older, sourceUrl: '' },
      ],
      [
        { revision: `${older}-dirty`, source: 'https://github.com/o/r' },
        { sourceCommit: `${older}-dirty`, sourceUrl: '' },
      ],
    ])('of an image with the labels %j', async (labels, origin) => {
      registry.put('team/hello-ray', '1.0.0', {
        labels: Object.fromEntries(
          Object.entries(labels).map(([name, value]) => [
            `org.opencontainers.image.${name}`,
            value,
          ]),
        ),
      });
      await expect(
        originOf({ sourceUrl: at(newer), existing: true }),
      ).resolves.toMatchObject(origin);
    });
  });

  it('says who asked for the image, and what for', async () => {
    const sourceUrl = `https://github.com/o/r/tree/${'a'.repeat(40)}/workloads/a`;
    const { ctx } = context({
      input: { ...input, sourceUrl },
      task: { id: 'task-1' },
      user: { ref: 'user:default/ada' },
    });
    await action().handler(ctx);
    const [build] = service.builds.values();
    expect(build.labels).toEqual([
      'org.opencontainers.image.title=hello-ray',
      'org.opencontainers.image.version=1.0.0',
      'dev.ml-platform.task=task-1',
      'dev.ml-platform.requester=user:default/ada',
      `org.opencontainers.image.revision=${'a'.repeat(40)}`,
      'org.opencontainers.image.source=https://github.com/o/r',
    ]);
  });

  it('fails with the reason of the builder', async () => {
    service.error = 'No version of ray fits; correct requirements.txt';
    const { ctx, lines } = context();
    await expect(action().handler(ctx)).rejects.toThrow(
      /: No version of ray fits; correct requirements.txt\n {2}Dockerfile:1: FROM ray\n {4}100%/,
    );
    expect(lines()).toContain('last line');
  });

  it('says what to do when the builder refuses the portal or is away', async () => {
    await expect(
      action(builders({ token: 'wrong' })).handler(context().ctx),
    ).rejects.toThrow('ray.builder.token');
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
    expect(outputs().image).toBe(ref());
  });
});
