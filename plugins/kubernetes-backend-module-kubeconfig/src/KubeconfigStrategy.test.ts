import { mkdtemp, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { readJobClusters } from '@ml-platform/sdk';
import { KubeconfigStrategy } from './KubeconfigStrategy';

const strategy = new KubeconfigStrategy();

async function kubeconfig(user: object, file?: string): Promise<string> {
  const path =
    file ?? join(await mkdtemp(join(tmpdir(), 'kubeconfig-')), 'config');
  await writeFile(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'workload', context: { cluster: 'c', user: 'u' } }],
    }),
  );
  return path;
}

const cluster = (file: string, context = 'workload') => ({
  name: 'a',
  url: 'https://127.0.0.1:1',
  authMetadata: {
    'kubernetes.io/auth-provider': 'kubeconfig',
    'ml-platform.dev/kubeconfig': file,
    'ml-platform.dev/context': context,
  },
});

describe('KubeconfigStrategy', () => {
  it('passes on the token of a context', async () => {
    const file = await kubeconfig({ token: 'secret' });
    await expect(strategy.getCredential(cluster(file))).resolves.toEqual({
      type: 'bearer token',
      token: 'secret',
    });
  });

  it('passes on the client certificate of a context', async () => {
    const file = await kubeconfig({
      'client-certificate-data': Buffer.from('CERT').toString('base64'),
      'client-key-data': Buffer.from('KEY').toString('base64'),
    });
    await expect(strategy.getCredential(cluster(file))).resolves.toEqual({
      type: 'x509 client certificate',
      cert: 'CERT',
      key: 'KEY',
    });
  });

  it('reads a file again that has changed', async () => {
    const file = await kubeconfig({ token: 'old' });
    await strategy.getCredential(cluster(file));
    await kubeconfig({ token: 'new' }, file);
    await utimes(file, new Date(), new Date(Date.now() + 5_000));
    await expect(strategy.getCredential(cluster(file))).resolves.toMatchObject({
      token: 'new',
    });
  });

  it('runs the command of a context once for all who wait for it', async () => {
    const runs = join(await mkdtemp(join(tmpdir(), 'runs-')), 'runs');
    const script = `echo run >> ${runs}; echo '{"status": {"token": "given"}}'`;
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: ['-c', script],
    };
    const file = await kubeconfig({ exec });
    const given = await Promise.all(
      [1, 2, 3].map(() => strategy.getCredential(cluster(file))),
    );
    expect(given).toEqual(
      Array(3).fill({ type: 'bearer token', token: 'given' }),
    );
    expect(await readFile(runs, 'utf8')).toBe('run\n');
  });

  it('says which context a file lacks, and when its user has no credential', async () => {
    const file = await kubeconfig({});
    await expect(
      strategy.getCredential(cluster(file, 'elsewhere')),
    ).rejects.toThrow(/has no context elsewhere/);
    await expect(strategy.getCredential(cluster(file))).rejects.toThrow(
      /neither a token nor a client certificate/,
    );
  });

  it('refuses a cluster that names no file, and shows nobody where the file is', async () => {
    expect(strategy.validateCluster({})).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('needs the path of a file'),
      }),
    ]);
    expect(strategy.validateCluster(cluster('/f').authMetadata)).toEqual([]);
    expect(strategy.presentAuthMetadata()).toEqual({});
  });
});

describe('clusters with the auth provider kubeconfig', () => {
  const read = (authMetadata: object) =>
    readJobClusters(
      new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'a',
                  url: 'https://127.0.0.1:1',
                  authMetadata: {
                    'kubernetes.io/auth-provider': 'kubeconfig',
                    ...authMetadata,
                  },
                },
              ],
            },
          ],
        },
      }),
    )[0]?.access;

  it('takes file and context from the authMetadata', () => {
    expect(
      read({
        'ml-platform.dev/kubeconfig': '/etc/kubeconfig',
        'ml-platform.dev/context': 'workload',
      }),
    ).toMatchObject({
      ok: true,
      config: {
        auth: {
          type: 'kubeconfig',
          file: '/etc/kubeconfig',
          context: 'workload',
        },
      },
    });
  });

  it('keeps a cluster whose file is not named, with the cause', () => {
    expect(read({})).toEqual({
      ok: false,
      error:
        "The auth provider kubeconfig needs the path of a file; set authMetadata['ml-platform.dev/kubeconfig']",
    });
  });
});
