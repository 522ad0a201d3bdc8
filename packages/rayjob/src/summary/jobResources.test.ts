import type {
  Container,
  PodTemplate,
  RayClusterSpec,
  RayClusterStatus,
  WorkerGroupSpec,
} from '../objects/kubernetes';
import { clusterResources, largestResources } from './jobResources';
import { rayWorkers } from './workers';

type Limits = Record<string, string>;

const GIB = 2 ** 30;

function container(limits: Limits, more: Partial<Container> = {}): Container {
  return { name: 'c', resources: { limits }, ...more };
}

const template = (limits: Limits): PodTemplate => ({
  spec: { containers: [container(limits)] },
});

function group(
  limits: Limits,
  more: Partial<WorkerGroupSpec> = {},
): WorkerGroupSpec {
  return { groupName: 'g', replicas: 1, template: template(limits), ...more };
}

function spec(
  head: PodTemplate,
  ...workerGroupSpecs: WorkerGroupSpec[]
): RayClusterSpec {
  return { headGroupSpec: { template: head }, workerGroupSpecs };
}

describe('clusterResources', () => {
  it('counts a slice of TPUs on all of its hosts', () => {
    expect(
      clusterResources(
        spec(
          template({ cpu: '8', memory: '40G' }),
          group(
            { cpu: '24', memory: '200G', 'google.com/tpu': '4' },
            { numOfHosts: 4 },
          ),
        ),
      ),
    ).toEqual({
      cpu: 104_000,
      memory: 840e9,
      gpu: 0,
      accelerators: { 'google.com/tpu': 16 },
    });
  });

  it('counts every extended resource under its own name', () => {
    expect(
      clusterResources(
        spec(
          template({
            cpu: '500m',
            memory: '1e9',
            'aws.amazon.com/neuron': '1',
            'nvidia.com/gpu.shared': '1',
            'ephemeral-storage': '10Gi',
            'hugepages-2Mi': '1Gi',
          }),
          group(
            { memory: '128974848000m', 'nvidia.com/mig-1g.5gb': '2' },
            { replicas: 2 },
          ),
          group({ 'nvidia.com/gpu': '1', memory: '1.5Gi' }),
          group({ 'amd.com/gpu': '2' }),
        ),
      ),
    ).toEqual({
      cpu: 500,
      memory: 1e9 + 2 * 128_974_848 + 1.5 * GIB,
      gpu: 3,
      accelerators: {
        'aws.amazon.com/neuron': 1,
        'nvidia.com/gpu.shared': 1,
        'nvidia.com/mig-1g.5gb': 4,
        'nvidia.com/gpu': 1,
        'amd.com/gpu': 2,
      },
    });
  });

  it.each<[string, PodTemplate['spec'], number]>([
    [
      'the sum of its containers',
      { containers: [container({ cpu: '1' }), container({ cpu: '2' })] },
      3000,
    ],
    [
      'the largest of its init containers, where that is more',
      {
        initContainers: [container({ cpu: '4' }), container({ cpu: '3' })],
        containers: [container({ cpu: '1' })],
      },
      4000,
    ],
    [
      'init containers that keep running as well',
      {
        initContainers: [
          container({ cpu: '1' }, { restartPolicy: 'Always' }),
          container({ cpu: '1500m' }),
        ],
        containers: [container({ cpu: '2' })],
      },
      3000,
    ],
    [
      'what starting takes beside those that keep running by then',
      {
        initContainers: [
          container({ cpu: '3' }, { restartPolicy: 'Always' }),
          container({ cpu: '2' }),
        ],
        containers: [container({ cpu: '1' })],
      },
      5000,
    ],
    [
      'what the pod as a whole asks for',
      {
        resources: { requests: { cpu: '6' } },
        containers: [container({ cpu: '1' })],
      },
      6000,
    ],
    [
      'requests before limits',
      {
        containers: [
          {
            name: 'c',
            resources: { requests: { cpu: '1' }, limits: { cpu: '9' } },
          },
        ],
      },
      1000,
    ],
    [
      'nothing where the quantity is none',
      { containers: [container({ cpu: 'lots' })] },
      0,
    ],
  ])('counts of a pod %s', (_, podSpec, cpu) => {
    expect(clusterResources(spec({ spec: podSpec })).cpu).toBe(cpu);
  });

  it('follows an autoscaler where it is clear which group it scaled', () => {
    const autoscaled = spec(
      template({ cpu: '1' }),
      group({ cpu: '2' }, { minReplicas: 1, maxReplicas: 10 }),
      group({ cpu: '100' }, { replicas: 3, maxReplicas: 3, suspend: true }),
    );
    expect(clusterResources(autoscaled).cpu).toBe(3000);
    expect(
      clusterResources(autoscaled, {
        state: 'ready',
        desiredWorkerReplicas: 5,
      }).cpu,
    ).toBe(11_000);
    expect(
      largestResources({ ...autoscaled, enableInTreeAutoscaling: true }).cpu,
    ).toBe(321_000);
  });
});

describe('rayWorkers', () => {
  const small = group(
    {},
    { minReplicas: 1, maxReplicas: 10, groupName: 'small' },
  );
  const idle = group(
    {},
    { replicas: 3, minReplicas: 3, maxReplicas: 3, suspend: true },
  );
  const elastic: RayClusterSpec = {
    ...spec({}, small, idle),
    enableInTreeAutoscaling: true,
  };
  const zero: RayClusterSpec = {
    ...spec({}, { ...small, replicas: 0, minReplicas: 0 }),
    enableInTreeAutoscaling: true,
  };
  const five: RayClusterStatus = {
    state: 'ready',
    desiredWorkerReplicas: 5,
    readyWorkerReplicas: 5,
  };

  it.each<[string, RayClusterSpec, RayClusterStatus | undefined, object]>([
    ['without a status', elastic, undefined, { desired: 1, ready: 0 }],
    ['with an empty one', elastic, {}, { desired: 1, ready: 0 }],
    ['once scaled', elastic, five, { desired: 5, ready: 5, min: 1, max: 10 }],
    ['from zero', zero, five, { desired: 5, ready: 5, min: 0, max: 10 }],
    ['back to zero', elastic, { state: 'ready' }, { desired: 0, ready: 0 }],
    [
      'while it shrinks',
      elastic,
      { ...five, desiredWorkerReplicas: 4 },
      { desired: 4, ready: 4 },
    ],
    [
      'on several hosts, within its bounds',
      spec({}, { ...small, replicas: 20, maxReplicas: 3, numOfHosts: 2 }),
      undefined,
      { desired: 6, ready: 0 },
    ],
  ])('counts %s', (_, rayCluster, live, expected) => {
    expect(rayWorkers(rayCluster, live)).toMatchObject(expected);
  });

  it('has no bounds without an autoscaler, and no most without a limit', () => {
    expect(rayWorkers(spec({}, small))).toEqual({ desired: 1, ready: 0 });
    expect(
      rayWorkers({
        ...spec({}, { ...small, maxReplicas: undefined }),
        enableInTreeAutoscaling: true,
      }),
    ).toEqual({ desired: 1, ready: 0, min: 1, max: undefined });
  });
});
