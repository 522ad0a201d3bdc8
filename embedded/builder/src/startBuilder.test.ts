import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FileImageStore,
  PublishedImages,
  PythonEnvironments,
} from '@ml-platform/embedded-images';
import { listVersions, RegistryClient, runProcess } from '@ml-platform/images';
import { bytesOf, tarOf } from '@ml-platform/images/testUtils';
import { silentLogger } from './__testUtils__/silentLogger';
import type { Build } from './Build';
import { RunningBuilder, startBuilder } from './startBuilder';

const headers = { authorization: 'Bearer secret' };
const CONTEXT = {
  Dockerfile: [
    'FROM python:3.11-slim',
    'RUN apt-get install -y curl',
    'WORKDIR /app',
    'COPY *.py ./',
    'ENV GREETING=hello',
    'CMD ["python", "main.py"]',
  ].join('\n'),
  'main.py': 'import os; print(os.environ["GREETING"], os.getcwd())',
  'notes.txt': 'not copied',
};

jest.setTimeout(60_000);

describe('startBuilder', () => {
  let dataDir: string;
  let images: FileImageStore;
  let builder: RunningBuilder;

  /** Real environments over real HTTP; these contexts need no network. */
  const start = async () => {
    const environments = new PythonEnvironments({
      dataDir,
      logger: silentLogger,
    });
    images = new FileImageStore({
      dataDir,
      environments,
      logger: silentLogger,
    });
    builder = await startBuilder({
      port: 0,
      dataDir: join(dataDir, 'state', 'builder'),
      images,
      environments,
      published: new PublishedImages({ dataDir }),
      registry: 'localhost:7009',
      token: 'secret',
      logger: silentLogger,
    });
  };

  const post = async (
    query: string,
    entries: Parameters<typeof tarOf>[0] = CONTEXT,
  ) => {
    const body = new Uint8Array(await bytesOf(tarOf(entries)));
    return fetch(`${builder.url}/builds?${query}`, {
      method: 'POST',
      headers,
      body,
    });
  };

  const get = (path: string) =>
    fetch(`${builder.url}/builds/${path}`, { headers });

  const ended = async (id: string): Promise<Build> => {
    for (let i = 0; i < 1_000; i += 1) {
      const build: Build = await (await get(id)).json();
      if (build.state === 'succeeded' || build.state === 'failed') return build;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error(`Build ${id} did not end`);
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'builder-'));
    await start();
  });
  afterEach(async () => {
    await builder.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('makes an image that runs, and says what did not run', async () => {
    const response = await post('image=greeter&version=1.0.0');
    expect(response.status).toBe(202);
    const started: Build = await response.json();
    expect(started).toMatchObject({
      state: 'queued',
      image: 'localhost:7009/greeter:1.0.0',
      version: '1.0.0',
      reused: false,
    });

    const build = await ended(started.id);
    expect(build).toMatchObject({ state: 'succeeded', digest: started.digest });
    const image = await images.get('localhost:7009/greeter:1.0.0');
    expect(image).toMatchObject({
      digest: build.digest,
      workingDirInImage: '/app',
      env: { GREETING: 'hello' },
      command: ['python', 'main.py'],
    });
    const cwd = image?.workingDir ?? '';
    await expect(readdir(cwd)).resolves.toEqual(['main.py']);
    await expect(
      runProcess(join(image?.envDir ?? '', 'bin', 'python'), ['main.py'], {
        cwd,
        env: { ...image?.env },
      }),
    ).resolves.toEqual({ code: 0, output: `hello ${cwd}` });

    const log = await (await get(`${build.id}/log`)).text();
    expect(log).toContain('[1/6] FROM python:3.11-slim');
    expect(log).toContain('NOT RUN: apt-get install -y curl');
    expect(log).toContain('These parts of the Dockerfile did not run:');
    expect(log).toMatch(/#\d+ DONE \d+\.\ds/);
  });

  it('lists what it built, as a registry does', async () => {
    const { id }: Build = await (await post('image=a&version=1')).json();
    const { digest } = await ended(id);
    const host = new URL(builder.url).host;
    const client = new RegistryClient({
      env: { HOME: dataDir },
      tokens: { [host]: 'secret' },
    });
    const { items: versions } = await listVersions(client, `${host}/a`);
    expect(versions).toEqual([
      {
        version: '1',
        reference: `${host}/a:1`,
        digest: expect.stringMatching(/^sha256:/),
        createdAt: expect.stringMatching(/^20/),
        size: Buffer.byteLength(CONTEXT['main.py']),
        contentDigest: digest,
      },
    ]);
    const reference = `${host}/a:1@${versions[0].digest}`;
    await expect(client.digest(reference)).resolves.toBe(versions[0].digest);
    await expect(client.digest(`${host}/a:2`)).resolves.toBeUndefined();
    await expect(client.tags(`${host}/b`)).resolves.toEqual([]);
    expect((await fetch(`${builder.url}/v2/`)).status).toBe(401);
    const catalog = await fetch(`${builder.url}/v2/_catalog`, { headers });
    await expect(catalog.json()).resolves.toEqual({ repositories: ['a'] });
  });

  it('answers a repeated request with the same build', async () => {
    const first: Build = await (await post('image=a&version=1')).json();
    const again: Build = await (await post('image=a&version=1')).json();
    expect(again.id).toBe(first.id);
    const built = await ended(first.id);

    const later = await post('image=a&version=1');
    expect(later.status).toBe(200);
    await expect(later.json()).resolves.toEqual({ ...built, reused: true });
  });

  it('refuses other content for a version, while it is built and after', async () => {
    const other = { ...CONTEXT, 'main.py': 'print("other")' };
    const first: Build = await (await post('image=a&version=1')).json();
    const during = await post('image=a&version=1', other);
    await ended(first.id);
    const after = await post('image=a&version=1', other);

    for (const response of [during, after]) {
      expect(response.status).toBe(409);
      await expect(response.json()).resolves.toEqual({
        error: {
          name: 'ConflictError',
          message: expect.stringContaining('for example to 2'),
        },
      });
    }
    const raised: Build = await (await post('image=a&version=2', other)).json();
    await expect(ended(raised.id)).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it('ends a build that is cancelled, for good', async () => {
    const first: Build = await (await post('image=a&version=1')).json();
    const remove = () =>
      fetch(`${builder.url}/builds/${first.id}`, { method: 'DELETE', headers });
    const cancelled = await (await remove()).json();
    expect(cancelled).toMatchObject({
      state: 'failed',
      error: 'The build was cancelled',
    });
    await builder.close();
    await start();
    await expect(ended(first.id)).resolves.toEqual(cancelled);
    expect((await remove()).status).toBe(200);
    const again: Build = await (await post('image=a&version=1')).json();
    await expect(ended(again.id)).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it('gives the log from any byte on', async () => {
    const { id }: Build = await (await post('image=a&version=1')).json();
    await ended(id);
    const whole = await get(`${id}/log`);
    const text = await whole.text();
    expect(whole.headers.get('x-log-offset')).toBe(
      String(Buffer.byteLength(text)),
    );
    const rest = await get(`${id}/log?offset=20`);
    await expect(rest.text()).resolves.toBe(text.slice(20));
    const end = await get(`${id}/log?offset=1000000`);
    expect(end.headers.get('x-log-offset')).toBe(
      String(Buffer.byteLength(text)),
    );
    await expect(end.text()).resolves.toBe('');
    expect((await get(`${id}/log?offset=-1`)).status).toBe(400);
  });

  it('tells the author what is wrong, and takes the mended content', async () => {
    const broken = { Dockerfile: 'FROM python:3\nCOPY train.py .' };
    const { id }: Build = await (
      await post('image=a&version=1', broken)
    ).json();
    await expect(ended(id)).resolves.toMatchObject({
      state: 'failed',
      error: expect.stringContaining('the build context has no such file'),
    });
    const mended: Build = await (
      await post('image=a&version=1', { ...broken, 'train.py': '' })
    ).json();
    await expect(ended(mended.id)).resolves.toMatchObject({
      state: 'succeeded',
    });
  });

  it('continues an interrupted build after a restart', async () => {
    const { id }: Build = await (await post('image=a&version=1')).json();
    await builder.close();
    const file = join(dataDir, 'state/builder/builds', id, 'build.json');
    expect(JSON.parse(await readFile(file, 'utf8')).build.state).toMatch(
      /queued|running/,
    );
    await expect(images.get('localhost:7009/a:1')).resolves.toBeUndefined();

    await start();
    await expect(ended(id)).resolves.toMatchObject({ state: 'succeeded' });
    await expect(images.get('localhost:7009/a:1')).resolves.toBeDefined();
    await expect((await get(`${id}/log`)).text()).resolves.toContain(
      'The builder was restarted',
    );
  });

  it('refuses strangers, bad names and contexts that reach outside', async () => {
    expect((await fetch(`${builder.url}/builds/x`)).status).toBe(401);
    expect((await get('x')).status).toBe(404);
    expect((await post('image=A&version=1')).status).toBe(400);
    expect((await post('image=a&version=..%2Fx')).status).toBe(400);
    expect((await post('image=a&version=1&dockerfile=../x')).status).toBe(400);
    const outside = await post('image=a&version=1', { '../evil': '' });
    expect(outside.status).toBe(400);
    await expect(outside.json()).resolves.toMatchObject({
      error: { message: expect.stringContaining('outside of it') },
    });
  });
});
