import type { RayCluster } from '../crd/rayCluster';
import { specHash } from '../children/specHash';
import { endedContainer, rayCluster, rayPod } from '../__testUtils__/objects';
import { clusterPlan } from './clusterPlan';
import type { PodPlan } from './podPlan';

const condition = (type: string) => ({
  type,
  status: 'True' as const,
  reason: type,
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
});
const provisioned = { conditions: [condition('RayClusterProvisioned')] };
const failed = { phase: 'Failed' } as const;
const head = rayPod('head', 'head');
const deadHead = rayPod('head', 'head', { status: failed });
const worker = (index: number, more: Parameters<typeof rayPod>[2] = {}) =>
  rayPod(`worker-${index}`, 'worker', {
    ...more,
    labels: {
      'ray.io/worker-group-replica-index': String(index),
      ...more.labels,
    },
  });

function summary({ deletions, creations, blocked }: PodPlan) {
  return {
    deletes: deletions.map(({ pod }) => pod.metadata.name),
    creates: creations.map(({ kind, pod }) =>
      `${kind} ${pod.metadata.labels?.['ray.io/worker-group-replica-index'] ?? ''}`.trim(),
    ),
    blocked: blocked !== undefined,
  };
}

function plan(cluster: RayCluster, pods: Parameters<typeof clusterPlan>[1]) {
  return summary(clusterPlan(cluster, pods));
}

function scaled(replicas: number, more: object = {}): RayCluster {
  const { spec } = rayCluster();
  const [group] = spec.workerGroupSpecs ?? [];
  return rayCluster({ workerGroupSpecs: [{ ...group, replicas, ...more }] });
}

const none = { deletes: [], creates: [], blocked: false };

describe('the pods of a RayCluster', () => {
  it('are made where there are none, the head first', () => {
    expect(plan(scaled(2), [])).toEqual({
      ...none,
      creates: ['head', 'worker 0', 'worker 1'],
    });
  });

  it('are left alone where all are there', () => {
    expect(plan(scaled(1), [head, worker(0)])).toEqual(none);
  });

  it('grow into the free replica indices', () => {
    expect(plan(scaled(3), [head, worker(1)])).toEqual({
      ...none,
      creates: ['worker 0', 'worker 2'],
    });
  });

  it('stay within the bounds of the group', () => {
    expect(plan(scaled(5, { maxReplicas: 1 }), [head]).creates).toEqual([
      'worker 0',
    ]);
    expect(plan(scaled(0, { minReplicas: 1 }), [head]).creates).toEqual([
      'worker 0',
    ]);
  });

  it('shrink, and those that are leaving already count', () => {
    const leaving = worker(1, { deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(plan(scaled(1), [head, worker(0), worker(1)]).deletes).toHaveLength(
      1,
    );
    expect(plan(scaled(1), [head, worker(0), leaving])).toEqual(none);
  });

  it('do not shrink by chance where an autoscaler decides', () => {
    const cluster = scaled(1);
    const spec = { ...cluster.spec, enableInTreeAutoscaling: true };
    expect(plan({ ...cluster, spec }, [head, worker(0), worker(1)])).toEqual(
      none,
    );
  });

  it('go by name where the autoscaler names them', () => {
    const scaleStrategy = { workersToDelete: ['worker-0'] };
    expect(
      plan(scaled(1, { scaleStrategy }), [head, worker(0), worker(1)]),
    ).toEqual({
      ...none,
      deletes: ['worker-0'],
    });
  });

  it('lose a failed worker now and get a new one in the next pass', () => {
    const dead = worker(0, { status: failed });
    expect(plan(scaled(1), [head, dead])).toEqual({
      deletes: ['worker-0'],
      creates: [],
      blocked: true,
    });
    expect(plan(scaled(1), [head]).creates).toEqual(['worker 0']);
  });

  it('keep a pod whose container its own pod restarts', () => {
    const status = {
      phase: 'Running',
      containerStatuses: [
        endedContainer('ray-worker', { exitCode: 1, reason: 'Error' }),
      ],
    } as const;
    expect(plan(scaled(1), [head, worker(0, { status })])).toEqual(none);
    const never = worker(0, { status, restartPolicy: 'Never' });
    expect(plan(scaled(1), [head, never]).deletes).toEqual(['worker-0']);
  });

  it('replace a dead head, alone', () => {
    expect(plan(scaled(1), [deadHead, worker(0)])).toEqual({
      deletes: ['head'],
      creates: [],
      blocked: true,
    });
  });

  it('do not restart the head of a cluster that forbids it, once it was up', () => {
    const metadata = {
      ...rayCluster().metadata,
      annotations: { 'ray.io/disable-provisioned-head-restart': 'true' },
    };
    expect(plan({ ...scaled(0), metadata }, []).creates).toEqual(['head']);
    expect(plan({ ...scaled(0), metadata, status: provisioned }, [])).toEqual(
      none,
    );
  });

  it('all go when the cluster is suspended, and none come', () => {
    const cluster = rayCluster({ suspend: true });
    const suspending = {
      ...cluster,
      status: { conditions: [condition('RayClusterSuspending')] },
    };
    const suspended = {
      ...cluster,
      status: { conditions: [condition('RayClusterSuspended')] },
    };
    expect(plan(cluster, [head, worker(0)])).toEqual(none);
    expect(plan(suspending, [head, worker(0)]).deletes).toEqual([
      'head',
      'worker-0',
    ]);
    expect(plan(suspended, [])).toEqual(none);
  });

  it('go with their group when that is suspended', () => {
    expect(plan(scaled(1, { suspend: true }), [head, worker(0)])).toEqual({
      ...none,
      deletes: ['worker-0'],
    });
  });

  it('come and go as whole replicas where a replica spans hosts', () => {
    const cluster = scaled(2, { numOfHosts: 2 });
    const made = clusterPlan(cluster, [head]).creations;
    const labels = made.map(({ pod }) => pod.metadata.labels ?? {});
    expect(
      labels.map(each => each['ray.io/worker-group-replica-index']),
    ).toEqual(['0', '0', '1', '1']);
    expect(labels.map(each => each['ray.io/replica-host-index'])).toEqual([
      '0',
      '1',
      '0',
      '1',
    ]);
    const names = labels.map(each => each['ray.io/worker-group-replica-name']);
    expect(new Set(names).size).toBe(2);
    const half = worker(0, {
      labels: { 'ray.io/worker-group-replica-name': names[0] },
    });
    expect(plan(cluster, [head, half]).deletes).toEqual(['worker-0']);
  });

  it('refuse to choose between two heads', () => {
    const second = rayPod('head-2', 'head');
    expect(plan(scaled(0), [head, second])).toEqual({ ...none, blocked: true });
  });

  it('are all made anew with the Recreate strategy when the spec changes', () => {
    const cluster = rayCluster({ upgradeStrategy: { type: 'Recreate' } });
    const made = (hash: string) => ({
      ...head,
      metadata: {
        ...head.metadata,
        annotations: {
          'ray.io/kuberay-version': 'v1.7.0',
          'ray.io/upgrade-strategy-recreate-hash': hash,
        },
      },
    });
    const same = made(specHash(cluster.spec));
    expect(plan(cluster, [same, worker(0)])).toEqual(none);
    expect(plan(cluster, [made('other'), worker(0)]).deletes).toEqual([
      'head',
      'worker-0',
    ]);
  });
});
