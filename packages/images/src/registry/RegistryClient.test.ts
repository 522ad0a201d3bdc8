import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { putProgram } from '../__testUtils__/putProgram';
import { listVersions } from './listVersions';
import { RegistryClient } from './RegistryClient';

const HELPER = 'docker-credential-fake';

describe('RegistryClient', () => {
  const disk = createMockDirectory();
  let registry: FakeRegistry;

  beforeEach(async () => {
    registry = await FakeRegistry.start();
    disk.setContent({ bin: {}, docker: {}, home: {} });
  });
  afterEach(() => registry.stop());

  const client = (options = {}) =>
    new RegistryClient({
      env: {
        PATH: `${disk.resolve('bin')}:/bin:/usr/bin`,
        HOME: disk.resolve('home'),
        DOCKER_CONFIG: disk.resolve('docker'),
      },
      ...options,
    });
  const signedIn = (settings: object, file = 'docker/config.json') =>
    disk.addContent({ [file]: JSON.stringify(settings) });
  const pair = (text: string) => Buffer.from(text).toString('base64');

  it('reads digest, time, size and labels of an image', async () => {
    const digest = registry.put('team/a', '1', {
      created: '2026-01-02T03:04:05Z',
      labels: { x: 'y' },
      layers: [10, 20],
    });
    const ref = `${registry.host}/team/a:1`;
    await expect(client().image(ref)).resolves.toEqual({
      digest,
      createdAt: '2026-01-02T03:04:05Z',
      size: 30,
      labels: { x: 'y' },
    });
    await expect(client().digest(ref)).resolves.toBe(digest);
  });

  it('looks into an index, past the statements about its images', async () => {
    const digest = registry.put('a', '1', {
      index: true,
      labels: { x: 'y' },
      layers: [7],
    });
    await expect(client().image(`${registry.host}/a:1`)).resolves.toEqual({
      digest,
      size: 7,
      labels: { x: 'y' },
    });
  });

  it('has nothing of an image that there is not', async () => {
    await expect(
      client().image(`${registry.host}/a:1`),
    ).resolves.toBeUndefined();
    await expect(client().tags(`${registry.host}/a`)).resolves.toEqual([]);
  });

  it('lists tags over several pages', async () => {
    ['1', '2', '3', '4', '5'].forEach(tag => registry.put('a', tag));
    registry.pageSize = 2;
    await expect(client().tags(`${registry.host}/a`)).resolves.toEqual([
      ...'12345',
    ]);
  });

  it('lists versions, newest first, without what belongs to others', async () => {
    registry.put('a', '1.9', { created: '2026-01-01T00:00:00Z' });
    registry.put('a', '1.10', { created: '2026-01-01T00:00:00Z' });
    registry.put('a', '0.1', {
      created: '2026-02-01T00:00:00Z',
      labels: {
        'org.opencontainers.image.revision': 'abc',
        'dev.ml-platform.content-digest': 'sha256:c',
      },
    });
    registry.put('a', `sha256-${'0'.repeat(64)}.sig`);
    const { items, others } = await listVersions(
      client(),
      `${registry.host}/a`,
    );
    expect(others).toEqual([]);
    expect(items.map(({ version }) => version)).toEqual(['0.1', '1.10', '1.9']);
    expect(items[0]).toMatchObject({
      reference: `${registry.host}/a:0.1`,
      revision: 'abc',
      contentDigest: 'sha256:c',
    });
    await expect(
      listVersions(client(), `${registry.host}/b`),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  describe('that lists versions again', () => {
    const list = (one: RegistryClient, options = {}) =>
      listVersions(one, `${registry.host}/a`, options);

    it('asks for nothing but digests of what it knows, and sees a tag that moved', async () => {
      registry.put('a', '1', { labels: { x: 'y' } });
      registry.put('a', '2');
      const one = client();
      const before = await list(one);
      registry.requests.length = 0;
      await expect(list(one)).resolves.toEqual(before);
      expect([...registry.requests].sort()).toEqual([
        'GET /v2/a/tags/list',
        'HEAD /v2/a/manifests/1',
        'HEAD /v2/a/manifests/2',
      ]);
      const digest = registry.put('a', '2', { layers: [5] });
      await expect(one.image(`${registry.host}/a:2`)).resolves.toMatchObject({
        digest,
        size: 5,
      });
    });

    it('looks at no more than it may, from the highest number down', async () => {
      ['1.9', '1.10', '1.8'].forEach(tag => registry.put('a', tag));
      const { items, others } = await list(client(), { most: 2 });
      expect(items.map(({ version }) => version)).toEqual(['1.10', '1.9']);
      expect(others).toEqual(['1.8']);
      expect(registry.requests).not.toContain('GET /v2/a/manifests/1.8');
    });

    it('stops for a caller who has gone', async () => {
      const tags = Array.from({ length: 40 }, (_, number) => `${number}`);
      tags.forEach(tag => registry.put('a', tag));
      const stop = new AbortController();
      const one = client();
      jest.spyOn(one, 'image').mockImplementation(async () => {
        stop.abort();
        return undefined;
      });
      await expect(list(one, { signal: stop.signal })).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(jest.mocked(one.image).mock.calls.length).toBeLessThan(10);
    });
  });

  describe('with a login', () => {
    beforeEach(() => {
      registry.put('a', '1');
    });
    const look = (options = {}) =>
      client(options).digest(`${registry.host}/a:1`);

    it.each(['basic', 'bearer'] as const)(
      'signs in by %s with what docker keeps',
      async auth => {
        registry.auth = auth;
        signedIn({ auths: { [registry.host]: { auth: pair('ada:secret') } } });
        await expect(look()).resolves.toMatch(/^sha256:/);
      },
    );

    it('takes what podman keeps', async () => {
      registry.auth = 'bearer';
      signedIn(
        { auths: { [registry.host]: { auth: pair('ada:secret') } } },
        'home/.config/containers/auth.json',
      );
      await expect(look()).resolves.toMatch(/^sha256:/);
    });

    /** A helper that writes down who asks. */
    const putHelper = (script: string) =>
      putProgram(
        disk.resolve('bin'),
        HELPER,
        `read server; echo "$1 $server" >> ${disk.resolve('asked')}; ${script}`,
      );
    const answering = (secret: string) =>
      `echo '{"ServerURL":"","Username":"ada","Secret":"${secret}"}'`;
    const asked = async () =>
      (await readFile(disk.resolve('asked'), 'utf8')).trim().split('\n');

    it('asks the credential helper once, for as long as the registry takes its answer', async () => {
      registry.auth = 'bearer';
      registry.put('b', '1');
      signedIn({ credHelpers: { [registry.host]: 'fake' } });
      await putHelper(answering('secret'));
      const one = client();
      await Promise.all(
        ['a', 'b'].map(name => one.digest(`${registry.host}/${name}:1`)),
      );
      await one.digest(`${registry.host}/a:1`);
      await expect(asked()).resolves.toEqual([`get ${registry.host}`]);
    });

    it.each(['basic', 'bearer'] as const)(
      'asks the helper again once its answer is too old to sign in by %s',
      async auth => {
        registry.auth = auth;
        registry.put('b', '1');
        signedIn({ credHelpers: { [registry.host]: 'fake' } });
        await putHelper(answering('secret'));
        const one = client();
        await one.digest(`${registry.host}/a:1`);
        registry.password = 'renewed';
        await putHelper(answering('renewed'));
        await expect(
          Promise.all(
            ['b', 'b', 'a'].map(name =>
              one.digest(`${registry.host}/${name}:1`),
            ),
          ),
        ).resolves.toHaveLength(3);
        await expect(asked()).resolves.toHaveLength(2);
        registry.password = 'changed';
        registry.put('c', '1');
        await expect(one.digest(`${registry.host}/c:1`)).rejects.toMatchObject({
          name: 'NotAllowedError',
        });
        await expect(asked()).resolves.toHaveLength(3);
      },
    );

    it('asks the helper again that failed', async () => {
      registry.auth = 'bearer';
      signedIn({ credHelpers: { [registry.host]: 'fake' } });
      await putHelper('echo "run gcloud auth login" >&2; exit 1');
      const one = client();
      await expect(one.digest(`${registry.host}/a:1`)).rejects.toThrow(
        'run gcloud auth login',
      );
      await putHelper(answering('secret'));
      await expect(one.digest(`${registry.host}/a:1`)).resolves.toMatch(
        /^sha256:/,
      );
    });

    it('lets a caller go while the helper runs, and answers the others', async () => {
      registry.auth = 'bearer';
      signedIn({ credHelpers: { [registry.host]: 'fake' } });
      const go = disk.resolve('go');
      await putHelper(
        `while [ ! -e ${go} ]; do sleep 0.05; done; ${answering('secret')}`,
      );
      const one = client();
      const stop = new AbortController();
      const [first, second] = [stop.signal, undefined].map(signal =>
        one.digest(`${registry.host}/a:1`, { signal }),
      );
      while (!existsSync(disk.resolve('asked'))) {
        await setTimeout(10);
      }
      stop.abort(new Error('The task was cancelled'));
      await expect(first).rejects.toThrow('The task was cancelled');
      disk.addContent({ go: '' });
      await expect(second).resolves.toMatch(/^sha256:/);
      await expect(asked()).resolves.toHaveLength(1);
    });

    it('asks for a token with an identity token', async () => {
      registry.auth = 'bearer';
      signedIn({ credsStore: 'fake' });
      await putProgram(
        disk.resolve('bin'),
        HELPER,
        `echo '{"Username":"<token>","Secret":"identity"}'`,
      );
      await expect(look()).resolves.toMatch(/^sha256:/);
    });

    it('stays a stranger where the helper has nothing', async () => {
      registry.auth = 'bearer';
      signedIn({ credsStore: 'fake' });
      await putProgram(
        disk.resolve('bin'),
        HELPER,
        'echo "credentials not found in native keychain"; exit 1',
      );
      await expect(look()).rejects.toMatchObject({ name: 'NotAllowedError' });
    });

    it('says which program is missing', async () => {
      registry.auth = 'bearer';
      signedIn({ credHelpers: { [registry.host]: 'gone' } });
      await expect(look()).rejects.toThrow(
        `The credentials of ${registry.host} are with docker-credential-gone, which isn't on your PATH; install it`,
      );
    });

    it('repeats what a helper complains of', async () => {
      registry.auth = 'bearer';
      signedIn({ credHelpers: { [registry.host]: 'fake' } });
      await putProgram(
        disk.resolve('bin'),
        HELPER,
        'echo "run gcloud auth login" >&2; exit 1',
      );
      await expect(look()).rejects.toThrow('run gcloud auth login');
    });

    it('says how to sign in', async () => {
      registry.auth = 'basic';
      await expect(look()).rejects.toThrow(
        `sign in with 'docker login ${registry.host}'`,
      );
      registry.auth = 'bearer';
      signedIn({ auths: { [registry.host]: { auth: pair('ada:wrong') } } });
      await expect(look()).rejects.toThrow("doesn't know your credentials");
    });

    it('takes a token that it is given', async () => {
      registry.auth = 'bearer';
      await expect(
        look({ tokens: { [registry.host]: 'issued' } }),
      ).resolves.toMatch(/^sha256:/);
      expect(registry.requests).toEqual(['GET /v2/a/manifests/1']);
    });
  });

  describe('over the network', () => {
    // Stands for names and certificates that there are not here.
    const network = jest.spyOn(globalThis, 'fetch');
    afterAll(() => network.mockRestore());
    afterEach(() => network.mockReset());

    it("signs in to Google's registries with the backend's token, and nowhere else", async () => {
      const asked: [string, string | null][] = [];
      network.mockImplementation(async (url, init) => {
        const authorization = new Headers(init?.headers).get('authorization');
        asked.push([String(url), authorization]);
        return authorization
          ? Response.json({ tags: ['1'] })
          : new Response('', {
              status: 401,
              headers: { 'www-authenticate': 'Basic realm="x"' },
            });
      });
      let token = 1;
      const google = client({ googleToken: async () => `token-${token++}` });
      const host = 'europe-west3-docker.pkg.dev';
      await expect(google.tags(`${host}/p/images/a`)).resolves.toEqual(['1']);
      const basic = `Basic ${pair('oauth2accesstoken:token-1')}`;
      expect(asked.at(-1)).toEqual([
        `https://${host}/v2/p/images/a/tags/list`,
        basic,
      ]);
      for (const other of ['pkg.dev.example.com', 'notgcr.io']) {
        await expect(google.tags(`${other}/a`)).rejects.toThrow("doesn't let");
      }
    });

    it('speaks plain HTTP only to registries that are named', async () => {
      network.mockImplementation(async () => Response.json({ tags: [] }));
      const named = client({ plainHttp: ['registry.local:5000'] });
      await named.tags('registry.local:5000/a');
      await named.tags('registry.local:5001/a');
      expect(network.mock.calls.map(([url]) => String(url))).toEqual([
        'http://registry.local:5000/v2/a/tags/list',
        'https://registry.local:5001/v2/a/tags/list',
      ]);
      expect(named.isPlainHttp('localhost:1')).toBe(true);
    });
  });

  it('says so where the registry does not answer', async () => {
    const { host } = registry;
    await registry.stop();
    await expect(client().image(`${host}/a:1`)).rejects.toThrow(
      `Couldn't reach the registry ${host}`,
    );
    registry = await FakeRegistry.start();
  });
});
