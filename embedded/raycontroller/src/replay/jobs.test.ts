import { resources } from '../kube/resources';

import { TestCluster, namespace } from '../__testUtils__/TestCluster';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';

jest.setTimeout(60_000);

describe('RayJobs on the embedded API server', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
  });
  afterEach(() => cluster.close());

  it('run ten at once, each with one of every child', async () => {
    cluster.job = ['RUNNING', 'SUCCEEDED'];
    cluster.startController();
    const names = Array.from({ length: 10 }, (_, index) => `job-${index}`);
    await Promise.all(names.map(name => cluster.submit(name)));
    for (const name of names) {
      await cluster.jobIs(name, 'Complete', 'SUCCEEDED');
    }
    expect(await cluster.rayClusters()).toHaveLength(10);
    expect(await cluster.submitters()).toHaveLength(10);
    const pods = await cluster.allPods();
    expect(pods).toHaveLength(20);
    expect(await cluster.eventsOf('job-3')).toEqual([
      'CreatedRayCluster',
      'CreatedRayJobSubmitter',
      'CreatedService',
    ]);
  });

  it('make no child twice when the controller is started anew in the middle', async () => {
    cluster.job = ['PENDING', 'RUNNING', 'RUNNING', 'RUNNING', 'SUCCEEDED'];
    await cluster.submit('job');
    for (let round = 0; round < 6; round += 1) {
      cluster.startController();
      await new Promise(resolve => setTimeout(resolve, 60 + 40 * round));
      await cluster.stopController();
    }
    cluster.startController();
    const { status } = await cluster.jobIs('job', 'Complete', 'SUCCEEDED');
    expect(status).toMatchObject({ succeeded: 1, failed: 0 });
    expect(await cluster.rayClusters()).toHaveLength(1);
    expect(await cluster.submitters()).toHaveLength(1);
    expect(await cluster.allPods()).toHaveLength(2);
  });

  it('are suspended and resumed with a cluster of their own each time', async () => {
    cluster.startController();
    await cluster.submit('job', { shutdownAfterJobFinishes: true });
    const first = await cluster.jobIs('job', 'Running', 'RUNNING');
    await cluster.patch(resources.rayJobs, 'job', { spec: { suspend: true } });
    const { status } = await cluster.jobIs('job', 'Suspended');
    expect(status?.jobId ?? status?.rayClusterName).toBeUndefined();
    expect(await cluster.rayClusters()).toEqual([]);
    expect(await cluster.submitters()).toEqual([]);
    await cluster.patch(resources.rayJobs, 'job', { spec: { suspend: false } });
    const second = await cluster.jobIs('job', 'Running', 'RUNNING');
    expect(second.status?.rayClusterName).not.toBe(
      first.status?.rayClusterName,
    );
  });

  it('run on a cluster that was there before them, and leave it there', async () => {
    cluster.job = ['RUNNING', 'SUCCEEDED'];
    cluster.startController();
    await cluster.submit('job', {
      rayClusterSpec: undefined,
      clusterSelector: { 'ray.io/cluster': 'shared' },
      shutdownAfterJobFinishes: true,
    });
    await eventually(async () =>
      (await cluster.eventsOf('job')).includes('RayClusterNotFound'),
    );
    await cluster.createCluster('shared');
    await cluster.jobIs('job', 'Complete', 'SUCCEEDED');
    const [shared] = await cluster.rayClusters();
    expect(shared.metadata.name).toBe('shared');
    expect(shared.metadata.deletionTimestamp).toBeUndefined();
    const services = await cluster.list(resources.services);
    expect(services.map(({ metadata }) => metadata.name)).not.toContain(
      'job-head-svc',
    );
  });

  it('wait in InteractiveMode until they are told which Ray job it is', async () => {
    cluster.startController();
    await cluster.submit('job', { submissionMode: 'InteractiveMode' });
    await cluster.jobIs('job', 'Waiting');
    cluster.dashboard.submit('by-hand', ['RUNNING', 'STOPPED']);
    await cluster.patch(resources.rayJobs, 'job', {
      spec: { jobId: 'by-hand' },
    });
    const { status } = await cluster.jobIs('job', 'Complete', 'STOPPED');
    expect(status).toMatchObject({ jobId: 'by-hand', succeeded: 0 });
    expect(await cluster.submitters()).toEqual([]);
  });

  it('submit all of the spec in HTTPMode', async () => {
    cluster.startController();
    await cluster.submit('job', {
      submissionMode: 'HTTPMode',
      runtimeEnvYAML: 'env_vars: { SEED: "7" }',
      metadata: { team: 'plasma' },
      entrypointNumCpus: 0.5,
      entrypointResources: '{"TPU": 1}',
    });
    const { status } = await cluster.jobIs('job', 'Running', 'RUNNING');
    expect(cluster.dashboard.submitted).toEqual([
      {
        entrypoint: 'python train.py',
        submission_id: status?.jobId,
        runtime_env: { env_vars: { SEED: '7' } },
        metadata: { team: 'plasma' },
        entrypoint_num_cpus: 0.5,
        entrypoint_resources: { TPU: 1 },
      },
    ]);
  });

  it('fail when their pods do not come up in time', async () => {
    cluster.pods = [{ phase: 'Pending' }];
    cluster.startController();
    await cluster.submit('job', { preRunningDeadlineSeconds: 1 });
    const { status } = await cluster.jobIs('job', 'Failed');
    expect(status).toMatchObject({
      reason: 'PreRunningDeadlineExceeded',
      message: expect.stringContaining('PreRunningDeadlineSeconds: 1'),
    });
  });

  it('fail when the dashboard does not answer for too long', async () => {
    cluster.startController({ patience: { statusCheckSeconds: 1 } });
    await cluster.submit('job', { backoffLimit: 3 });
    await cluster.jobIs('job', 'Running', 'RUNNING');
    cluster.dashboard.healthy = false;
    const { status } = await cluster.jobIs('job', 'Failed');
    expect(status).toMatchObject({
      reason: 'JobStatusCheckTimeoutExceeded',
      message: expect.stringContaining('exceeded timeout of 1s'),
    });
  });

  it('forget that the dashboard was silent once it answers again', async () => {
    cluster.startController();
    await cluster.submit('job');
    await cluster.jobIs('job', 'Running', 'RUNNING');
    cluster.dashboard.healthy = false;
    const silentSince = async () =>
      (await cluster.rayJob('job')).status?.jobStatusCheckFailureStartTime;
    await eventually(async () => (await silentSince()) !== undefined);
    expect(await silentSince()).toMatch(/^\d{4}-/);
    cluster.dashboard.healthy = true;
    await eventually(async () => (await silentSince()) === undefined);
    expect(await silentSince()).toBeUndefined();
  });

  it('give up first their workers and then their cluster by deletion rules', async () => {
    cluster.job = ['SUCCEEDED'];
    cluster.startController();
    const condition = { jobStatus: 'SUCCEEDED' as const };
    await cluster.submit('job', {
      deletionStrategy: {
        deletionRules: [
          {
            policy: 'DeleteWorkers',
            condition: { ...condition, ttlSeconds: 0 },
          },
          {
            policy: 'DeleteCluster',
            condition: { ...condition, ttlSeconds: 2 },
          },
        ],
      },
    });
    await cluster.jobIs('job', 'Complete');
    await eventually(async () => (await cluster.allPods()).length === 1);
    expect(await cluster.rayClusters()).toHaveLength(1);
    await eventually(async () => (await cluster.rayClusters()).length === 0);
    expect(await cluster.rayClusters()).toEqual([]);
    expect(await cluster.eventsOf('job')).toEqual(
      expect.arrayContaining(['UpdatedRayCluster', 'DeletedRayCluster']),
    );
  });

  it('can be deleted although their head does not answer', async () => {
    cluster.startController();
    const job = await cluster.submit('job');
    await cluster.jobIs('job', 'Running', 'RUNNING');
    cluster.dashboard.healthy = false;
    await cluster.api.remove(resources.rayJobs, job);
    await eventually(
      async () => (await cluster.list(resources.rayJobs)).length === 0,
    );
    expect(await cluster.list(resources.rayJobs)).toEqual([]);
  });

  it('are left alone where another controller manages them', async () => {
    cluster.startController();
    await cluster.submit('theirs', { managedBy: 'kueue.x-k8s.io/multikueue' });
    await cluster.submit('ours');
    await cluster.jobIs('ours', 'Running');
    expect((await cluster.rayJob('theirs')).status ?? {}).toEqual({});
    const owners = (await cluster.rayClusters()).map(
      ({ metadata }) => metadata.ownerReferences?.[0].name,
    );
    expect(owners).toEqual(['ours']);
    expect((await cluster.rayJob('theirs')).metadata.namespace).toBe(namespace);
  });
});
