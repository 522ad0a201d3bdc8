import { mockServices } from '@backstage/backend-test-utils';
import type { JobSummary } from '@ml-platform/rayjob';
import { FakeGitHub, testRepository } from '@ml-platform/gitops/testUtils';
import { JobIndex } from '../jobs/JobIndex';
import { manifestRow, UNREAD } from './manifestRow';
import { readCleanUp } from './readCleanUp';
import { scheduleCleanUp } from './scheduleCleanUp';

const path = (name: string) => `gitops/clusters/c/jobs/training/${name}.yaml`;
const manifest = (name: string) =>
  `apiVersion: ray.io/v1\nkind: RayJob\nmetadata:\n  name: ${name}\n  namespace: training\n`;

function onCluster(
  name: string,
  state: JobSummary['state'],
  endedAt?: string,
): JobSummary {
  const ref = { cluster: 'c', namespace: 'training', name };
  const row = manifestRow(UNREAD, {
    ref,
    state,
    message: '',
    createdAt: '2026-01-01T00:00:00Z',
    gitops: { path: path(name), manifestUrl: 'https://example.com' },
  });
  return { ...row, uid: name, endedAt };
}

describe('the clean-up of manifests', () => {
  it('proposes those of jobs that ended long ago', async () => {
    const names = ['old', 'new', 'runs'];
    const github = await FakeGitHub.start(
      Object.fromEntries(names.map(name => [path(name), manifest(name)])),
    );
    const left = 'ray-job/run/c/training/left';
    github.repository.now = '2026-01-29T23:00:00Z';
    github.repository.change(left, { [path('left')]: manifest('left') });
    const index = new JobIndex();
    index.setLive(onCluster('old', 'failed', '2026-01-01T00:00:00Z'));
    index.setLive(onCluster('new', 'succeeded', '2026-01-30T00:00:00Z'));
    index.setLive(onCluster('runs', 'running'));
    const scheduler = mockServices.scheduler.mock();
    const config = readCleanUp(
      mockServices.rootConfig({
        data: { ray: { gitops: { cleanUp: { after: '14d' } } } },
      }),
    );
    if (!config) throw new Error('There is a configuration');
    await scheduleCleanUp({
      config,
      scheduler,
      repository: testRepository(github),
      index,
      logger: mockServices.logger.mock(),
      clock: () => new Date('2026-01-31T00:00:00Z'),
    });
    const [task] = scheduler.scheduleTask.mock.calls[0];
    expect(task).toMatchObject({ scope: 'global', frequency: { days: 1 } });
    await task.fn(new AbortController().signal);
    const [{ title, head }] = github.repository.pulls;
    expect(title).toBe('Remove the manifests of 1 training job that ended');
    expect([...(github.repository.files(head)?.keys() ?? [])]).toEqual([
      path('new'),
      path('runs'),
    ]);
    expect(github.repository.refs.has(`heads/${left}`)).toBe(false);
    await github.stop();
  });

  it('is off unless it is configured', () => {
    expect(readCleanUp(mockServices.rootConfig())).toBeUndefined();
  });
});
