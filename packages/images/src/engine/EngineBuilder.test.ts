import { readFile } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { putProgram } from '../__testUtils__/putProgram';
import { packContext } from '../context/packContext';
import { followBuild } from '../followBuild';
import type { ImageBuildRequest } from '../ImageBuilder';
import { RegistryClient } from '../registry/RegistryClient';
import { EngineBuilder } from './EngineBuilder';
import type { EngineName } from './engines';
import { openEngine } from './findEngine';

const DIGEST = `sha256:${'d'.repeat(64)}`;
const CONTENT = 'dev.ml-platform.content-digest';

describe('EngineBuilder', () => {
  const disk = createMockDirectory();
  let registry: FakeRegistry;

  beforeEach(async () => {
    registry = await FakeRegistry.start();
    disk.setContent({ bin: {}, context: { Dockerfile: 'FROM ray' } });
  });
  afterEach(() => registry.stop());

  /** An engine that writes down what it is called with, and the files it is given. */
  const engine = (name: EngineName, script = '') =>
    putProgram(
      disk.resolve('bin'),
      name,
      `echo "$@" >> ${disk.resolve('calls')}
[ "$1" = version ] && exit 0
previous=; for arg in "$@"; do
  [ "$previous" = --iidfile ] && echo sha256:id > "$arg"
  [ "$previous" = --digestfile ] && printf ${DIGEST} > "$arg"
  previous="$arg"
done
${script}
[ "$1" = push ] && echo "1: digest: ${DIGEST} size: 528"
[ "$1" = build ] && ls "$previous" && echo STEP 1/1: FROM ray
exit 0`,
    );
  const calls = async () =>
    (await readFile(disk.resolve('calls'), 'utf8')).trim().split('\n').slice(1);
  const env = () => ({
    PATH: `${disk.resolve('bin')}:/bin:/usr/bin`,
    HOME: disk.path,
  });
  const open = async (
    name: EngineName,
    host = `${registry.host}/team`,
    settings: { timeoutSeconds?: number } = {},
  ) =>
    new EngineBuilder({
      engine: await openEngine(name, { env: env() }),
      registry: host,
      images: new RegistryClient({ env: env() }),
      timeoutSeconds: settings.timeoutSeconds,
    });
  const start = async (
    builder: EngineBuilder,
    request: Partial<ImageBuildRequest> = {},
  ) => {
    const contextFile = disk.resolve('context.tar');
    await packContext({
      root: disk.resolve('context'),
      dockerfile: 'Dockerfile',
      target: contextFile,
    });
    return builder.start({
      image: 'a',
      version: '1',
      dockerfile: 'Dockerfile',
      contextFile,
      ...request,
    });
  };
  const build = async (
    builder: EngineBuilder,
    request: Partial<ImageBuildRequest> = {},
  ) => {
    const lines: string[] = [];
    const { id } = await start(builder, request);
    const ended = await followBuild({
      builder,
      id,
      onLine: line => lines.push(line),
      pollMs: 5,
    });
    return { ...ended, lines };
  };

  it.each(['podman', 'buildah', 'docker'] as const)(
    'builds and pushes with %s, and tells the digest',
    async name => {
      await engine(name);
      const { lines, ...ended } = await build(await open(name), {
        labels: { x: 'y' },
        platform: 'linux/arm64',
      });
      expect(ended).toEqual({
        id: expect.any(String),
        state: 'succeeded',
        image: `${registry.host}/team/a:1`,
        reused: false,
        imageId: 'sha256:id',
        digest: DIGEST,
        startedAt: expect.any(String),
        endedAt: expect.any(String),
      });
      expect(lines).toEqual(
        expect.arrayContaining(['Dockerfile', 'STEP 1/1: FROM ray']),
      );
      const [built, pushed] = await calls();
      expect(built).toMatch(/ --platform linux\/arm64 --label x=y /);
      expect(built).toMatch(
        new RegExp(`--label ${CONTENT}=sha256:[0-9a-f]{64} `),
      );
      expect(pushed).toMatch(/^push .*\/team\/a:1$/);
    },
  );

  it('leaves the image on the machine', async () => {
    await engine('docker');
    const builder = await open('docker', '');
    const ended = await build(builder, { push: false });
    expect(ended).toMatchObject({
      state: 'succeeded',
      image: 'a:1',
      imageId: 'sha256:id',
    });
    expect(ended.digest).toBeUndefined();
    await expect(calls()).resolves.toHaveLength(1);
    expect(registry.requests).toEqual([]);
  });

  it('takes a version that exists with the same content', async () => {
    await engine('docker');
    await build(await open('docker'));
    const [, content = ''] =
      new RegExp(`${CONTENT}=(\\S+)`).exec((await calls())[0]) ?? [];
    const digest = registry.put('team/a', '1', {
      labels: { [CONTENT]: content },
    });
    const again = await build(await open('docker'));
    expect(again).toMatchObject({ state: 'succeeded', reused: true, digest });
    expect(again.lines).toEqual([
      `${registry.host}/team/a:1 exists already, from the same content`,
    ]);
  });

  it.each([{}, { labels: { [CONTENT]: 'sha256:other' } }])(
    'refuses a version that exists with other content: %j',
    async image => {
      await engine('docker');
      registry.put('team/a', '1', image);
      await expect(start(await open('docker'))).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('a version never changes'),
      });
      await expect(calls()).resolves.toEqual([]);
    },
  );

  it('does not push over what somebody else pushed meanwhile', async () => {
    await engine('docker', 'sleep 0.3');
    const builder = await open('docker');
    const { id } = await start(builder);
    registry.put('team/a', '1');
    const ended = await followBuild({
      builder,
      id,
      onLine: () => undefined,
      pollMs: 5,
    });
    expect(ended).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('other content'),
    });
    await expect(calls()).resolves.toHaveLength(1);
  });

  it('ends the process of a build that is cancelled', async () => {
    await engine('docker', `sleep 60; touch ${disk.resolve('survived')}`);
    const builder = await open('docker');
    const { id } = await start(builder);
    const started = Date.now();
    await builder.cancel(id);
    expect(Date.now() - started).toBeLessThan(4_000);
    await expect(builder.get(id)).resolves.toMatchObject({
      state: 'failed',
      error: 'The build was cancelled',
    });
  });

  it('refuses other content of a version while it builds', async () => {
    await engine(
      'docker',
      `[ "$1" = build ] && until [ -e ${disk.resolve('go')} ]; do sleep 0.05; done`,
    );
    const builder = await open('docker');
    const first = await start(builder);
    await expect(start(builder)).resolves.toEqual(first);
    disk.addContent({ 'context/Dockerfile': 'FROM other' });
    await expect(start(builder)).rejects.toThrow(
      'is being built from other content',
    );
    disk.addContent({ go: '' });
    const ended = await followBuild({
      builder,
      id: first.id,
      onLine: () => undefined,
      pollMs: 5,
    });
    expect(ended.state).toBe('succeeded');
    await expect(calls()).resolves.toHaveLength(2);
  });

  it.each<[EngineName, string[], string]>([
    ['podman', ['registry.test:5000'], 'push --tls-verify=false '],
    ['podman', [], 'push --digestfile '],
    ['docker', ['registry.test:5000'], 'push registry.test:5000/'],
  ])(
    'pushes with %s, where plain HTTP is for %j',
    async (name, hosts, args) => {
      await engine(name);
      const images = new RegistryClient({ env: env(), plainHttp: hosts });
      const builder = new EngineBuilder({
        engine: await openEngine(name, { env: env() }),
        registry: 'registry.test:5000/team',
        // The fake registry is one of this machine, which never has TLS.
        images: {
          image: async () => undefined,
          tags: async () => [],
          isPlainHttp: host => images.isPlainHttp(host),
        },
      });
      await expect(build(builder)).resolves.toMatchObject({
        state: 'succeeded',
      });
      expect((await calls())[1].startsWith(args)).toBe(true);
    },
  );

  it('is one build, however many start it at the same time', async () => {
    await engine('docker');
    const builder = await open('docker');
    const builds = await Promise.all([1, 2, 3].map(() => start(builder)));
    expect(new Set(builds.map(({ id }) => id)).size).toBe(1);
    const [{ id }] = builds;
    await followBuild({ builder, id, onLine: () => undefined, pollMs: 5 });
    await expect(calls()).resolves.toHaveLength(2);
  });

  it('ends a build that takes too long', async () => {
    await engine('docker', `sleep 60; touch ${disk.resolve('survived')}`);
    const builder = await open('docker', undefined, { timeoutSeconds: 0.2 });
    await expect(build(builder)).resolves.toMatchObject({
      state: 'failed',
      error: expect.stringContaining('took longer than'),
    });
    await expect(readFile(disk.resolve('survived'))).rejects.toThrow('ENOENT');
  });

  it('forgets builds that ended long ago', async () => {
    await engine('docker', 'head -c 3500000 /dev/zero | tr "\\0" "x"; echo');
    const builder = await open('docker', '');
    const ids: string[] = [];
    for (let version = 0; version < 11; version += 1) {
      const { id } = await build(builder, {
        version: String(version),
        push: false,
      });
      ids.push(id);
    }
    await expect(builder.get(ids[0])).rejects.toThrow("doesn't exist");
    await expect(builder.get(ids[10])).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it.each([
    [
      'push',
      'unauthorized: authentication required',
      'The registry refuses the push: log in with `docker login`',
    ],
    [
      'build',
      'pull access denied for secret/base',
      'The registry refuses the base image',
    ],
    ['build', 'mkdir: permission denied', 'docker build failed'],
    ['build', 'no space left on device', 'The disk is full'],
    [
      'push',
      'x509: certificate signed by unknown authority',
      "Couldn't reach the registry",
    ],
    [
      'build',
      'unknown instruction: FOO',
      'docker build failed:\nunknown instruction: FOO',
    ],
  ])('says what to do where %s says: %s', async (action, said, sentence) => {
    await engine(
      'docker',
      `[ "$1" = ${action} ] && { echo "${said}" >&2; exit 1; }`,
    );
    const ended = await build(await open('docker'));
    expect(ended).toMatchObject({
      state: 'failed',
      error: expect.stringContaining(sentence),
    });
    expect(ended.lines.at(-1)).toBe('ERROR: docker ended with code 1');
  });
});
