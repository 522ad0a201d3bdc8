import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  FakeBuildService,
  FakeRegistry,
  bytesOf,
  tarOf,
} from '@ml-platform/images/testUtils';
import { followBuild } from '@ml-platform/images';
import { PortalBuilder } from '@ml-platform/sdk';
import { testDatabase } from '../__testUtils__/testDatabase';
import rayPlugin from '..';

describe('images that are built through the portal', () => {
  let service: FakeBuildService;
  let registry: FakeRegistry;
  let backend: TestBackend;
  let folder: string;
  let contextFile: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portal-build-'));
    contextFile = join(folder, 'context.tar');
    await writeFile(
      contextFile,
      await bytesOf(tarOf({ Dockerfile: 'FROM ray' })),
    );
    service = await FakeBuildService.start();
    registry = await FakeRegistry.start();
    service.registry = `${registry.host}/team`;
    backend = await startTestBackend({
      features: [
        rayPlugin,
        testDatabase,
        mockServices.rootConfig.factory({
          data: {
            ray: {
              builder: {
                url: service.url,
                token: service.token,
                registry: service.registry,
                maxBuildsPerUser: 2,
                maxContextMiB: 1,
              },
            },
          },
        }),
      ],
    });
  }, 30_000);
  afterEach(async () => {
    await backend.stop();
    await Promise.all([service.stop(), registry.stop()]);
    await rm(folder, { recursive: true });
  });

  const url = () =>
    `http://127.0.0.1:${(backend.server.address() as AddressInfo).port}`;
  const as = (name: string) =>
    new PortalBuilder({
      url: url(),
      environment: {},
      credentials: {
        token: async () =>
          mockCredentials.user
            .header(`user:default/${name}`)
            .replace('Bearer ', ''),
      },
    });
  const request = (version = '1.0.0') => ({
    image: 'hello-ray',
    version,
    dockerfile: 'Dockerfile',
    contextFile,
    labels: {
      'org.opencontainers.image.revision': 'a'.repeat(40),
      'org.opencontainers.image.source': 'https://git.example.com/o/r',
      other: 'left out',
    },
  });

  it('are followed to their end, and say who asked for them', async () => {
    const ada = as('ada');
    const { id, image } = await ada.start(request());
    expect(image).toBe(`${registry.host}/team/hello-ray:1.0.0`);
    const lines: string[] = [];
    const build = await followBuild({
      builder: ada,
      id,
      onLine: line => lines.push(line),
      pollMs: 5,
    });
    expect(build).toMatchObject({ state: 'succeeded', reused: false });
    expect(lines).toEqual(['Step 1: FROM ray', '100%', 'döne ✓', 'last line']);
    expect(service.builds.get(id)?.labels).toEqual([
      'org.opencontainers.image.title=hello-ray',
      'org.opencontainers.image.version=1.0.0',
      'dev.ml-platform.requester=user:default/ada',
      `org.opencontainers.image.revision=${'a'.repeat(40)}`,
      'org.opencontainers.image.source=https://git.example.com/o/r',
    ]);
  });

  it('are cancelled by who started them, and by nobody else', async () => {
    service.looks = Infinity;
    const { id } = await as('ada').start(request());
    await expect(as('eve').cancel(id)).rejects.toThrow(
      'Only the person who started a build may cancel it',
    );
    await as('ada').cancel(id);
    await expect(as('eve').get(id)).resolves.toMatchObject({
      state: 'failed',
      error: 'The build was cancelled',
    });
    await expect(as('ada').cancel('gone')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('are limited for each user', async () => {
    service.looks = Infinity;
    const ada = as('ada');
    const { id } = await ada.start(request('1'));
    await ada.start(request('2'));
    await expect(ada.start(request('3'))).rejects.toThrow(
      "You have 2 builds that haven't ended",
    );
    await expect(as('bob').start(request('3'))).resolves.toBeDefined();
    await ada.cancel(id);
    await expect(ada.start(request('4'))).resolves.toBeDefined();
  });

  it('come from a context of a limited size, and of a plain place', async () => {
    await writeFile(contextFile, Buffer.alloc(1024 ** 2 + 1));
    await expect(as('ada').start(request())).rejects.toThrow(
      'larger than 1 MiB',
    );
    const post = (query: string, body?: ReadableStream) =>
      fetch(`${url()}/api/ray/builds?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-tar' },
        body: body ?? 'x',
        duplex: 'half',
      } as RequestInit);
    // One that doesn't say how long it is.
    const chunk = new Uint8Array(600_000);
    const endless = new ReadableStream({
      start: out => [1, 2].forEach(() => out.enqueue(chunk)),
    });
    const answer = await post('image=a&version=1', endless);
    expect(answer.status).toBe(413);
    for (const query of [
      'image=../a&version=1',
      'image=a&version=a/b',
      'image=a&version=1&dockerfile=../x',
      'image=a&version=1&dockerfile=/etc/passwd',
      'image=a&version=1&source=javascript:alert(1)',
    ]) {
      expect([query, (await post(query)).status]).toEqual([query, 400]);
    }
    expect(service.builds.size).toBe(0);
  });

  it('refuse other content, in the words of the builder', async () => {
    await as('ada').start(request());
    await writeFile(contextFile, await bytesOf(tarOf({ Dockerfile: 'other' })));
    await expect(as('ada').start(request())).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('other content'),
    });
  });

  it('are listed up to a limit, and for nobody who has gone', async () => {
    const tags = Array.from({ length: 103 }, (_, number) => `1.${number}`);
    tags.forEach(tag => registry.put('team/hello-ray', tag));
    const ask = (signal?: AbortSignal) =>
      fetch(`${url()}/api/ray/images/hello-ray/versions`, {
        headers: { authorization: mockCredentials.user.header() },
        signal,
      });
    const gone = new AbortController();
    registry.silent = true;
    const asking = ask(gone.signal);
    while (registry.requests.length === 0) {
      await setTimeout(10);
    }
    gone.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    while (registry.abandoned === 0) {
      await setTimeout(10);
    }
    registry.silent = false;
    const answer = await (await ask()).json();
    expect(answer).toMatchObject({ others: 3, next: '1.103' });
    expect(answer.items).toHaveLength(100);
    expect(answer.items[0].version).toBe('1.102');
  });

  it('are listed by version', async () => {
    await expect(as('ada').versions('hello-ray')).resolves.toEqual([]);
    const digest = registry.put('team/hello-ray', '1.0.0');
    await expect(as('ada').versions('hello-ray')).resolves.toEqual([
      {
        version: '1.0.0',
        reference: `${registry.host}/team/hello-ray:1.0.0`,
        digest,
        size: 1,
      },
    ]);
  });
});
