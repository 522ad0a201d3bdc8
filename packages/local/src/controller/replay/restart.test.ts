import { TestCluster } from './TestCluster';
import { until } from './until';

jest.setTimeout(60_000);

/** What a kubelet says of the pods that ran when its machine went down. */
const interrupted = {
  phase: 'Failed',
  reason: 'NodeRestart',
  message: 'The node was stopped while the pod ran.',
  containerStatuses: [],
};

describe('a job whose head is lost', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });
  afterEach(() => cluster.close());

  /** Stops all but the API server, and starts it again with dead pods. */
  async function restartPlatform(): Promise<void> {
    await cluster.stopController();
    await cluster.stopNode();
    cluster.dashboard.forget();
    cluster.dashboard.healthy = false;
    for (const pod of await cluster.allPods()) {
      await cluster.setPodStatus(pod, interrupted);
    }
    cluster.startController();
  }

  it('is marked failed with the reason after the platform was restarted', async () => {
    cluster.startController();
    await cluster.submit('job');
    await cluster.jobIs('job', 'Running', 'RUNNING');
    const before = (await cluster.allPods()).map(
      ({ metadata }) => metadata.name,
    );
    const stopped = Date.now();
    await restartPlatform();
    const { status } = await cluster.jobIs('job', 'Failed');
    expect(Date.now() - stopped).toBeLessThan(5000);
    expect(status).toMatchObject({
      jobStatus: 'RUNNING',
      reason: 'AppFailed',
      failed: 1,
      endTime: expect.any(String),
    });
    expect(status?.message).toMatch(
      /^The job was RUNNING when its head was lost, and cannot go on: Ray head pod job-\w+-head-\w+ ended as Failed \(NodeRestart: The node was stopped while the pod ran\.\)\.$/,
    );
    // Nothing is started for it again: neither pods nor a submitter.
    await new Promise(resolve => setTimeout(resolve, 500));
    const after = (await cluster.allPods()).map(
      ({ metadata }) => metadata.name,
    );
    expect(after.sort()).toEqual(before.sort());
    const [submitter] = await cluster.submitters();
    expect(submitter.spec.backoffLimit).toBe(0);
  });

  it('is tried again where its backoffLimit allows that', async () => {
    cluster.startController();
    await cluster.submit('job', { backoffLimit: 1 });
    const first = await cluster.jobIs('job', 'Running', 'RUNNING');
    await restartPlatform();
    await until(async () => (await cluster.rayJob('job')).status?.failed === 1);
    cluster.dashboard.healthy = true;
    cluster.startNode();
    const second = await cluster.jobIs('job', 'Running', 'RUNNING');
    expect(second.status).toMatchObject({ failed: 1 });
    expect(second.status?.rayClusterName).not.toBe(
      first.status?.rayClusterName,
    );
  });

  it('is marked failed when somebody deletes the head', async () => {
    cluster.startController();
    await cluster.submit('job');
    await cluster.jobIs('job', 'Running', 'RUNNING');
    const head = (await cluster.allPods()).find(
      ({ metadata }) => metadata.labels?.['ray.io/node-type'] === 'head',
    );
    await cluster.deletePod(head?.metadata.name ?? '');
    const { status } = await cluster.jobIs('job', 'Failed');
    expect(status?.message).toContain(
      `Ray head pod ${head?.metadata.name} not found`,
    );
  });

  it('that had not been seen by Ray yet gets a new head', async () => {
    cluster.pods = [{ phase: 'Pending' }];
    cluster.startController();
    await cluster.submit('job');
    await cluster.jobIs('job', 'Initializing');
    await until(async () => (await cluster.allPods()).length === 2);
    const before = (await cluster.allPods()).map(
      ({ metadata }) => metadata.name,
    );
    await restartPlatform();
    await until(async () => {
      const names = (await cluster.allPods()).map(
        ({ metadata }) => metadata.name,
      );
      return names.length === 2 && names.every(name => !before.includes(name));
    });
    const after = (await cluster.allPods()).map(
      ({ metadata }) => metadata.name,
    );
    expect(after).toHaveLength(2);
    expect(after.filter(name => before.includes(name))).toEqual([]);
  });
});
