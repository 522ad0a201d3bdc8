import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegistryClient } from '@ml-platform/images';
import {
  FakeBuildService,
  FakeRegistry,
  putProgram,
} from '@ml-platform/images/testUtils';
import { PlatformClient } from '../client/PlatformClient';
import type { PlatformSettings } from '../settings/PlatformSettings';
import type { BuildOptions } from './imageTypes';
import { openImages } from './openImages';

const DIGEST = `sha256:${'d'.repeat(64)}`;
const CATALOG = `
kind: Component
metadata: {name: hello-ray}
spec: {type: training-workload}
`;

describe('WorkloadImages', () => {
  let dir: string;
  let registry: FakeRegistry;
  let service: FakeBuildService;
  let log: string[];

  const put = (name: string, text: string) =>
    writeFile(join(dir, 'repo/workloads/hello-ray', name), text);

  beforeEach(async () => {
    registry = await FakeRegistry.start();
    service = await FakeBuildService.start();
    service.looks = 1;
    dir = await mkdtemp(join(tmpdir(), 'images-'));
    log = [];
    await mkdir(join(dir, 'bin'));
    await mkdir(join(dir, 'repo/.git'), { recursive: true });
    await mkdir(join(dir, 'repo/workloads/hello-ray'), { recursive: true });
    await put('catalog-info.yaml', CATALOG);
    await put('Dockerfile', 'FROM ray\n\nRUN make \\\n  all\n');
  });
  afterEach(async () => {
    await Promise.all([registry.stop(), service.stop()]);
    await rm(dir, { recursive: true, force: true });
  });

  const docker = (script: string) =>
    putProgram(
      join(dir, 'bin'),
      'docker',
      `[ "$1" = version ] && exit 0\necho "$@" >> ${dir}/calls\n${script}`,
    );
  const open = (settings: PlatformSettings = {}) =>
    openImages(
      { registry: `${registry.host}/team/`, ...settings },
      {
        cwd: join(dir, 'repo'),
        env: { PATH: `${dir}/bin:/usr/bin:/bin`, HOME: dir },
      },
    );
  const build = async (
    options: Partial<BuildOptions> = {},
    settings?: PlatformSettings,
  ) =>
    (await open(settings)).build({
      workload: 'hello-ray',
      version: 'v1',
      builder: 'docker',
      onLog: line => log.push(line),
      ...options,
    });
  const ofService = () => ({
    builder: { url: service.url, token: service.token },
  });

  it('builds and pushes a workload of the checkout with an engine', async () => {
    await docker(
      `[ "$1" = push ] && echo "v1: digest: ${DIGEST} size: 1"; exit 0`,
    );
    await expect(build()).resolves.toEqual({
      id: expect.any(String),
      ended: true,
      workload: 'hello-ray',
      version: 'v1',
      image: `${registry.host}/team/hello-ray:v1`,
      digest: DIGEST,
      reused: false,
      pushed: true,
      builder: 'docker',
    });
    expect(log[0]).toMatch(/^Packed 2 files/);
  });

  it('labels an image with the commit and the page of its code', async () => {
    await rm(join(dir, 'repo/.git'), { recursive: true });
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', join(dir, 'repo'), ...args], {
        env: { ...process.env, HOME: dir },
      })
        .toString()
        .trim();
    git('init', '-q');
    git(
      'remote',
      'add',
      'origin',
      'https://ada:secret@git.example.com/a/b.git',
    );
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'One');
    await docker('exit 0');
    await build({ push: false });
    await put('new.py', '');
    await build({ push: false });
    const commit = git('rev-parse', 'HEAD');
    const [first, second] = (await readFile(join(dir, 'calls'), 'utf8')).split(
      '\n',
    );
    expect(first).toContain(`org.opencontainers.image.revision=${commit} `);
    expect(first).toContain(
      'org.opencontainers.image.source=https://git.example.com/a/b ',
    );
    expect(second).toContain(`revision=${commit}-dirty `);
  });

  it('builds a folder that is no workload', async () => {
    await docker('exit 0');
    await mkdir(join(dir, 'repo/mine'));
    await writeFile(join(dir, 'repo/mine/Dockerfile.gpu'), 'FROM ray');
    await expect(
      build({
        workload: undefined,
        context: 'mine',
        dockerfile: 'Dockerfile.gpu',
        push: false,
      }),
    ).resolves.toMatchObject({ workload: 'mine', pushed: false });
  });

  it('says at which line of the Dockerfile a build failed, and what was said', async () => {
    await docker(
      'echo "Step 1/2 : FROM ray"; echo "Step 2/2 : RUN make   all"; echo "no rule" >&2; exit 1',
    );
    await expect(build()).rejects.toMatchObject({
      name: 'BuildFailedError',
      message: [
        `Couldn't build ${registry.host}/team/hello-ray:v1: docker build failed`,
        '  Dockerfile:3: RUN make   all',
        '    no rule',
        '    ERROR: docker ended with code 1',
      ].join('\n'),
      place: 'Dockerfile:3',
    });
  });

  it('ends an engine that is interrupted', async () => {
    await docker('echo started; sleep 30');
    const over = new AbortController();
    await expect(
      build({
        signal: over.signal,
        onLog: line => line === 'started' && over.abort(),
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('takes the time and the plain registries of the settings', async () => {
    // An address of this machine that isn't taken for one by its looks.
    const host = registry.host.replace('127.0.0.1', '127.1');
    await putProgram(
      join(dir, 'bin'),
      'podman',
      `[ "$1" = version ] && exit 0; echo "$@" >> ${dir}/calls`,
    );
    const settings = {
      registry: `${host}/team`,
      builder: { type: 'podman', plainHttp: [host] },
    };
    await expect(
      build({ builder: undefined }, settings),
    ).resolves.toMatchObject({ image: `${host}/team/hello-ray:v1` });
    await expect(readFile(join(dir, 'calls'), 'utf8')).resolves.toContain(
      'push --tls-verify=false ',
    );
    await docker('sleep 60');
    await expect(
      build({ version: 'v2' }, { builder: { timeoutMinutes: 0.005 } }),
    ).rejects.toThrow('took longer than');
  });

  it('builds with a build service, and reads the digest from the registry', async () => {
    const steps: string[] = [];
    service.log = '#2 [1/2] FROM ray\n#2 DONE 0.1s\n';
    service.registry = `${registry.host}/team`;
    service.pushesTo = registry;
    const built = await build(
      { builder: undefined, onStep: ({ text }) => steps.push(text) },
      ofService(),
    );
    expect(built).toMatchObject({
      image: `${registry.host}/team/hello-ray:v1`,
      digest: await new RegistryClient({ env: {} }).digest(built.image),
      builder: 'service',
    });
    expect(steps).toEqual(['FROM ray']);
    await expect(
      build({ builder: 'service', push: false }, ofService()),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it.each([
    [{ workload: 'other' }, 'There is no workload'],
    [{ version: 'a b' }, "can't be an image tag"],
    [{ workload: 'A' }, "can't be the name of an image"],
    [{ context: 'gone' }, 'There is no folder'],
    [{ dockerfile: '../Dockerfile' }, 'is outside of'],
    [{ dockerfile: 'Dockerfile.gpu' }, 'The workload has no Dockerfile.gpu'],
    [{ builder: 'service' as const }, 'set builder.url'],
    [{ builder: 'podman' as const }, 'There is no podman on your PATH'],
  ])('refuses %j', async (options, sentence) => {
    await docker('exit 0');
    await expect(build(options)).rejects.toThrow(sentence);
  });

  it('says where to name a registry', async () => {
    await docker('exit 0');
    const sentence = 'set registry in .ml-platform.yaml';
    await expect(build({}, { registry: undefined })).rejects.toThrow(sentence);
    const images = await open({ registry: undefined });
    await expect(images.versions('a')).rejects.toThrow(sentence);
  });

  it('leaves the registry of a build service to that service', async () => {
    await docker('exit 0');
    const settings = { builder: { url: `http://${registry.host}` } };
    await expect(build({}, settings)).rejects.toThrow(
      `Only the build service puts images into ${registry.host}/team`,
    );
    await expect(build({ push: false }, settings)).resolves.toMatchObject({
      pushed: false,
    });
  });

  it('lists versions, with the token of a build service that is the registry', async () => {
    registry.auth = 'bearer';
    registry.put('team/hello-ray', 'v1');
    const client = new PlatformClient({
      cwd: join(dir, 'repo'),
      registry: `${registry.host}/team`,
      builder: { url: `http://${registry.host}`, token: 'issued' },
    });
    await expect(client.versions('hello-ray')).resolves.toEqual([
      {
        version: 'v1',
        reference: `${registry.host}/team/hello-ray:v1`,
        digest: expect.stringMatching(/^sha256:/),
        size: 1,
      },
    ]);
    await expect(client.workloads()).resolves.toMatchObject([
      { name: 'hello-ray' },
    ]);
  });
});
