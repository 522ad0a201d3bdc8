import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileImageStore } from './FileImageStore';
import { PythonEnvironments } from './PythonEnvironments';

const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

jest.setTimeout(60_000);

describe('FileImageStore', () => {
  let dataDir: string;

  const stores = (env: NodeJS.ProcessEnv = process.env, python?: string) => {
    const environments = new PythonEnvironments({
      dataDir,
      logger,
      env,
      python,
    });
    return {
      environments,
      images: new FileImageStore({ dataDir, environments, logger }),
    };
  };

  const fakeUv = async (script: string) => {
    const dir = join(dataDir, 'tools', 'uv');
    await mkdir(join(dir, 'bin'), { recursive: true });
    await mkdir(join(dir, 'uv-0.13.9.dist-info'));
    await writeFile(join(dir, 'bin', 'uv'), `#!/bin/sh\n${script}\n`);
    await chmod(join(dir, 'bin', 'uv'), 0o755);
  };

  /** Does of `uv venv` what the store looks for. */
  const VENV =
    'if [ "$1" = venv ]; then for last; do :; done; mkdir -p "$last/bin"; ln -s /bin/sh "$last/bin/python"; exit 0; fi';

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'images-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('makes a Python image that runs, once', async () => {
    const { images } = stores();
    await expect(images.get('python:3')).resolves.toBeUndefined();
    const messages: string[] = [];
    const [first, second] = await Promise.all([
      images.pull('python:3', { onProgress: m => messages.push(m) }),
      images.pull('docker.io/library/python:3'),
    ]);
    expect(second.envDir).toBe(first.envDir);
    expect(messages[0]).toContain('Making docker.io/library/python:3');
    await expect(readdir(join(first.envDir, 'bin'))).resolves.toContain(
      'python',
    );
    await expect(stores().images.get('python:3')).resolves.toEqual(first);
  });

  it('shares one installation among pulls of one image at a time', async () => {
    await fakeUv(`${VENV}; echo x >> "${dataDir}/installs"; sleep 0.2`);
    const { images } = stores();
    await Promise.all([
      images.pull('rayproject/ray:2.55.1'),
      images.pull('rayproject/ray:2.55.1'),
      images.pull('docker.io/rayproject/ray:2.55.1'),
    ]);
    await expect(readFile(join(dataDir, 'installs'), 'utf8')).resolves.toBe(
      'x\n',
    );
  });

  it('leaves nothing half-made when all give up, and can be asked again', async () => {
    await fakeUv(
      `${VENV}; [ -e "${dataDir}/go" ] || { echo begun; sleep 30; }`,
    );
    const { images } = stores();
    const controller = new AbortController();
    const pull = images.pull('rayproject/ray:2.55.1', {
      signal: controller.signal,
      onProgress: message => {
        if (message === 'begun')
          controller.abort(new Error('the pod was deleted'));
      },
    });
    await expect(pull).rejects.toThrow('the pod was deleted');
    await expect(readdir(join(dataDir, 'environments'))).resolves.toEqual([]);
    await expect(images.get('rayproject/ray:2.55.1')).resolves.toBeUndefined();
    await writeFile(join(dataDir, 'go'), '');
    await expect(images.pull('rayproject/ray:2.55.1')).resolves.toMatchObject({
      ref: 'rayproject/ray:2.55.1',
    });
  });

  it('makes an environment again that somebody removed', async () => {
    const { images } = stores();
    const { envDir } = await images.pull('python:3');
    await rm(envDir, { recursive: true });
    await expect(images.get('python:3')).resolves.toBeUndefined();
    await expect(images.pull('python:3')).resolves.toMatchObject({ envDir });
    await expect(images.get('python:3')).resolves.toBeDefined();
  });

  it('never changes a version', async () => {
    const { images, environments } = stores();
    const recipe = { name: 'x', installs: [] };
    const { key } = await environments.ensure(recipe);
    const image = {
      digest: 'sha256:1',
      environment: key,
      recipe,
      env: { A: '1' },
      workingDir: 'rootfs/app',
      workingDirInImage: '/app',
    };
    await images.add('localhost:7009/x:1', image);
    await expect(images.get('localhost:8109/x:1')).resolves.toMatchObject({
      workingDir: join(dataDir, 'images/x/1/rootfs/app'),
      env: { A: '1' },
    });
    await expect(
      images.add('localhost:7009/x:1', { ...image, digest: 'sha256:2' }),
    ).rejects.toThrow('raise the version');
    await expect(images.digestOf('localhost:7009/x:1')).resolves.toBe(
      'sha256:1',
    );
    await expect(readdir(join(dataDir, 'images'))).resolves.toEqual(['x']);
  });

  it.each([
    ['localhost:7009/x:1', 'no such version of x was built here'],
    ['rayproject/ray:nightly', 'rayproject/ray:<release>'],
    ['example.com/a:b', 'use a real cluster'],
  ])('says of %s what containerd says, and why', async (ref, why) => {
    const pull = stores().images.pull(ref);
    await expect(pull).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(pull).rejects.toThrow(
      /^failed to resolve reference ".*": .*: not found/,
    );
    await expect(pull).rejects.toThrow(why);
  });

  it('takes a release that is not on the index for one that is not there', async () => {
    await fakeUv(
      `${VENV}; echo "error: No solution found when resolving dependencies" >&2; echo "cause: there is no version of ray==9.9.9" >&2; exit 1`,
    );
    const pull = stores().images.pull('rayproject/ray:9.9.9');
    await expect(pull).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(pull).rejects.toThrow('there is no version of ray==9.9.9');
  });

  it("says what to do where the index can't be reached", async () => {
    const pull = stores({
      ...process.env,
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_CONFIG_FILE: '/dev/null',
      PIP_RETRIES: '0',
    }).images.pull('rayproject/ray:2.55.1');
    await expect(pull).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    await expect(pull).rejects.toThrow("Couldn't reach the package index");
    await expect(readdir(join(dataDir, 'tools'))).resolves.toEqual([]);
  });

  it('says what to install where Python has neither pip nor venv', async () => {
    for (const module of ['pip', 'venv']) {
      await writeFile(
        join(dataDir, `${module}.py`),
        `import sys; sys.exit("No module named ${module}")`,
      );
    }
    await expect(
      stores({ ...process.env, PYTHONPATH: dataDir }).images.pull(
        'rayproject/ray:2.55.1',
      ),
    ).rejects.toThrow(/has neither pip nor venv.*apt install python3-venv/);
  });

  it('says what to install where there is no Python, or an old one', async () => {
    await expect(
      stores({ PATH: dataDir }).images.pull('python:3'),
    ).rejects.toThrow('Python 3.10 or newer was not found. ');
    const old = join(dataDir, 'python3');
    await writeFile(old, '#!/bin/sh\necho 3.8.1; echo /usr/bin/python3.8\n');
    await chmod(old, 0o755);
    await expect(
      stores({ PATH: dataDir }).images.pull('python:3'),
    ).rejects.toThrow('(/usr/bin/python3.8 is 3.8.1)');
  });
});
