import { createServer } from 'node:http';
import { Metrics, topNodes, topPods, CoreV1Api } from '@kubernetes/client-node';
import { listen } from '../__testUtils__/listen';
import {
  startTestApiServer,
  TestApiServer,
} from '../__testUtils__/TestApiServer';

const PODS = '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods';

const stats = (usageNanoCores: number, workingSetBytes: number) => ({
  cpu: { time: '2026-01-31T12:00:00Z', usageNanoCores },
  memory: { time: '2026-01-31T12:00:00Z', workingSetBytes },
});

describe('metrics.k8s.io', () => {
  let server: TestApiServer;
  const kubelet = createServer((request, response) => {
    const known =
      request.headers.authorization === 'Bearer test-kubelet-token' &&
      request.url?.startsWith('/stats/summary');
    response.writeHead(known ? 200 : 404);
    response.end(
      JSON.stringify({
        node: { nodeName: 'n', ...stats(1_500_000_000, 4 * 2 ** 30) },
        pods: ['a', 'b', 'gone'].map((name, i) => ({
          podRef: { name, namespace: 'default', uid: name },
          containers: [
            { name: 'main', ...stats(250_000_000 * (i + 1), 64 * 2 ** 20) },
          ],
        })),
      }),
    );
  });

  beforeAll(async () => {
    server = await startTestApiServer();
    const node = (name: string, Port: number) =>
      server.request('POST', '/api/v1/nodes', {
        body: {
          metadata: { name },
          status: {
            capacity: { cpu: '4', memory: '8Gi' },
            allocatable: { cpu: '4', memory: '8Gi' },
            addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
            daemonEndpoints: { kubeletEndpoint: { Port } },
          },
        },
      });
    const port = await listen(kubelet);
    await node('n', port);
    const closed = createServer();
    const closedPort = await listen(closed);
    await new Promise(resolve => closed.close(resolve));
    await node('silent', closedPort);
    for (const name of ['a', 'b']) {
      await server.request('POST', '/api/v1/namespaces/default/pods', {
        body: {
          metadata: { name, labels: { app: name } },
          spec: { nodeName: 'n', containers: [{ name: 'main', image: 'i' }] },
        },
      });
    }
  });

  afterAll(async () => {
    kubelet.close();
    kubelet.closeAllConnections();
    await server.close();
  });

  it('tells what the pods of a namespace use, for a label selector', async () => {
    const answer = await server.request('GET', `${PODS}?labelSelector=app%3Db`);
    expect(answer.json()).toMatchObject({
      kind: 'PodMetricsList',
      apiVersion: 'metrics.k8s.io/v1beta1',
      items: [
        {
          metadata: { name: 'b', namespace: 'default', labels: { app: 'b' } },
          timestamp: '2026-01-31T12:00:00Z',
          containers: [
            { name: 'main', usage: { cpu: '500000000n', memory: '65536Ki' } },
          ],
        },
      ],
    });
    expect(answer.json().items).toHaveLength(1);
  });

  it('tells of one pod, and knows no other', async () => {
    const one = await server.request('GET', `${PODS}/a`);
    expect(one.json()).toMatchObject({
      kind: 'PodMetrics',
      containers: [{ usage: { cpu: '250000000n' } }],
    });
    for (const name of ['gone', 'other']) {
      const answer = await server.request('GET', `${PODS}/${name}`);
      expect(answer.status).toBe(404);
      expect(answer.json().message).toBe(
        `pods.metrics.k8s.io "${name}" not found`,
      );
    }
  });

  it('refuses to write, and lists nothing for a namespace without pods', async () => {
    expect((await server.request('DELETE', `${PODS}/a`)).status).toBe(405);
    const other = PODS.replace('default', 'other');
    expect((await server.request('GET', other)).json().items).toEqual([]);
  });

  it('gives the Kubernetes client what it needs for its top commands', async () => {
    const core = server.kubeConfig.makeApiClient(CoreV1Api);
    const metrics = new Metrics(server.kubeConfig);
    const pods = await topPods(core, metrics, 'default');
    expect(pods.map(({ CPU, Memory }) => [CPU.CurrentUsage, Memory])).toEqual(
      [0.25, 0.5].map(cpu => [
        cpu,
        expect.objectContaining({ CurrentUsage: BigInt(64 * 2 ** 20) }),
      ]),
    );
    expect(await topNodes(core)).toHaveLength(2);
    const nodes = await metrics.getNodeMetrics();
    // A node whose kubelet doesn't answer has no figures.
    expect(
      nodes.items.map(({ metadata, usage }) => [metadata.name, usage]),
    ).toEqual([['n', { cpu: '1500000000n', memory: '4194304Ki' }]]);
  });
});
