import type {
  JobDetail,
  JobSync,
} from '@ml-platform/backstage-plugin-ray-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const gitops = { path: 'gitops/a.yaml', pullRequestUrl: 'http://git.test/1' };
const running = aJob({ name: 'run-a', gitops });
const merged = aJob({
  name: 'run-a',
  state: 'awaiting-sync',
  startedAt: undefined,
  gitops,
});
const application = {
  namespace: 'argocd',
  name: 'jobs-training',
  health: 'Degraded',
  url: 'https://argocd.test/applications/argocd/jobs-training',
};
const SYNC: JobSync = {
  state: 'out-of-sync',
  message: 'Argo CD applies it soon.',
  application,
  automated: true,
  running: false,
  lastTriedAt: '2025-12-01T12:00:00Z',
};

async function show(
  job: typeof running,
  change: Partial<JobDetail>,
  allowed = true,
) {
  const api = new FakeRayApi();
  api.detail = aDetail(job, change);
  renderRay({
    api,
    allowed,
    path: `/jobs/workload-cluster/training/${job.name}`,
  });
  await waitFor(() => expect(api.jobStreams).toHaveLength(1));
  await api.sendJobs({ event: 'snapshot', data: aList([job]) });
  await screen.findByRole('heading', { name: job.name, level: 1 });
  return api;
}

/** The notices above the sections of the page. */
const notice = () => screen.queryByRole('alert');

describe("what a job's page tells of the sync", () => {
  it('is what Argo CD says of a merged job, live', async () => {
    const api = await show(merged, { sync: SYNC, live: false });
    expect(notice()).toHaveTextContent(
      /^Merged, waiting for the next syncArgo CD applies it soon\.Out of sync · last sync .* ago · jobs-training/,
    );
    expect(screen.queryByText(/You don't need to do anything/)).toBeNull();
    expect(
      screen.getAllByRole('link', { name: /^jobs-training/ })[0],
    ).toHaveAttribute('href', application.url);
    expect(api.syncStreams.map(({ request }) => request)).toEqual([
      { cluster: 'workload-cluster', namespace: 'training', name: 'run-a' },
    ]);

    await api.sendSync({ ...SYNC, running: true });
    expect(notice()).toHaveTextContent('a sync is running');
    await api.sendSync({
      ...SYNC,
      state: 'failed',
      message: 'Correct it.',
      error: 'Set spec.activeDeadlineSeconds',
    });
    expect(notice()).toHaveTextContent('The cluster refused this job');
    expect(notice()).toHaveTextContent('Set spec.activeDeadlineSeconds');
  });

  it('names the file that holds up the job', async () => {
    await show(merged, {
      live: false,
      sync: {
        ...SYNC,
        state: 'blocked',
        blockedBy: [
          {
            kind: 'RayJob',
            namespace: 'training',
            name: 'b',
            path: 'gitops/b.yaml',
            url: 'https://git.test/b.yaml',
            message: 'too large',
          },
          {
            kind: 'ConfigMap',
            namespace: 'training',
            name: 'settings',
            message: 'not permitted',
          },
        ],
      },
    });
    expect(notice()).toHaveTextContent('Another file holds up this job');
    const [first, second] = screen
      .getAllByRole('listitem')
      .filter(item => item.closest('[role=alert]'));
    expect(
      within(first).getByRole('link', { name: /^gitops\/b\.yaml/ }),
    ).toHaveAttribute('href', 'https://git.test/b.yaml');
    expect(first).toHaveTextContent('too large');
    expect(second).toHaveTextContent('ConfigMap settings');
  });

  it('asks for a sync, and says when that is refused', async () => {
    const api = await show(merged, { sync: SYNC, live: false });
    const button = await screen.findByRole('button', { name: 'Sync now' });
    await userEvent.click(button);
    expect(api.actions).toEqual(['sync run-a']);
    await api.sendSync({ ...SYNC, running: true });
    expect(screen.getByRole('button', { name: 'Syncing…' })).toBeDisabled();
    await api.sendSync(SYNC);
    api.failure = new Error('Argo CD syncs jobs-training already');
    await userEvent.click(screen.getByRole('button', { name: 'Sync now' }));
    expect(
      await screen.findByText('Argo CD syncs jobs-training already'),
    ).toBeInTheDocument();
    await api.sendSync({ ...SYNC, state: 'no-application' });
    expect(screen.queryByRole('button', { name: 'Sync now' })).toBeNull();
  });

  it('offers no sync to those who may not ask for one', async () => {
    const theirs = { ...merged, name: 'run-b' };
    await show(theirs, { sync: SYNC, live: false }, false);
    expect(notice()).toHaveTextContent('Merged, waiting for the next sync');
    expect(screen.queryByRole('button', { name: 'Sync now' })).toBeNull();
  });

  it('is a line of the details while all is well, without a stream', async () => {
    const api = await show(running, { sync: { ...SYNC, state: 'synced' } });
    expect(notice()).toBeNull();
    expect(screen.getByText('Argo CD').nextSibling).toHaveTextContent(
      /^Synced · last sync .* ago · jobs-training.*\(Degraded\)$/,
    );
    expect(api.syncStreams).toHaveLength(0);
  });

  it('is nothing where the portal asks no Argo CD', async () => {
    const api = await show(merged, { live: false });
    expect(notice()).toHaveTextContent("You don't need to do anything");
    expect(screen.queryByText('Argo CD')).toBeNull();
    expect(api.syncStreams).toHaveLength(0);
  });
});
