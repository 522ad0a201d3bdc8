import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FakeBuildService,
  FakeRegistry,
  putProgram,
} from '@ml-platform/images/testUtils';
import { CliProject } from '../../__testUtils__/CliRun';

const DIGEST = `sha256:${'d'.repeat(64)}`;

describe('build, workloads and versions', () => {
  let project: CliProject;
  let registry: FakeRegistry;
  let bin: string;

  beforeEach(async () => {
    registry = await FakeRegistry.start();
    project = await CliProject.create({});
    bin = join(project.folder, 'bin');
    await mkdir(bin);
    await mkdir(join(project.folder, '.git'));
    await mkdir(join(project.folder, 'workloads/hello-ray'), {
      recursive: true,
    });
    await project.write(
      'workloads/hello-ray/catalog-info.yaml',
      `kind: Component
metadata: {name: hello-ray, title: Hello Ray, description: "Small\\e[31m"}
spec: {type: training-workload, owner: "group:default/team"}
`,
    );
    await project.write(
      'workloads/hello-ray/Dockerfile',
      'FROM ray\nRUN make\n',
    );
    await project.write(
      '.ml-platform.yaml',
      `registry: ${registry.host}/team\n`,
    );
  });
  afterEach(async () => {
    await registry.stop();
    await project.remove();
  });

  const engine = (script: string, name = 'podman') =>
    putProgram(
      bin,
      name,
      `[ "$1" = version ] && exit 0
previous=; for arg in "$@"; do
  [ "$previous" = --digestfile ] && printf ${DIGEST} > "$arg"
  previous="$arg"
done
echo "$@" >> ${project.folder}/calls
[ "$1" = push ] && exit 0
${script}`,
    );
  const start = (args: readonly string[], terminal = false) =>
    project.start(args, { env: { PATH: `${bin}:/usr/bin:/bin` }, terminal });
  const run = (...args: string[]) => start(args).done;

  it('builds and pushes, with the log as talk and the image as data', async () => {
    await engine('echo "STEP 1/2: FROM ray"; printf "\\033[2Jdone\\n"');
    const { code, stdout, stderr } = await run('build', 'hello-ray', 'v1');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Image   ${registry.host}/team/hello-ray:v1\nDigest  ${DIGEST}\n`,
    });
    expect(stderr).toContain('STEP 1/2: FROM ray\ndone\n');
    expect(stderr).toMatch(
      /Built and pushed in 0s by podman\nNext: ml-platform submit hello-ray:v1\n$/,
    );
  });

  it('shows steps on a terminal, and the whole log where it is asked to', async () => {
    await engine('echo "STEP 1/2: FROM ray"; echo compiling; sleep 0.3');
    const args = ['build', 'hello-ray', 'v1', '--no-push'];
    const live = await start(args, true).done;
    expect(live.stderr).toMatch(/Building \S+hello-ray:v1 with podman\n/);
    expect(live.stderr).toContain('[1/2] FROM ray\n');
    expect(live.stderr).toContain('\r\u001b[K  0s  compiling');
    expect(live.stderr).not.toContain('compiling\n');
    expect(live.stderr).toContain('The image stays on this machine');
    const whole = await start([...args, '--progress', 'plain'], true).done;
    expect(whole.stderr).toContain('compiling\n');
  });

  it('writes JSON', async () => {
    await engine('exit 0');
    const args = ['--platform', 'linux/arm64', '-o', 'json'];
    const { stdout } = await run('build', 'hello-ray', 'v1', ...args);
    expect(JSON.parse(stdout)).toEqual({
      id: expect.any(String),
      ended: true,
      workload: 'hello-ray',
      version: 'v1',
      image: `${registry.host}/team/hello-ray:v1`,
      digest: DIGEST,
      reused: false,
      pushed: true,
      builder: 'podman',
    });
    await expect(
      readFile(join(project.folder, 'calls'), 'utf8'),
    ).resolves.toContain('--platform linux/arm64');
  });

  it('says which step failed, where, and what it said', async () => {
    await engine('echo "STEP 2/2: RUN make"; echo "no rule" >&2; exit 2');
    const { code, stdout, stderr } = await start(
      ['build', 'hello-ray', 'v1'],
      true,
    ).done;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `Error: Couldn't build ${registry.host}/team/hello-ray:v1: podman build failed
  Dockerfile:2: RUN make
    no rule
`,
    );
  });

  it('refuses a version that exists with other content', async () => {
    await engine('exit 0');
    registry.put('team/hello-ray', 'v1');
    const { code, stderr } = await run('build', 'hello-ray', 'v1');
    expect(code).toBe(4);
    expect(stderr).toContain('a version never changes: raise the version');
  });

  it('ends the engine on Ctrl-C', async () => {
    await engine(`echo begun; sleep 2; touch ${project.folder}/survived`);
    const building = start(['build', 'hello-ray', 'v1']);
    while (!building.stderr.includes('begun')) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    building.interrupt();
    const { code, stderr } = await building.done;
    expect(code).toBe(130);
    expect(stderr).toContain('The build was cancelled');
    await new Promise(resolve => setTimeout(resolve, 2_200));
    expect(existsSync(join(project.folder, 'survived'))).toBe(false);
  });

  it('builds with the build service of the settings, which goes on after Ctrl-C', async () => {
    const service = await FakeBuildService.start();
    service.registry = registry.host;
    service.pushesTo = registry;
    try {
      await project.write(
        '.ml-platform.yaml',
        `builder: {url: '${service.url}', token: ${service.token}}`,
      );
      service.looks = Infinity;
      const building = start(['build', 'hello-ray', 'v1']);
      while (!building.stderr.includes('Step 1: FROM ray')) {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
      building.interrupt();
      const interrupted = await building.done;
      const [, id = ''] =
        /ml-platform build --cancel (\w+)/.exec(interrupted.stderr) ?? [];
      expect([...service.builds.values()]).toMatchObject([{ id }]);
      expect(service.builds.get(id)?.cancelled).toBeUndefined();
      const detached = await run('build', 'hello-ray', 'v1', '--detach');
      expect(detached).toMatchObject({ code: 0 });
      expect(detached.stdout).toContain(`Build   ${id}\n`);
      expect(interrupted.stderr).toContain(
        'The build continues at the build service; run the same command',
      );
      service.looks = 1;
      const { code, stdout } = await run('build', 'hello-ray', 'v1');
      expect(code).toBe(0);
      const { headers } = await fetch(
        `http://${registry.host}/v2/hello-ray/manifests/v1`,
      );
      expect(stdout).toContain(
        `Image   ${registry.host}/hello-ray:v1\nDigest  ${headers.get('docker-content-digest')}`,
      );
    } finally {
      await service.stop();
    }
  });

  it('ends a build of the build service', async () => {
    const service = await FakeBuildService.start();
    try {
      await project.write(
        '.ml-platform.yaml',
        `builder: {url: '${service.url}', token: ${service.token}}`,
      );
      service.looks = Infinity;
      await run('build', 'hello-ray', 'v1', '--detach');
      const [build] = service.builds.values();
      const { code, stderr } = await run('build', '--cancel', build.id);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: `The build ${build.id} was cancelled\n`,
      });
      expect(build.cancelled).toBe(true);
      const gone = await run('build', '--cancel', 'gone');
      expect(gone.code).toBe(3);
    } finally {
      await service.stop();
    }
  });

  it.each([
    [['build', '--cancel', 'x'], 2, 'install one, or name a build service'],
    [['build', 'gone', 'v1'], 3, 'choose one of hello-ray'],
    [['build', 'hello-ray', 'a b'], 2, "can't be an image tag"],
    [['build', 'hello-ray'], 2, "missing required argument 'version'"],
    [['build', 'hello-ray', 'v1'], 2, 'install one, or name a build service'],
    [['build', 'hello-ray', 'v1', '--builder', 'kaniko'], 2, 'docker, podman'],
    [['versions', 'gone'], 3, 'no version of'],
  ])('answers %j with %d', async (args, code, sentence) => {
    const empty = { PATH: bin };
    const answer = await project.start(args, { env: empty }).done;
    expect(answer.code).toBe(code);
    expect(answer.stderr).toContain(sentence);
  });

  it('lists workloads', async () => {
    const wide = await run('workloads', '-o', 'wide');
    expect(wide.stdout).toBe(
      `NAME       TITLE      OWNER  ENTRYPOINT       FOLDER               DESCRIPTION
hello-ray  Hello Ray  team   python train.py  workloads/hello-ray  Small
`,
    );
    await expect(run('workloads', '-o', 'name')).resolves.toMatchObject({
      stdout: 'hello-ray\n',
    });
    await expect(run('__complete', 'build', 'hello')).resolves.toMatchObject({
      stdout: 'hello-ray\tHello Ray\n',
    });
  });

  it('lists versions, newest first', async () => {
    const digest = registry.put('team/hello-ray', 'v1', {
      created: '2026-11-28T10:00:00Z',
      layers: [3 * 1024 * 1024],
      labels: { 'org.opencontainers.image.revision': 'a'.repeat(40) },
    });
    registry.put('team/hello-ray', 'v2', { created: '2026-11-28T11:59:00Z' });
    const { stdout } = await run('versions', 'hello-ray');
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^VERSION {2}DIGEST {15}SIZE {3}AGE$/),
      expect.stringMatching(/^v2 .* 1 B {4}1m$/),
      `v1       ${digest.slice(0, 19)}  3 MiB  2h`,
      '',
    ]);
    const names = await run('versions', 'hello-ray', '-o', 'name');
    expect(names.stdout).toBe('hello-ray:v2\nhello-ray:v1\n');
    const wide = await run('versions', 'hello-ray', '-o', 'wide');
    expect(wide.stdout).toContain(`${digest}  3 MiB  2h`);
    expect(wide.stdout).toContain(`aaaaaaaaaaaa  ${registry.host}/team`);
  });
});
