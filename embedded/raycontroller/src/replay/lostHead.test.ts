import type { RayJob, RayJobSpec } from '../crd/rayJob';
import type { Pod } from '../kube/objects';
import { resources } from '../kube/resources';
import { TestCluster } from '../__testUtils__/TestCluster';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';

jest.setTimeout(60_000);

/** What a kubelet says of the pods that ran when its machine went down. */
const interrupted = {
  phase: 'Failed',
  reason: 'NodeRestart',
  message: 'The node was stopped while the pod ran.',
  containerStatuses: [],
} as const;

describe('a job whose head is lost', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.startController();
  });
  afterEach(() => cluster.close());

  async function startJob(spec: RayJobSpec = {}): Promise<RayJob> {
    await cluster.submit('job', spec);
    return cluster.jobIs('job', 'Running', 'RUNNING');
  }

  async function heads(): Promise<Pod[]> {
    const pods = await cluster.allPods();
    return pods.filter(
      ({ metadata }) => metadata.labels?.['ray.io/node-type'] === 'head',
    );
  }

  /** Resolves to the head that has taken the place of the one before. */
  async function newHead(before: Pod): Promise<Pod> {
    const others = async () =>
      (await heads()).filter(
        ({ metadata }) => metadata.uid !== before.metadata.uid,
      );
    await eventually(async () => (await others()).length === 1);
    const [head] = await others();
    return head;
  }

  /** What a head knew goes with it. */
  async function loseHead(): Promise<Pod> {
    const [head] = await heads();
    cluster.dashboard.forget();
    await cluster.deletePod(head.metadata.name);
    return head;
  }

  it('goes on with a new head, to which its submitter submits it again', async () => {
    const first = await startJob();
    await newHead(await loseHead());
    expect((await cluster.rayJob('job')).status).toMatchObject({
      jobDeploymentStatus: 'Running',
      jobId: first.status?.jobId,
    });
    cluster.dashboard.submit(first.status?.jobId ?? '', [
      'RUNNING',
      'SUCCEEDED',
    ]);
    const { status } = await cluster.jobIs('job', 'Complete', 'SUCCEEDED');
    expect(status).toMatchObject({
      rayClusterName: first.status?.rayClusterName,
      failed: 0,
      succeeded: 1,
    });
    expect(await cluster.submitters()).toHaveLength(1);
  });

  it('is submitted again by the controller in HTTPMode', async () => {
    const first = await startJob({ submissionMode: 'HTTPMode' });
    cluster.dashboard.script = ['RUNNING', 'SUCCEEDED'];
    await newHead(await loseHead());
    const { status } = await cluster.jobIs('job', 'Complete', 'SUCCEEDED');
    expect(status).toMatchObject({ failed: 0, succeeded: 1 });
    expect(
      cluster.dashboard.submitted.map(({ submission_id: id }) => id),
    ).toEqual([first.status?.jobId, first.status?.jobId]);
  });

  it('fails in SidecarMode, where the submitter goes with the head', async () => {
    await startJob({ submissionMode: 'SidecarMode' });
    await loseHead();
    const { status } = await cluster.jobIs('job', 'Failed');
    expect(status).toMatchObject({
      reason: 'AppFailed',
      message: 'Ray head pod not found.',
      failed: 1,
    });
    expect(await heads()).toEqual([]);
  });

  it('is tried again in SidecarMode where its backoffLimit allows that', async () => {
    const first = await startJob({
      submissionMode: 'SidecarMode',
      backoffLimit: 1,
    });
    await loseHead();
    await eventually(
      async () => (await cluster.rayJob('job')).status?.failed === 1,
    );
    const second = await cluster.jobIs('job', 'Running', 'RUNNING');
    expect(second.status).toMatchObject({ failed: 1 });
    expect(second.status?.rayClusterName).not.toBe(
      first.status?.rayClusterName,
    );
  });

  it('gets a cluster of the same name where somebody deletes its cluster', async () => {
    const first = await startJob();
    const [before] = await cluster.rayClusters();
    const [head] = await heads();
    await cluster.api.remove(resources.rayClusters, before);
    await newHead(head);
    const [after] = await cluster.rayClusters();
    expect(after.metadata.name).toBe(first.status?.rayClusterName);
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect((await cluster.rayJob('job')).status).toMatchObject({
      jobDeploymentStatus: 'Running',
      failed: 0,
    });
  });

  it('goes on with new pods after the node was down', async () => {
    const first = await startJob();
    const before = await cluster.allPods();
    await cluster.stopController();
    cluster.dashboard.forget();
    for (const pod of before) {
      await cluster.setPodStatus(pod, interrupted);
    }
    cluster.startController();
    const names = before.map(({ metadata }) => metadata.name);
    await eventually(async () => {
      const pods = await cluster.allPods();
      return (
        pods.length === 2 &&
        pods.every(({ metadata }) => !names.includes(metadata.name))
      );
    });
    cluster.dashboard.submit(first.status?.jobId ?? '', ['SUCCEEDED']);
    const { status } = await cluster.jobIs('job', 'Complete', 'SUCCEEDED');
    expect(status).toMatchObject({ failed: 0, succeeded: 1 });
  });

  it('gets a new head where Ray had not been seen to have the job', async () => {
    cluster.pods = [{ phase: 'Pending' }];
    await cluster.submit('job');
    await cluster.jobIs('job', 'Initializing');
    await eventually(async () => (await heads()).length === 1);
    const before = await loseHead();
    const after = await newHead(before);
    expect(after.metadata.labels).toEqual(before.metadata.labels);
  });
});
