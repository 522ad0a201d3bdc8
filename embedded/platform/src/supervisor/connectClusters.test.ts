import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigOf } from '@ml-platform/embedded-apiserver';
import {
  startTestApiServer,
  type TestApiServer,
} from '@ml-platform/embedded-apiserver/testUtils';
import { connectClusters } from './connectClusters';

const connect = (file: string, ...jobContexts: string[]) =>
  connectClusters({ file, jobContexts });

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
    const { workload, management } = await connect(file);
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
    expect(workload.deployer).toBe(workload.kubeConfig);
  });

  it('takes the management cluster, and the roles that have contexts of their own', async () => {
    const file = await kubeconfig({
      workload: {},
      management: {},
      deployer: { token: 'of-the-deployer' },
    });
    const found = await connect(file);
    expect(found.management?.portal.name).toBe('management-cluster');
    expect(found.workload.deployer.getCurrentUser()?.token).toBe(
      'of-the-deployer',
    );
    expect(found.operator).toBe(found.workload.kubeConfig);
  });

  it('takes more clusters with jobs, named after their contexts', async () => {
    const file = await kubeconfig({
      workload: {},
      'gpu-eu': {},
      'deployer-gpu-eu': { token: 'of-the-deployer' },
    });
    const { more, workload } = await connect(file, 'gpu-eu');
    expect(more).toHaveLength(1);
    expect(more[0].portal).toMatchObject({
      name: 'gpu-eu',
      title: 'gpu-eu',
      authMetadata: { 'ml-platform.dev/context': 'gpu-eu' },
    });
    expect(more[0].deployer.getCurrentUser()?.token).toBe('of-the-deployer');
    expect(workload.deployer).toBe(workload.kubeConfig);
    await expect(connect(file, 'gpu-us')).rejects.toThrow(
      /no context named gpu-us, which --context asks for \(it has workload/,
    );
  });

  it('says which contexts there are when none is named workload', async () => {
    const file = await kubeconfig({ 'kind-kind': {} });
    await expect(connect(file)).rejects.toThrow(
      /no context named workload \(it has kind-kind\).*rename-context NAME workload/,
    );
  });

  it('says why a file or a cluster is of no use', async () => {
    await expect(connect(join(folder, 'none'))).rejects.toThrow(
      /Couldn't read .*: ENOENT/,
    );
    const silent = await kubeconfig({
      workload: { server: 'https://127.0.0.1:1' },
    });
    await expect(connect(silent)).rejects.toThrow(
      /context workload didn't answer as it should: .*Try: kubectl --context workload/,
    );
    const refused = await kubeconfig({ workload: { token: 'wrong' } });
    await expect(connect(refused)).rejects.toThrow(
      /context workload didn't answer/,
    );
  });
});
