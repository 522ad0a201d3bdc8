import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClusterAccess } from './createClusterAccess';
import { userCredential } from './userCredential';

const base64 = (text: string) => Buffer.from(text).toString('base64');

async function kubeconfig(user: object): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'kubeconfig-')), 'config');
  await writeFile(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'workload', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'workload',
    }),
  );
  return file;
}

const credentialOf = async (user: object) => {
  const access = createClusterAccess({
    name: 'c',
    auth: { type: 'kubeconfig', file: await kubeconfig(user) },
  });
  return userCredential(await access.signIn());
};

describe('userCredential', () => {
  it('finds a token in the file', async () => {
    await expect(credentialOf({ token: 'secret' })).resolves.toEqual({
      type: 'token',
      token: 'secret',
    });
  });

  it('finds a client certificate in the file', async () => {
    await expect(
      credentialOf({
        'client-certificate-data': base64('CERT'),
        'client-key-data': base64('KEY'),
      }),
    ).resolves.toEqual({ type: 'clientCertificate', cert: 'CERT', key: 'KEY' });
  });

  it('runs the command that the file names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plugin-'));
    const command = join(folder, 'auth-plugin');
    await writeFile(
      command,
      `#!/bin/sh\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"fresh"}}'\n`,
    );
    await chmod(command, 0o755);
    await expect(
      credentialOf({
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command,
          interactiveMode: 'Never',
        },
      }),
    ).resolves.toEqual({ type: 'token', token: 'fresh' });
  });

  it('says when there is none', async () => {
    await expect(credentialOf({})).resolves.toEqual({ type: 'none' });
  });
});
