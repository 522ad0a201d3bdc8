import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeClient } from '../http/KubeClient';
import type { ClusterAuth } from './ClusterConfig';
import { createClusterAccess } from './createClusterAccess';

describe('access to a cluster', () => {
  let folder: string;
  let server: Server;
  let url: string;
  let accepted: string;
  let tries: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'access-'));
    accepted = 'token-1';
    tries = [];
    server = createServer((request, response) => {
      const { authorization = '' } = request.headers;
      tries.push(authorization);
      const known = authorization === `Bearer ${accepted}`;
      response
        .writeHead(known ? 200 : 401)
        .end(JSON.stringify(known ? {} : { message: 'Unauthorized' }));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
    await rm(folder, { recursive: true });
  });

  const clientOf = (auth: ClusterAuth) =>
    new KubeClient({
      access: createClusterAccess({ name: 'c', url, auth }),
      timeoutMs: 2_000,
    });

  const ask = (client: KubeClient) => client.json({ path: '/version' });

  const kubeconfig = (user: object) =>
    JSON.stringify({
      clusters: [
        {
          name: 'c',
          cluster: { server: url, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'workload', context: { cluster: 'c', user: 'u' } }],
    });

  const exec = (command: string, ...args: string[]) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command,
      args,
      interactiveMode: 'Never',
    },
  });

  /** A command that hangs until the test is over. */
  const hang = () => `while [ -d ${folder} ]; do sleep 0.05; done`;

  it('reads a token file for each request, without the line end', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'token-1\n');
    const client = clientOf({ type: 'token', tokenFile });
    await ask(client);
    accepted = 'token-2';
    await writeFile(tokenFile, 'token-2\n');
    await ask(client);
    expect(tries).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('tries once more after a 401, and says what to do after the second', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'old');
    const client = clientOf({ type: 'token', tokenFile });
    const refused = new RegExp(
      `does not accept the credentials \\(Unauthorized\\); renew the token in ${tokenFile}`,
    );
    await expect(ask(client)).rejects.toThrow(refused);
    await expect(ask(client)).rejects.toThrow(refused);
    // The second request needs no second try with what was refused twice.
    expect(tries).toHaveLength(3);
    await writeFile(tokenFile, 'token-1');
    expect(await ask(client)).toEqual({});
  });

  it('says that a token file is missing or empty, and goes on when it is there', async () => {
    const tokenFile = join(folder, 'token');
    const client = clientOf({ type: 'token', tokenFile });
    await expect(ask(client)).rejects.toThrow(/can't be read .*; put it there/);
    await writeFile(tokenFile, '');
    await expect(ask(client)).rejects.toThrow('holds no token');
    await writeFile(tokenFile, 'token-1');
    expect(await ask(client)).toEqual({});
  });

  it('takes up a kubeconfig that is renewed, or comes later', async () => {
    const file = join(folder, 'kubeconfig');
    const client = clientOf({ type: 'kubeconfig', file, context: 'workload' });
    await expect(ask(client)).rejects.toThrow("The kubeconfig can't be read");
    await writeFile(file, kubeconfig({ token: 'old' }));
    await expect(ask(client)).rejects.toThrow(
      `renew the credentials in ${file}`,
    );
    await writeFile(file, kubeconfig({ token: 'token-1' }));
    expect(await ask(client)).toEqual({});
  });

  it('names the context that a kubeconfig does not have', async () => {
    const file = join(folder, 'kubeconfig');
    await writeFile(file, kubeconfig({}));
    const client = clientOf({ type: 'kubeconfig', file, context: 'other' });
    await expect(ask(client)).rejects.toThrow('has no context other');
  });

  it('runs the plugin of a kubeconfig again when its token is refused', async () => {
    const file = join(folder, 'kubeconfig');
    const plugin = join(folder, 'plugin.sh');
    const give = (token: string) =>
      writeFile(
        plugin,
        `#!/bin/sh\necho '{"status": {"token": "${token}", "expirationTimestamp": "2099-01-01T00:00:00Z"}}'\n`,
      );
    await give('token-1');
    await chmod(plugin, 0o755);
    await writeFile(file, kubeconfig(exec(plugin)));
    const client = clientOf({ type: 'kubeconfig', file, context: 'workload' });
    await ask(client);
    await give('token-2');
    accepted = 'token-2';
    expect(await ask(client)).toEqual({});
    expect(tries).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
    // And again when that one is, though the file is the same.
    await give('token-3');
    accepted = 'token-3';
    expect(await ask(client)).toEqual({});
  });

  it('runs a plugin once for all requests that wait for it', async () => {
    const file = join(folder, 'kubeconfig');
    const runs = join(folder, 'runs');
    await writeFile(
      file,
      kubeconfig(exec('sh', '-c', `echo run >> ${runs}; ${hang()}`)),
    );
    const client = clientOf({ type: 'kubeconfig', file, context: 'workload' });
    const request = { path: '/version', timeoutMs: 200 };
    const late = /did not come within/;
    await Promise.all([
      expect(client.json(request)).rejects.toThrow(late),
      expect(client.json(request)).rejects.toThrow(late),
    ]);
    await expect(client.json(request)).rejects.toThrow(late);
    expect(await readFile(runs, 'utf8')).toBe('run\n');
  });

  it('says what a plugin says, and does not wait for one that hangs', async () => {
    const file = join(folder, 'kubeconfig');
    const client = clientOf({ type: 'kubeconfig', file, context: 'workload' });
    await writeFile(
      file,
      kubeconfig(exec('sh', '-c', 'echo please log in >&2; exit 1')),
    );
    await expect(ask(client)).rejects.toThrow(
      "The credentials can't be had (please log in); renew the credentials in",
    );
    await writeFile(file, kubeconfig(exec('sh', '-c', hang())));
    await expect(
      client.json({ path: '/version', timeoutMs: 200 }),
    ).rejects.toThrow(
      'The credentials for the cluster did not come within 0.2 s',
    );
  });

  it('never quotes what holds a secret', async () => {
    const file = join(folder, 'kubeconfig');
    const client = clientOf({ type: 'kubeconfig', file, context: 'workload' });
    await writeFile(file, 'users: [{token: hush-hush');
    expect(String(await ask(client).catch(String))).not.toContain('hush');
    await writeFile(file, kubeconfig(exec('echo', '{"token": hush-hush')));
    const error = await ask(client).catch(String);
    expect(error).toContain('answered with no JSON');
    expect(error).not.toContain('hush');
    accepted = '';
    await writeFile(file, kubeconfig({ token: 'hush-hush' }));
    expect(String(await ask(client).catch(String))).not.toContain('hush');
  });

  it('refuses a configuration that lacks what it needs', () => {
    const create = (auth: ClusterAuth, at?: string) => () =>
      createClusterAccess({ name: 'c', url: at, auth });
    expect(create({ type: 'google' })).toThrow('Cluster c has no address');
    expect(create({ type: 'token' }, url)).toThrow('Cluster c has no token');
    expect(create({ type: 'clientCertificate' }, url)).toThrow(
      'Cluster c has no client certificate',
    );
    expect(create({ type: 'inCluster' })).toThrow('it runs in none');
  });
});
