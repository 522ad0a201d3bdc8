import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { writeKubeconfig } from './kubeconfig';
import { startTestApiServer } from './__testUtils__/TestApiServer';
import { createTls } from './tls';

describe('what keeps others out', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'security-'));
  });

  afterAll(() => rm(dir, { recursive: true }));

  it('keeps one certificate for localhost, that its own authority signed', async () => {
    const first = await createTls(join(dir, 'tls'));
    const second = await createTls(join(dir, 'tls'));
    expect(second).toEqual(first);
    const certificate = new X509Certificate(first.cert);
    expect(certificate.subjectAltName).toContain('DNS:localhost');
    expect(certificate.subjectAltName).toContain('IP Address:127.0.0.1');
    expect(certificate.verify(new X509Certificate(first.ca).publicKey)).toBe(
      true,
    );
    const { mode } = await stat(join(dir, 'tls', 'tls.key'));
    expect(mode % 0o1000).toBe(0o600);
  });

  it('writes a kubeconfig that its owner alone reads', async () => {
    const path = join(dir, 'kubeconfig');
    await writeKubeconfig({
      path,
      currentContext: 'workload',
      contexts: ['management', 'workload'].map(name => ({
        name,
        server: `https://127.0.0.1/${name}`,
        ca: 'pem',
        token: `token-of-${name}`,
      })),
    });
    expect((await stat(path)).mode % 0o1000).toBe(0o600);
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(await readFile(path, 'utf8'));
    expect(kubeConfig.getContexts().map(context => context.name)).toEqual([
      'management',
      'workload',
    ]);
    expect(kubeConfig.getCurrentCluster()?.server).toBe(
      'https://127.0.0.1/workload',
    );
    expect(kubeConfig.getCurrentUser()?.token).toBe('token-of-workload');
  });

  it('does not listen beyond this machine', async () => {
    await expect(startTestApiServer({ host: '0.0.0.0' })).rejects.toThrow(
      'The embedded API server listens on loopback only, not on 0.0.0.0',
    );
  });

  it('sends requests to no address that an object names but this machine', async () => {
    const server = await startTestApiServer();
    const base = '/api/v1/namespaces/default';
    await server.request('POST', `${base}/services`, {
      body: {
        metadata: { name: 'far' },
        spec: { ports: [{ port: 80 }] },
      },
    });
    await server.request('POST', `${base}/endpoints`, {
      body: {
        metadata: { name: 'far' },
        subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }],
      },
    });
    const answer = await server.request(
      'GET',
      `${base}/services/far:80/proxy/`,
    );
    expect(answer.json()).toMatchObject({
      code: 400,
      message: 'address not allowed',
    });
    await server.close();
  });
});
