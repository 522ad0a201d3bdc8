import type { Pod } from '../objects/kubernetes';
import { nodeCapacity, type KubernetesNode } from './nodeCapacity';
import { NodeLedger } from './NodeLedger';
import { podClaim } from './podClaim';

const GiB = 1024 ** 3;

function aNode(change: Partial<KubernetesNode> = {}): KubernetesNode {
  return {
    metadata: { name: 'n' },
    status: {
      allocatable: { cpu: '4', memory: '8Gi', 'nvidia.com/gpu': '2' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
    ...change,
  };
}

function aPod(spec: Pod['spec'], phase = 'Running'): Pod {
  return {
    metadata: { name: 'p' },
    spec: { nodeName: 'n', ...spec },
    status: { phase },
  };
}

const asking = (requests: Readonly<Record<string, string>>) => ({
  name: 'c',
  resources: { requests },
});

describe('what nodes have and pods take', () => {
  it('is free on nodes that are ready and take pods', () => {
    const ledger = new NodeLedger();
    const labels = { 'cloud.google.com/gke-accelerator': 'nvidia-l4' };
    ledger.putNode('n', nodeCapacity(aNode()));
    ledger.putNode(
      'l4',
      nodeCapacity(aNode({ metadata: { name: 'l4', labels } })),
    );
    ledger.putNode(
      'cordoned',
      nodeCapacity(aNode({ spec: { unschedulable: true } })),
    );
    ledger.putNode('down', nodeCapacity(aNode({ status: {} })));
    ledger.putPod(
      'a',
      podClaim(
        aPod({
          containers: [asking({ cpu: '1500m', 'nvidia.com/gpu': '1' })],
        }),
      ),
    );
    ledger.putPod(
      'b',
      podClaim(aPod({ nodeName: 'cordoned', containers: [] })),
    );
    expect(ledger.free).toEqual({
      total: { cpu: 6_500, memory: 16 * GiB, gpu: 3 },
      largest: { cpu: 4_000, memory: 8 * GiB, gpu: 2 },
    });
    expect(ledger.status).toEqual({
      total: 4,
      ready: 3,
      cpu: { allocatable: 8_000, requested: 1_500 },
      memory: { allocatable: 16 * GiB, requested: 0 },
      gpu: { allocatable: 4, requested: 1 },
      gpus: [
        { type: 'nvidia-l4', allocatable: 2, requested: 0 },
        { type: 'nvidia.com/gpu', allocatable: 2, requested: 1 },
      ],
    });
  });

  it('gets free when a pod ends, goes, or moves', () => {
    const ledger = new NodeLedger();
    ledger.putNode('n', nodeCapacity(aNode()));
    const containers = [asking({ cpu: '1' })];
    const requested = () => ledger.status.cpu.requested;
    ledger.putPod('a', podClaim(aPod({ containers })));
    ledger.putPod('b', podClaim(aPod({ containers })));
    expect(requested()).toBe(2_000);
    ledger.putPod('a', podClaim(aPod({ containers }, 'Succeeded')));
    expect(requested()).toBe(1_000);
    ledger.putPod('b', podClaim(aPod({ containers, nodeName: 'other' })));
    expect(requested()).toBe(0);
    ledger.putPod('b', podClaim(aPod({ containers })));
    ledger.removePod('b');
    expect(requested()).toBe(0);
  });

  it('counts a pod as the scheduler does', () => {
    const sidecar = { ...asking({ cpu: '200m' }), restartPolicy: 'Always' };
    const pod = aPod({
      initContainers: [sidecar, asking({ cpu: '3', memory: '1Gi' })],
      containers: [asking({ cpu: '1', memory: '2Gi' }), asking({ cpu: '1' })],
      overhead: { cpu: '50m' },
    });
    expect(podClaim(pod)).toEqual({
      node: 'n',
      amounts: { cpu: 3_250, memory: 2 * GiB, gpu: 0 },
    });
    expect(podClaim(aPod({ nodeName: undefined }))).toBeUndefined();
  });
});
