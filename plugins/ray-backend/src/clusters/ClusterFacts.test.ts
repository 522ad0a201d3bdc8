import { mockServices } from '@backstage/backend-test-utils';
import { KubeClient, PODS, type KubeObject } from '@ml-platform/kube';
import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { ClusterFacts } from './ClusterFacts';

const NODES = { group: '', version: 'v1', kind: 'Node', plural: 'nodes' };

const aNode = (name: string) => ({
  metadata: { name, labels: { 'nvidia.com/gpu.product': 'NVIDIA-L4' } },
  status: {
    allocatable: { cpu: '4', memory: '8Gi', 'nvidia.com/gpu': '2' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});

const aPod = (name: string, phase: string) => ({
  metadata: { name, namespace: 'training' },
  spec: {
    nodeName: 'one',
    containers: [
      { name: 'c', resources: { requests: { cpu: '1', 'nvidia.com/gpu': 1 } } },
    ],
  },
  status: { phase },
});

describe('what is told of a cluster beside its jobs', () => {
  let api: FakeKubeApi;
  let stop: AbortController;
  let done: Promise<void>;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    await done;
    await api.close();
  });

  function start(wholeCluster = true) {
    const facts = new ClusterFacts({
      cluster: 'c',
      wholeCluster,
      logger: mockServices.logger.mock(),
      onChange: () => {},
    });
    done = facts.run(new KubeClient({ access: api.access() }), stop.signal);
    return facts;
  }

  /** What is free, by the number of cores and GPUs that pods have asked for. */
  const requested = ({ nodes }: ClusterFacts) =>
    nodes?.ok ? [nodes.cpu.requested, nodes.gpus[0]?.requested] : undefined;

  it('is what its nodes have, and follows what pods take', async () => {
    api.put(NODES, aNode('one') as KubeObject);
    api.put(PODS, aPod('a', 'Running') as KubeObject);
    api.put(PODS, aPod('ended', 'Succeeded') as KubeObject);
    const facts = start();
    await until(() => facts.nodes?.ok === true);
    expect(facts.nodes).toMatchObject({
      total: 1,
      ready: 1,
      cpu: { allocatable: 4_000, requested: 1_000 },
      gpus: [{ type: 'NVIDIA-L4', allocatable: 2, requested: 1 }],
    });
    expect(facts.free?.largest).toMatchObject({ cpu: 3_000, gpu: 1 });
    api.put(PODS, aPod('b', 'Pending') as KubeObject);
    await until(() => requested(facts)?.[0] === 2_000);
    api.put(PODS, aPod('a', 'Failed') as KubeObject);
    api.collection(PODS).delete('training/b');
    await until(() => requested(facts)?.[1] === 0);
    api.collection(NODES).delete('/one');
    await until(() => facts.nodes?.ok === true && facts.nodes.total === 0);
  });

  it('says why what is free is not known', async () => {
    const body = { message: 'nodes is forbidden' };
    api.answer = path =>
      path.endsWith('/nodes') ? { code: 403, body } : undefined;
    const facts = start();
    await until(() => facts.nodes?.ok === false);
    expect(facts.nodes).toMatchObject({
      error: expect.stringContaining('is forbidden'),
    });
    expect(facts.free).toBeUndefined();
  });

  it('reads no nodes where it may read some namespaces only', async () => {
    const facts = start(false);
    await until(() => facts.kuberay !== undefined);
    expect(facts.nodes).toMatchObject({ ok: false, refused: true });
    expect(api.requests.join()).not.toContain('nodes');
  });

  it("tells the version of KubeRay's operator", async () => {
    const operator = {
      metadata: { name: 'kuberay-operator', namespace: 'kuberay' },
      spec: {
        template: { spec: { containers: [{ image: 'kuberay:v1.7.0' }] } },
      },
      status: { availableReplicas: 1 },
    };
    const answers = new Map<string, object>([
      ['/apis/ray.io/v1', {}],
      ['/apis/apps/v1/deployments', { items: [operator] }],
    ]);
    api.answer = path => {
      const body = answers.get(path);
      return body && { code: 200, body };
    };
    const facts = start();
    await until(() => facts.kuberay !== undefined);
    expect(facts.kuberay).toEqual({ ok: true, version: 'v1.7.0' });
  });
});
