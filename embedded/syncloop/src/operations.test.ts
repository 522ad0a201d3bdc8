import {
  APPS,
  jobManifest,
  SyncLoopHarness,
} from './__testUtils__/testSyncLoop';

jest.setTimeout(60_000);

const APP = 'by-hand';
const FOLDER = 'gitops/by-hand';

/** Follows a folder of jobs, and syncs only when it is asked to. */
const APPLICATION = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: APP, namespace: 'argocd' },
  spec: {
    project: 'workload-cluster-jobs-training',
    source: {
      repoURL: 'https://github.com/ml-platform/ml-platform',
      targetRevision: 'main',
      path: FOLDER,
    },
    destination: { name: 'workload-cluster', namespace: 'training' },
  },
};

describe('a sync that somebody asks for', () => {
  let loop: SyncLoopHarness;

  beforeAll(async () => {
    loop = await SyncLoopHarness.start();
    await loop.commit(`${FOLDER}/README.md`, 'Jobs\n');
    // The namespace of the jobs is there.
    await loop.application(
      'workload-cluster-namespaces',
      ({ status }) => status?.sync.status === 'Synced',
    );
    await loop.management.request('POST', APPS, { body: APPLICATION });
    await loop.application(APP, ({ status }) => status !== undefined);
  });

  afterAll(() => loop.close());

  const patch = (body: object) =>
    loop.management.request('PATCH', `${APPS}/${APP}`, {
      contentType: 'application/merge-patch+json',
      body,
    });
  const ask = (sync: object = {}) =>
    patch({ operation: { initiatedBy: { username: 'ada' }, sync } });

  /** The Application once nothing is asked for any more. */
  const answered = () =>
    loop.application(
      APP,
      ({ operation, status }) =>
        operation === undefined && status?.operationState !== undefined,
    );

  it('is done where nothing is automated, and leaves its result', async () => {
    const revision = await loop.commit(
      `${FOLDER}/job.yaml`,
      jobManifest('by-hand'),
    );
    await loop.application(
      APP,
      ({ status }) =>
        status?.sync.revision === revision &&
        status.sync.status === 'OutOfSync',
    );
    await ask();
    await loop.rayJob('by-hand');
    expect((await answered()).status).toMatchObject({
      sync: { status: 'Synced' },
      operationState: {
        phase: 'Succeeded',
        operation: { initiatedBy: { username: 'ada' } },
        syncResult: {
          revision,
          resources: [{ name: 'by-hand', status: 'Synced' }],
        },
      },
    });
  });

  it('brings only the objects that it names', async () => {
    await loop.commit(`${FOLDER}/second.yaml`, jobManifest('second'));
    const revision = await loop.commit(
      `${FOLDER}/third.yaml`,
      jobManifest('third'),
    );
    await loop.application(
      APP,
      ({ status }) => status?.sync.revision === revision,
    );
    const named = { group: 'ray.io', kind: 'RayJob', namespace: 'training' };
    await ask({ resources: [{ ...named, name: 'third' }] });
    await loop.rayJob('third');
    const { status } = await answered();
    expect(status?.operationState?.syncResult?.resources).toMatchObject([
      { name: 'third', status: 'Synced' },
    ]);
    expect(
      status?.resources?.find(({ name }) => name === 'second')?.status,
    ).toBe('OutOfSync');
    await loop.commit(`${FOLDER}/second.yaml`, null);
    const removed = await loop.commit(`${FOLDER}/third.yaml`, null);
    await loop.application(
      APP,
      application => application.status?.sync.revision === removed,
    );
    await ask({ prune: true });
    await loop.gone('third');
  });

  it('prunes only where it says so', async () => {
    const revision = await loop.commit(`${FOLDER}/job.yaml`, null);
    await loop.application(
      APP,
      ({ status }) => status?.sync.revision === revision,
    );
    await ask();
    const kept = await answered();
    expect(kept.status?.resources).toMatchObject([
      { name: 'by-hand', requiresPruning: true },
    ]);
    await ask({ prune: true });
    await loop.gone('by-hand');
  });

  it('fails, and says why, where it asks for what is not followed', async () => {
    await ask({ dryRun: true });
    expect((await answered()).status?.operationState).toMatchObject({
      phase: 'Error',
      message: expect.stringContaining('dryRun'),
    });
  });

  it('fails, and says why, where nothing can be compared', async () => {
    await patch({ spec: { destination: { name: 'nowhere' } } });
    await loop.application(
      APP,
      ({ status }) => status?.conditions?.[0]?.type === 'InvalidSpecError',
    );
    await ask();
    const failed = await loop.application(
      APP,
      ({ operation, status }) =>
        operation === undefined &&
        status?.operationState?.message.includes('nowhere') === true,
    );
    expect(failed.status?.operationState?.phase).toBe('Error');
  });
});
