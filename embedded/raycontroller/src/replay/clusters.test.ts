import type { RayCluster, WorkerGroupSpec } from '../crd/rayCluster';
import { resources } from '../kube/resources';
import { rayCluster } from '../__testUtils__/objects';

import { TestCluster } from '../__testUtils__/TestCluster';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';

jest.setTimeout(60_000);

function workers(more: Partial<WorkerGroupSpec>): WorkerGroupSpec[] {
  const [group] = rayCluster().spec.workerGroupSpecs ?? [];
  return [{ ...group, ...more }];
}

describe('RayClusters on the embedded API server', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.startController();
  });
  afterEach(() => cluster.close());

  async function statusIs(
    matches: (status: NonNullable<RayCluster['status']>) => boolean,
  ) {
    await eventually(async () =>
      matches((await cluster.rayCluster('ray')).status ?? {}),
    );
    return (await cluster.rayCluster('ray')).status;
  }

  it('grow and shrink with their replicas', async () => {
    await cluster.createCluster('ray');
    await statusIs(({ state }) => state === 'ready');
    const scale = (replicas: number) =>
      cluster.patch(resources.rayClusters, 'ray', {
        spec: { workerGroupSpecs: workers({ replicas }) },
      });
    await scale(3);
    expect(
      await statusIs(({ readyWorkerReplicas }) => readyWorkerReplicas === 3),
    ).toMatchObject({ desiredWorkerReplicas: 3, availableWorkerReplicas: 3 });
    await scale(1);
    await eventually(async () => (await cluster.allPods()).length === 2);
    expect(
      await statusIs(({ readyWorkerReplicas }) => readyWorkerReplicas === 1),
    ).toMatchObject({ desiredWorkerReplicas: 1, availableWorkerReplicas: 1 });
    expect(await cluster.allPods()).toHaveLength(2);
  });

  it('get a new worker for one that failed, and a new head', async () => {
    await cluster.createCluster('ray');
    await statusIs(({ state }) => state === 'ready');
    const before = await cluster.allPods();
    for (const pod of before) {
      await cluster.setPodStatus(pod, { phase: 'Failed' });
    }
    const names = before.map(({ metadata }) => metadata.name);
    await eventually(async () => {
      const pods = await cluster.allPods();
      return (
        pods.length === 2 &&
        pods.every(({ metadata }) => !names.includes(metadata.name))
      );
    });
    const after = await cluster.allPods();
    expect(after).toHaveLength(2);
    expect(
      after.filter(({ metadata }) => names.includes(metadata.name)),
    ).toEqual([]);
    const events = await cluster.eventsOf('ray');
    expect(events).toEqual(
      expect.arrayContaining(['DeletedHeadPod', 'DeletedWorkerPod']),
    );
    expect(events.filter(reason => reason === 'CreatedHeadPod')).toHaveLength(
      2,
    );
  });

  it('lose their pods while they are suspended', async () => {
    await cluster.createCluster('ray');
    await statusIs(({ state }) => state === 'ready');
    const suspend = (on: boolean) =>
      cluster.patch(resources.rayClusters, 'ray', { spec: { suspend: on } });
    await suspend(true);
    const suspended = await statusIs(({ state }) => state === 'suspended');
    expect(suspended?.state).toBe('suspended');
    expect(await cluster.allPods()).toEqual([]);
    await suspend(false);
    const resumed = await statusIs(({ state }) => state === 'ready');
    expect(resumed?.state).toBe('ready');
    expect(await cluster.allPods()).toHaveLength(2);
  });

  it('that ask for more than is done here are told what', async () => {
    await cluster.createCluster('ray', { enableInTreeAutoscaling: true });
    await statusIs(({ state }) => state === 'ready');
    const events = await cluster.eventsOf('ray');
    expect(events.filter(reason => reason === 'NotSupported')).toHaveLength(1);
  });

  it('that break a rule are told so, and get no pods', async () => {
    await cluster.createCluster('ray', {
      workerGroupSpecs: workers({ minReplicas: 3, maxReplicas: 1 }),
    });
    await eventually(async () => (await cluster.eventsOf('ray')).length > 0);
    expect(await cluster.eventsOf('ray')).toEqual(['InvalidRayClusterSpec']);
    expect(await cluster.allPods()).toEqual([]);
  });
});
