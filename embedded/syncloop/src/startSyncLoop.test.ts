import {
  APPS,
  eventually,
  jobManifest,
  RAYJOBS,
  SyncLoopHarness,
} from './__testUtils__/testSyncLoop';

jest.setTimeout(60_000);

describe('the sync loop', () => {
  let loop: SyncLoopHarness;

  beforeAll(async () => {
    loop = await SyncLoopHarness.start();
  });

  afterAll(() => loop.close());

  it('brings everything from the root Application on', async () => {
    const jobs = await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) => status?.sync.status === 'Synced',
    );
    expect(jobs.status).toMatchObject({
      health: { status: 'Healthy' },
      resources: [],
    });
    await loop.application(
      'root',
      ({ status }) => status?.operationState?.phase === 'Succeeded',
    );
    await eventually('the namespace', () =>
      loop.read(loop.workload, '/api/v1/namespaces/training'),
    );
  });

  it('applies a pushed job without waiting for a poll, and prunes it', async () => {
    const sha = await loop.commitJob('hello.yaml', jobManifest('hello'));
    const live = await loop.rayJob('hello');
    expect(live.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/tracking-id':
        'workload-cluster-jobs-training:ray.io/RayJob:training/hello',
    });
    expect(live.metadata.managedFields).toContainEqual(
      expect.objectContaining({
        manager: 'argocd-controller',
        operation: 'Apply',
      }),
    );
    const app = await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) =>
        status?.sync.status === 'Synced' && status.sync.revision === sha,
    );
    expect(app.status).toMatchObject({
      health: { status: 'Progressing' },
      resources: [
        {
          group: 'ray.io',
          version: 'v1',
          kind: 'RayJob',
          namespace: 'training',
          name: 'hello',
          status: 'Synced',
          health: {
            status: 'Progressing',
            message: 'Waiting for the KubeRay operator',
          },
        },
      ],
      operationState: {
        phase: 'Succeeded',
        syncResult: {
          revision: sha,
          resources: [{ kind: 'RayJob', name: 'hello', status: 'Synced' }],
        },
      },
    });
    expect(app.status?.history?.at(-1)?.revision).toBe(sha);

    await loop.commitJob('hello.yaml', null);
    await loop.gone('hello');
    await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) =>
        status?.sync.status === 'Synced' && status.resources?.length === 0,
    );
  });

  it('follows the health of a job', async () => {
    await loop.commitJob('healthy.yaml', jobManifest('healthy'));
    await loop.rayJob('healthy');
    const patch = (status: object) =>
      loop.workload.request('PATCH', `${RAYJOBS}/healthy/status`, {
        contentType: 'application/merge-patch+json',
        body: { status },
      });
    const healthIs = (wanted: string) =>
      loop.application(
        'workload-cluster-jobs-training',
        ({ status }) => status?.health.status === wanted,
      );
    await patch({ jobDeploymentStatus: 'Running', jobStatus: 'RUNNING' });
    await healthIs('Progressing');
    await patch({
      jobDeploymentStatus: 'Failed',
      jobStatus: 'FAILED',
      reason: 'AppFailed',
      message: 'exit status 1',
    });
    const failed = await healthIs('Degraded');
    expect(failed.status?.resources?.[0].health?.message).toBe('exit status 1');
    await patch({
      jobDeploymentStatus: 'Complete',
      jobStatus: 'SUCCEEDED',
      reason: null,
      message: null,
    });
    await healthIs('Healthy');
  });

  it('restores what is edited or deleted by hand, and leaves ignored fields alone', async () => {
    await loop.commitJob('guarded.yaml', jobManifest('guarded'));
    const { metadata } = await loop.rayJob('guarded');
    const patch = (spec: object) =>
      loop.workload.request(
        'PATCH',
        `${RAYJOBS}/guarded?fieldManager=somebody`,
        {
          contentType: 'application/merge-patch+json',
          body: { spec },
        },
      );
    await patch({ suspend: true });
    await patch({ entrypoint: 'rm -rf /' });
    const restored = await loop.rayJob(
      'guarded',
      ({ spec }) => spec.entrypoint === 'python train.py',
    );
    expect(restored.spec.suspend).toBe(true);
    await loop.workload.request('DELETE', `${RAYJOBS}/guarded`);
    const again = await loop.rayJob('guarded', found =>
      Boolean(found.metadata.uid !== metadata.uid),
    );
    expect(again.spec.entrypoint).toBe('python train.py');
  });

  it('applies nothing again while nothing changes', async () => {
    const settled = await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) => status?.sync.status === 'Synced',
    );
    const first = await loop.rayJob('guarded');
    const after = await loop.refreshed('workload-cluster-jobs-training');
    // It was looked at again, so the time of that is later.
    expect(after.status).toEqual({
      ...settled.status,
      reconciledAt: expect.any(String),
    });
    expect(await loop.rayJob('guarded')).toEqual(first);
  });

  it('gives each namespace an Application, which goes with its folder', async () => {
    await loop.workload.request('POST', '/api/v1/namespaces', {
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } },
    });
    const jobs = '/apis/ray.io/v1/namespaces/team/rayjobs';
    const name = 'workload-cluster-jobs-team';
    await loop.commitJob('one.yaml', jobManifest('one', 'team'), 'team');
    const app = await loop.application(
      name,
      ({ status }) => status?.resources?.[0]?.name === 'one',
    );
    expect(app.spec).toMatchObject({
      project: name,
      source: { path: 'gitops/clusters/workload-cluster/jobs/team' },
      destination: { name: 'workload-cluster', namespace: 'team' },
    });

    await loop.commitJob('one.yaml', null, 'team');
    await eventually('the job and its Application gone', async () => {
      const job = await loop.read(loop.workload, `${jobs}/one`);
      const left = await loop.read(loop.management, `${APPS}/${name}`);
      return job || left ? undefined : true;
    });
  });
});
