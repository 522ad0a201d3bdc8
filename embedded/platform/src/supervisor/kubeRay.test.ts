import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { requireKubeRay, requireNoOperator } from './kubeRay';

/** A cluster that answers each path with what it is told, and 404 else. */
async function clusterWith(answers: Record<string, unknown>): Promise<{
  readonly kubeConfig: KubeConfig;
  readonly server: Server;
}> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.statusCode = answer ? 200 : 404;
    response.end(JSON.stringify(answer ?? { kind: 'Status', code: 404 }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: 'test',
      server: `http://127.0.0.1:${port}`,
      skipTLSVerify: true,
    },
    { name: 'user' },
  );
  return { kubeConfig, server };
}

const OPERATORS =
  '/apis/apps/v1/deployments?labelSelector=app.kubernetes.io%2Fname%3Dkuberay-operator';

describe('what a workload cluster must have', () => {
  const answers = {
    'with RayJobs': { '/apis/ray.io/v1': { resources: [] } },
    'without an operator': { [OPERATORS]: { items: [] } },
    'with an operator': { [OPERATORS]: { items: [{}] } },
    empty: {},
  };

  async function ask(
    question: (kubeConfig: KubeConfig, context: string) => Promise<void>,
    cluster: keyof typeof answers,
  ): Promise<string> {
    const { kubeConfig, server } = await clusterWith(answers[cluster]);
    const answer = await question(kubeConfig, 'workload').then(
      () => 'fine',
      error => error.message,
    );
    server.close();
    return answer;
  }

  it('is RayJobs', async () => {
    expect(await ask(requireKubeRay, 'with RayJobs')).toBe('fine');
    expect(await ask(requireKubeRay, 'empty')).toMatch(
      /Install the KubeRay operator/,
    );
  });

  it('is no operator beside the embedded controller', async () => {
    expect(await ask(requireNoOperator, 'without an operator')).toBe('fine');
    expect(await ask(requireNoOperator, 'with an operator')).toMatch(
      /has the KubeRay operator: start without --ray-controller/,
    );
  });
});
