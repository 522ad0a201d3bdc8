import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { dump } from 'js-yaml';
import { findKubeContext } from './findKubeContext';
import { listKubeContexts } from './listKubeContexts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('finding a context', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contexts-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  interface File {
    readonly contexts: readonly string[];
    readonly current?: string;
    readonly server?: string;
    readonly cluster?: object;
    readonly user?: object;
  }

  /** A file whose contexts each have a cluster and a user of their name. */
  async function write(name: string, file: File): Promise<string> {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    const server = file.server ?? 'https://203.0.113.1';
    await writeFile(
      path,
      dump({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': file.current,
        clusters: file.contexts.map(context => ({
          name: context,
          cluster: { server, ...file.cluster },
        })),
        users: file.contexts.map(context => ({
          name: context,
          user: { token: `token-of-${context}`, ...file.user },
        })),
        contexts: file.contexts.map(context => ({
          name: context,
          context: { cluster: context, user: context, namespace: 'training' },
        })),
      }),
    );
    return path;
  }

  const list = (...paths: string[]) => paths.join(delimiter);
  const home = () => ({ HOME: folder });

  it('takes the current context of ~/.kube/config', async () => {
    const source = await write('.kube/config', {
      contexts: ['a', 'b'],
      current: 'b',
    });
    const { access, ...found } = await findKubeContext({ env: home() });
    expect(found).toEqual({
      name: 'b',
      cluster: 'b',
      user: 'b',
      namespace: 'training',
      source,
    });
    expect(await access.signIn()).toMatchObject({
      server: 'https://203.0.113.1',
      options: { headers: { Authorization: 'Bearer token-of-b' } },
    });
  });

  it('prefers a named file to KUBECONFIG, and that to ~/.kube/config', async () => {
    await write('.kube/config', { contexts: ['home'], current: 'home' });
    const listed = await write('listed', {
      contexts: ['listed'],
      current: 'listed',
    });
    const named = await write('named', {
      contexts: ['named'],
      current: 'named',
    });
    const env = { ...home(), KUBECONFIG: listed };
    expect((await findKubeContext({ env })).name).toBe('listed');
    expect((await findKubeContext({ env, kubeconfig: named })).name).toBe(
      'named',
    );
  });

  it('merges the files of KUBECONFIG: the first to name something wins', async () => {
    const first = await write('first', {
      contexts: ['both'],
      server: 'https://first',
    });
    const second = await write('second', {
      contexts: ['both', 'more'],
      current: 'both',
      server: 'https://second',
    });
    const third = await write('third', { contexts: ['last'], current: 'last' });
    const env = {
      ...home(),
      KUBECONFIG: list(first, join(folder, 'missing'), second, '', third),
    };
    const found = await findKubeContext({ env });
    expect(found).toMatchObject({ name: 'both', source: first });
    expect((await found.access.signIn()).server).toBe('https://first');
    expect(await listKubeContexts({ env })).toMatchObject([
      { name: 'both', source: first, current: true },
      { name: 'last', source: third, current: false },
      { name: 'more', source: second, current: false },
    ]);
  });

  it('takes paths in a file from the folder of that file', async () => {
    const kubeconfig = await write('deep/config', {
      contexts: ['a'],
      current: 'a',
      cluster: { 'certificate-authority': 'ca.crt' },
      user: {
        token: undefined,
        tokenFile: 'token',
        'client-certificate': '../client.crt',
        'client-key': join(folder, 'client.key'),
      },
    });
    await writeFile(join(folder, 'deep/ca.crt'), 'CA');
    await writeFile(join(folder, 'deep/token'), 'from-file\n');
    await writeFile(join(folder, 'client.crt'), 'CERT');
    await writeFile(join(folder, 'client.key'), 'KEY');
    const { access } = await findKubeContext({ kubeconfig, env: {} });
    const { options } = await access.signIn();
    expect(String(options.ca)).toBe('CA');
    expect(String(options.cert)).toBe('CERT');
    expect(String(options.key)).toBe('KEY');
    expect(options.headers).toEqual({ Authorization: 'Bearer from-file' });
  });

  it('passes on all that a cluster and a user set', async () => {
    const kubeconfig = await write('config', {
      contexts: ['a'],
      current: 'a',
      server: 'https://203.0.113.1/',
      cluster: {
        'insecure-skip-tls-verify': true,
        'tls-server-name': 'cluster.example',
        'certificate-authority-data': base64('CA'),
        'certificate-authority': '/nowhere',
      },
      user: {
        token: undefined,
        username: 'ada',
        password: 'hush',
        as: 'bob',
        'as-groups': ['admins', 'staff'],
        'as-user-extra': { 'a/b': ['c'] },
      },
    });
    const { access } = await findKubeContext({ kubeconfig, env: {} });
    expect(await access.signIn()).toEqual({
      server: 'https://203.0.113.1',
      viaProxy: false,
      options: {
        ca: Buffer.from('CA'),
        rejectUnauthorized: false,
        servername: 'cluster.example',
        auth: 'ada:hush',
        headers: {
          'Impersonate-User': 'bob',
          'Impersonate-Group': ['admins', 'staff'],
          'Impersonate-Extra-a%2Fb': ['c'],
        },
      },
    });
  });

  it('leaves auth providers to the client library', async () => {
    const kubeconfig = await write('config', {
      contexts: ['a'],
      current: 'a',
      user: {
        token: undefined,
        'auth-provider': {
          name: 'gcp',
          config: { 'access-token': 'legacy', expiry: '2099-01-01T00:00:00Z' },
        },
      },
    });
    const { access } = await findKubeContext({ kubeconfig, env: {} });
    const { server, options } = await access.signIn();
    expect(server).toBe('https://203.0.113.1');
    expect(options.headers).toMatchObject({ Authorization: 'Bearer legacy' });
  });

  it('takes the service account of a pod where there is no kubeconfig', async () => {
    await writeFile(join(folder, 'token'), 'of-the-pod');
    await writeFile(join(folder, 'ca.crt'), 'CA');
    await writeFile(join(folder, 'namespace'), 'portal\n');
    const pod = {
      ...home(),
      KUBERNETES_SERVICE_HOST: 'fd00::1',
      KUBERNETES_SERVICE_PORT: '443',
    };
    const { access, ...found } = await findKubeContext({
      env: pod,
      serviceAccount: folder,
    });
    expect(found).toEqual({
      name: 'in-cluster',
      cluster: 'in-cluster',
      namespace: 'portal',
      source: folder,
    });
    expect(await access.signIn()).toMatchObject({
      server: 'https://[fd00::1]:443',
      options: { headers: { Authorization: 'Bearer of-the-pod' } },
    });
  });

  it('says what to do where there is nothing', async () => {
    await expect(findKubeContext({ env: home() })).rejects.toThrow(
      `There is no kubeconfig at ${join(folder, '.kube', 'config')}; name one with --kubeconfig or KUBECONFIG, or get one`,
    );
    expect(await listKubeContexts({ env: home() })).toEqual([]);
    await expect(
      findKubeContext({ kubeconfig: join(folder, 'missing') }),
    ).rejects.toThrow(/The kubeconfig can't be read \(ENOENT.*missing/);
  });

  it('lists the contexts where none is current, or another is asked for', async () => {
    const kubeconfig = await write('config', { contexts: ['b', 'a'] });
    await expect(findKubeContext({ kubeconfig })).rejects.toThrow(
      `${kubeconfig} has no current context; choose one of: a, b`,
    );
    await expect(findKubeContext({ kubeconfig, context: 'c' })).rejects.toThrow(
      `${kubeconfig} has no context c; choose one of: a, b`,
    );
  });

  it('says that an empty file has no contexts', async () => {
    const kubeconfig = join(folder, 'config');
    await writeFile(kubeconfig, '');
    await expect(findKubeContext({ kubeconfig })).rejects.toThrow(
      `${kubeconfig} has no contexts; add one`,
    );
    expect(await listKubeContexts({ kubeconfig })).toEqual([]);
  });

  it('runs a command that is named by its path from the folder of the file', async () => {
    const command = join(folder, 'plugin');
    const credential = JSON.stringify({ status: { token: 'given' } });
    await writeFile(command, `#!/bin/sh\necho '${credential}'\n`, {
      mode: 0o755,
    });
    const path = await write('config', {
      contexts: ['a'],
      current: 'a',
      user: { token: undefined, exec: { command: './plugin' } },
    });
    const kubeconfig = relative(process.cwd(), path);
    const { access } = await findKubeContext({ kubeconfig, env: {} });
    const { options } = await access.signIn();
    expect(options.headers).toEqual({ Authorization: 'Bearer given' });
  });

  it('says which cluster or user a context names in vain', async () => {
    const kubeconfig = join(folder, 'config');
    const context = { name: 'a', context: { cluster: 'c', user: 'u' } };
    await writeFile(kubeconfig, dump({ contexts: [context] }));
    const find = () => findKubeContext({ kubeconfig, context: 'a' });
    await expect(find()).rejects.toThrow("names the cluster 'c', which isn't");
    const cluster = (server: string) => ({ name: 'c', cluster: { server } });
    await writeFile(
      kubeconfig,
      dump({ contexts: [context], clusters: [cluster('203.0.113.1')] }),
    );
    await expect(find()).rejects.toThrow('The cluster c of');
    await writeFile(
      kubeconfig,
      dump({ contexts: [context], clusters: [cluster('https://c')] }),
    );
    await expect(find()).rejects.toThrow("names the user 'u', who isn't");
  });

  it.each(['users: [{token: hush-hush', 'hush-hush', '- hush-hush'])(
    'never quotes a file that is no kubeconfig: %s',
    async text => {
      const kubeconfig = join(folder, 'config');
      await writeFile(kubeconfig, text);
      const error = await findKubeContext({ kubeconfig }).catch(String);
      expect(error).toContain(`${kubeconfig} is no kubeconfig`);
      expect(error).not.toContain('hush');
    },
  );
});
