import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigOf } from '@ml-platform/embedded-apiserver';
import {
  startTestApiServer,
  type TestApiServer,
} from '@ml-platform/embedded-apiserver/testUtils';
import { connectClusters } from './connectClusters';

describe('connectClusters', () => {
  let server: TestApiServer;
  let folder: string;

  beforeAll(async () => {
    server = await startTestApiServer();
    folder = await mkdtemp(join(tmpdir(), 'clusters-'));
  });

  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function kubeconfig(
    contexts: Record<string, { server?: string; token?: string }>,
  ): Promise<string> {
    const file = join(folder, 'kubeconfig');
    const entries = Object.entries(contexts).map(([name, context]) => ({
      name,
      server: server.url,
      ca: server.ca,
      token: server.token,
      ...context,
    }));
    const [first] = Object.keys(contexts);
    await writeFile(file, JSON.stringify(kubeconfigOf(entries, first ?? '')));
    return file;
  }

  it('finds the workload cluster, and hands the portal no secret of it', async () => {
    const file = await kubeconfig({ other: {}, workload: {} });
    const { workload, management, deployer } = await connectClusters(file);
    expect(workload.portal).toEqual({
      name: 'workload-cluster',
      title: 'Workload cluster',
      url: server.url,
      caData: Buffer.from(server.ca).toString('base64'),
      skipTLSVerify: false,
      authMetadata: {
        'kubernetes.io/auth-provider': 'kubeconfig',
        'ml-platform.dev/kubeconfig': file,
        'ml-platform.dev/context': 'workload',
      },
    });
    expect(management).toBeUndefined();
    expect(deployer).toBe(workload.kubeConfig);
  });

  it('takes the management cluster, and the roles that have contexts of their own', async () => {
    const file = await kubeconfig({
      workload: {},
      management: {},
      deployer: { token: 'of-the-deployer' },
    });
    const found = await connectClusters(file);
    expect(found.management?.portal.name).toBe('management-cluster');
    expect(found.deployer.getCurrentUser()?.token).toBe('of-the-deployer');
    expect(found.operator).toBe(found.workload.kubeConfig);
  });

  it('says which contexts there are when none is named workload', async () => {
    const file = await kubeconfig({ 'kind-kind': {} });
    await expect(connectClusters(file)).rejects.toThrow(
      /no context named workload \(it has kind-kind\).*rename-context/,
    );
  });

  it('says why a file or a cluster is of no use', async () => {
    await expect(connectClusters(join(folder, 'none'))).rejects.toThrow(
      /can't be read: ENOENT/,
    );
    const silent = await kubeconfig({
      workload: { server: 'https://127.0.0.1:1' },
    });
    await expect(connectClusters(silent)).rejects.toThrow(
      /context workload can't be used: .*Try: kubectl --context workload/,
    );
    const refused = await kubeconfig({ workload: { token: 'wrong' } });
    await expect(connectClusters(refused)).rejects.toThrow(
      /context workload can't be used/,
    );
  });
});
