import { startTestApiServer } from '@ml-platform/embedded-apiserver/testUtils';
import {
  eventually,
  jobManifest,
  SyncLoopHarness,
} from './__testUtils__/testSyncLoop';

jest.setTimeout(60_000);

describe('the sync loop in trouble', () => {
  let loop: SyncLoopHarness;

  beforeAll(async () => {
    loop = await SyncLoopHarness.start();
  });

  afterAll(() => loop.close());

  it('reports a bad manifest and applies the others', async () => {
    await loop.commitJob('broken.yaml', 'apiVersion: ray.io/v1\nkind: [');
    await loop.commitJob(
      'unknown.yaml',
      'apiVersion: ray.io/v1\nkind: Rayjob\nmetadata: {name: unknown}\n',
    );
    await loop.commitJob('good.yaml', jobManifest('good'));
    await loop.rayJob('good');
    const app = await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) => status?.operationState?.phase === 'Failed',
    );
    const messages = app.status?.conditions?.map(({ message }) => message);
    expect(messages?.join('\n')).toMatch(/broken\.yaml/);
    expect(messages?.join('\n')).toMatch(/no kind Rayjob in ray\.io\/v1/);
    expect(app.status?.sync.status).toBe('OutOfSync');
    const events = await eventually('an event', async () => {
      const list = await loop.read<{
        items: { type: string; message: string }[];
      }>(loop.management, '/api/v1/namespaces/argocd/events');
      const warnings = list?.items.filter(({ type }) => type === 'Warning');
      return warnings?.some(({ message }) => message.includes('broken.yaml'))
        ? warnings
        : undefined;
    });
    expect(events.length).toBeGreaterThan(0);

    // A file that can't be read may hold any object: nothing is pruned meanwhile.
    const removed = await loop.commitJob('good.yaml', null);
    await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) =>
        status?.sync.revision === removed &&
        status.operationState?.phase === 'Failed',
    );
    await loop.rayJob('good');
    await loop.commitJob('broken.yaml', null);
    await loop.commitJob('unknown.yaml', null);
    await loop.gone('good');
    await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) =>
        status?.sync.status === 'Synced' && status.conditions?.length === 0,
    );
  });

  it('looks at once when asked with the refresh annotation', async () => {
    await loop.stopLoop();
    loop.startLoop();
    await loop.application('root', ({ status }) => Boolean(status));
    const app = await loop.refreshed('workload-cluster-jobs-training');
    expect(app.status?.sync.status).toBe('Synced');
  });

  it("says which cluster doesn't answer, and continues when it is back", async () => {
    await loop.stopLoop();
    const { url, dataDir } = loop.workload;
    await loop.workload.stop();
    loop.startLoop();
    const down = await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) =>
        Boolean(
          status?.conditions?.some(({ type }) => type === 'ComparisonError'),
        ),
    );
    expect(down.status?.sync.status).toBe('Unknown');
    const root = await loop.application('root', ({ status }) =>
      Boolean(status),
    );
    expect(root.status?.sync.status).toBe('Synced');
    await loop.commitJob('late.yaml', jobManifest('late'));
    loop.workload = await startTestApiServer({
      dataDir,
      port: Number(new URL(url).port),
    });
    await loop.rayJob('late');
    await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) => status?.sync.status === 'Synced',
    );
  });

  it('leaves what another installation brought to a shared cluster', async () => {
    await loop.stopLoop();
    loop.startLoop();
    await loop.commitJob('theirs.yaml', jobManifest('theirs'));
    await loop.commitJob('same.yaml', jobManifest('same'));
    const same = await loop.rayJob('same');
    await loop.commitJob('gone-from-git.yaml', jobManifest('gone-from-git'));
    const before = await loop.rayJob('theirs');
    await loop.rayJob('gone-from-git');
    await loop.stopLoop();
    await loop.commitJob('gone-from-git.yaml', null);
    await loop.commitJob(
      'theirs.yaml',
      jobManifest('theirs').replace('train.py', 'other.py'),
    );
    await loop.commitJob('ours.yaml', jobManifest('ours'));

    loop.startLoop('here');
    const ours = await loop.rayJob('ours');
    expect(ours.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/tracking-id':
        'here-workload-cluster-jobs-training:ray.io/RayJob:training/ours',
    });
    const app = await loop.application(
      'workload-cluster-jobs-training',
      ({ status }) => status?.operationState?.phase === 'Failed',
    );
    expect(app.status?.operationState?.message).toMatch(
      /RayJob theirs belongs to the Application workload-cluster-jobs-training of another installation/,
    );
    // What is there already as git has it is no trouble, whoever brought it.
    expect(
      app.status?.resources?.find(({ name }) => name === 'same')?.status,
    ).toBe('Synced');
    await expect(loop.rayJob('same')).resolves.toEqual(same);
    await expect(loop.rayJob('theirs')).resolves.toEqual(before);
    await loop.rayJob('gone-from-git');
  });
});
