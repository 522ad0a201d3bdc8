import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterEntry, ExecEntry } from './entries';
import { ExecPlugin } from './ExecPlugin';

describe('ExecPlugin', () => {
  let folder: string;
  let now: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plugin-'));
    now = Date.parse('2026-01-01T00:00:00Z');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const cluster: ClusterEntry = {
    name: 'c',
    server: 'https://203.0.113.1',
    caData: 'Q0E=',
    pluginConfig: { audience: 'ours' },
  };

  const plugin = (script: string, changes: Partial<ExecEntry> = {}) =>
    new ExecPlugin({
      exec: {
        command: 'sh',
        args: ['-c', script],
        env: {},
        apiVersion: 'client.authentication.k8s.io/v1',
        provideClusterInfo: false,
        interactiveMode: 'IfAvailable',
        ...changes,
      },
      cluster,
      env: { PATH: process.env.PATH, INHERITED: 'yes' },
      terminal: false,
      now: () => now,
    });

  const counted = (status: object) =>
    `echo run >> ${folder}/runs; echo '${JSON.stringify({ status })}'`;
  const runs = async () =>
    (await readFile(join(folder, 'runs'), 'utf8')).split('\n').length - 1;

  it('runs the command again when what it gave has expired', async () => {
    const given = plugin(
      counted({ token: 't', expirationTimestamp: '2026-01-01T01:00:00Z' }),
    );
    expect(await given.identity()).toEqual({ token: 't' });
    await given.identity();
    expect(await runs()).toBe(1);
    now += 3_600_000;
    await given.identity();
    expect(await runs()).toBe(2);
  });

  it('keeps for good what names no end', async () => {
    const given = plugin(
      counted({ clientCertificateData: 'CERT', clientKeyData: 'KEY' }),
    );
    expect(await given.identity()).toEqual({ cert: 'CERT', key: 'KEY' });
    now += 1e12;
    await given.identity();
    expect(await runs()).toBe(1);
  });

  it('tells the command what kubectl tells it', async () => {
    const script = `echo "$KUBERNETES_EXEC_INFO $INHERITED $SET" > ${folder}/info; ${counted({ token: 't' })}`;
    const env = { SET: 'by the kubeconfig' };
    await plugin(script, { env, provideClusterInfo: true }).identity();
    const [, json, rest] =
      /^(\{.*\}) (.*)\n$/.exec(await readFile(join(folder, 'info'), 'utf8')) ??
      [];
    expect(rest).toBe('yes by the kubeconfig');
    expect(JSON.parse(json)).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: {
        interactive: false,
        cluster: {
          server: 'https://203.0.113.1',
          'certificate-authority-data': 'Q0E=',
          config: { audience: 'ours' },
        },
      },
    });
  });

  it('says how to install a command that is missing', async () => {
    await expect(
      plugin('', {
        command: 'gke-gcloud-auth-plugin-2',
        installHint: 'Get it from cloud.google.com.',
      }).identity(),
    ).rejects.toThrow(
      "gke-gcloud-auth-plugin-2 isn't installed, or isn't on the PATH. Get it from cloud.google.com.",
    );
  });

  it('says what the command complained about, or how it ended', async () => {
    await expect(
      plugin('echo first log in >&2; exit 1').identity(),
    ).rejects.toThrow(/^first log in$/);
    await expect(plugin('exit 3').identity()).rejects.toThrow(
      'sh ended with exit code 3',
    );
    await expect(plugin('kill -9 $$').identity()).rejects.toThrow(
      'sh ended with SIGKILL',
    );
    await expect(plugin("echo '{}'").identity()).rejects.toThrow(
      'sh gave no credentials',
    );
  });

  it('refuses to run a command that has to ask where nobody can answer', async () => {
    await expect(
      plugin('', { interactiveMode: 'Always' }).identity(),
    ).rejects.toThrow('there is no terminal');
  });
});
