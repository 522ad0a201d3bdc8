import type { Pod } from '@ml-platform/embedded-controller-runtime';
import { allocatable } from '../node/capacity';
import { requestsOf, whyNot } from './fit';

const pod = (
  requests: Record<string, string>,
  spec: Partial<Pod['spec']> = {},
): Pod => ({
  metadata: { name: 'p', uid: 'u', resourceVersion: '1' },
  spec: { containers: [{ name: 'c', resources: { requests } }], ...spec },
});
const room = {
  allocatable: new Map([
    ['cpu', 8000],
    ['memory', 8 * 2 ** 30],
  ]),
  labels: {},
};
const refused = (why: string, preemption: string) =>
  `0/1 nodes are available: ${why}. no new claims to deallocate, preemption: 0/1 nodes are available: ${preemption}.`;
const NEVER = '1 Preemption is not helpful for scheduling';

describe('whyNot', () => {
  it.each<[string, Pod, Pod[], string | undefined]>([
    ['fits', pod({ cpu: '2', memory: '2Gi' }), [], undefined],
    [
      'asks for too many CPUs',
      pod({ cpu: '64' }),
      [],
      refused('1 Insufficient cpu', NEVER),
    ],
    [
      'asks for a GPU',
      pod({ 'nvidia.com/gpu': '1' }),
      [],
      refused('1 Insufficient nvidia.com/gpu', NEVER),
    ],
    [
      'comes too late',
      pod({ cpu: '4' }),
      [pod({ cpu: '5' })],
      refused(
        '1 Insufficient cpu',
        '1 No preemption victims found for incoming pod',
      ),
    ],
    [
      'wants another node',
      pod({}, { nodeSelector: { gpu: 'yes' } }),
      [],
      refused("1 node(s) didn't match Pod's node affinity/selector", NEVER),
    ],
  ])('of a pod that %s', (_, wanted, bound, expected) => {
    expect(whyNot(wanted, bound, room)).toBe(expected);
  });

  it('counts the larger of containers and init containers, and limits alone', () => {
    const wanted = pod(
      { cpu: '1' },
      {
        containers: [
          { name: 'a', resources: { limits: { cpu: '500m' } } },
          { name: 'b', resources: { requests: { cpu: '1' } } },
        ],
        initContainers: [{ name: 'i', resources: { requests: { cpu: '2' } } }],
      },
    );
    expect(requestsOf(wanted).get('cpu')).toBe(2000);
  });
});

describe('allocatable', () => {
  it.each([
    [2, 8],
    [8, 32],
    [16, 32],
    [64, 64],
  ])('lets %d CPUs be requested as %d', (cpus, requested) => {
    expect(allocatable({ cpus, memory: 1 }).milliCpu).toBe(requested * 1000);
  });
});
