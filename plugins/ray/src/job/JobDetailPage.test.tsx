import type { JobSummary } from '@ml-platform/rayjob';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const gitops = { path: 'gitops/a.yaml', pullRequestUrl: 'http://git.test/1' };
const waiting = aJob({
  name: 'run-a',
  state: 'awaiting-merge',
  startedAt: undefined,
  gitops,
});
const running = aJob({ name: 'run-a', gitops });

describe('JobDetailPage', () => {
  let api: FakeRayApi;
  beforeEach(() => {
    api = new FakeRayApi();
  });

  async function show(job: JobSummary, tab = '', allowed = true) {
    api.detail ??= aDetail(job);
    renderRay({
      api,
      allowed,
      path: `/jobs/workload-cluster/training/${job.name}${tab}`,
    });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
    await screen.findByRole('heading', { name: job.name, level: 1 });
  }

  it('links the pull request that a job waits for', async () => {
    await show(waiting);
    expect(
      screen.getByRole('button', { name: /^Open the pull request/ }),
    ).toHaveAttribute('href', 'http://git.test/1');
    const stages = screen.getByRole('list', { name: 'Stages of this run' });
    expect(within(stages).getAllByRole('listitem')[0]).toHaveAttribute(
      'aria-current',
      'step',
    );
  });

  it('updates from the pull request to the end without a reload', async () => {
    await show(waiting);
    const stages = screen.getByRole('list', { name: 'Stages of this run' });
    for (const [state, step] of [
      ['awaiting-sync', 'Sync'],
      ['pending', 'Cluster starting'],
      ['running', 'Running'],
    ] as const) {
      const job = { ...running, state };
      api.detail = aDetail(job);
      await api.sendJobs({ event: 'upsert', data: job });
      await waitFor(() =>
        expect(
          within(stages)
            .getAllByRole('listitem')
            .find(item => item.getAttribute('aria-current')),
        ).toHaveTextContent(step),
      );
    }
    const done = {
      ...running,
      state: 'succeeded' as const,
      endedAt: '2025-12-01T12:03:00Z',
    };
    api.detail = aDetail(done);
    await api.sendJobs({ event: 'upsert', data: done });
    expect(within(stages).getAllByRole('listitem').pop()).toHaveTextContent(
      'Succeeded, done',
    );
    expect(api.jobStreams).toHaveLength(1);
  });

  it('says where a job is in its queue', async () => {
    const message =
      'Position 3 in training-queue (cluster queue gpu): waits for 8 more nvidia.com/gpu (flavor a100)';
    await show(
      aJob({
        name: 'run-q',
        state: 'queued',
        reason: 'Queued',
        message,
        startedAt: undefined,
        queue: { name: 'training-queue', clusterQueue: 'gpu', position: 3 },
      }),
    );
    expect(
      screen.getByText('position 3 in queue training-queue, cluster queue gpu'),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(
      `Waiting in its queue${message}`,
    );
    const stages = screen.getByRole('list', { name: 'Stages of this run' });
    expect(within(stages).getAllByRole('listitem')[0]).toHaveTextContent(
      /^Queue, now.*Position 3 in training-queue$/,
    );
    const fact = (title: string) => screen.getByText(title).nextSibling;
    expect(fact('Cluster queue')).toHaveTextContent('gpu');
    expect(fact('Position')).toHaveTextContent('3');
  });

  it('warns of a job that was written so that it does not do what it says', async () => {
    api.detail = { ...aDetail(running), warnings: ['Ray runs only echo.'] };
    await show(running);
    expect(screen.getByText('Ray runs only echo.')).toBeInTheDocument();
  });

  it('links the dashboards of a run, but only web pages', async () => {
    api.detail = {
      ...aDetail(running),
      dashboards: [
        { title: 'Grafana', url: 'https://g.example.com/d/ray?var-job=run-a' },
        { title: 'Bad', url: 'data:text/html,x' },
      ],
    };
    await show(running);
    expect(screen.getByRole('link', { name: /Grafana/ })).toHaveAttribute(
      'href',
      'https://g.example.com/d/ray?var-job=run-a',
    );
    expect(screen.queryByText('Bad')).not.toBeInTheDocument();
  });

  it('shows pods with their containers, restarts and a link to each log', async () => {
    api.detail = aDetail(running, {
      pods: [
        {
          name: 'run-a-head',
          role: 'head',
          phase: 'Running',
          createdAt: running.createdAt,
          containers: [
            {
              name: 'ray-head',
              image: 'x',
              ready: true,
              restartCount: 3,
              state: 'running',
            },
          ],
        },
      ],
      logSources: [
        { id: 'driver', title: 'Driver', kind: 'driver' },
        { id: 'pod/run-a-head/ray-head', title: 'Head', kind: 'container' },
      ],
    });
    await show(running);
    const table = screen.getByRole('table', { name: 'Pods and containers' });
    const row = within(table).getByRole('row', { name: /run-a-head/ });
    expect(within(row).getByText('3')).toBeInTheDocument();
    expect(within(row).getByRole('link')).toHaveAttribute(
      'href',
      '/ray/jobs/workload-cluster/training/run-a/logs?source=pod%2Frun-a-head%2Fray-head',
    );
  });

  it('has a path for each tab', async () => {
    await show(running);
    await userEvent.click(screen.getByRole('tab', { name: 'Manifest' }));
    await waitFor(() => expect(screen.getByText(/RayJob/)).toBeInTheDocument());
    expect(screen.getByRole('tab', { name: 'Manifest' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  it('shows the newest events first, and only warnings on request', async () => {
    const event = (reason: string, type: 'Normal' | 'Warning', at: string) => ({
      type,
      reason,
      message: `${reason} happened`,
      count: 1,
      firstSeen: at,
      lastSeen: at,
      object: { kind: 'Pod', name: 'p' },
    });
    api.events = [
      event('Scheduled', 'Normal', '2025-12-01T12:00:00Z'),
      event('Failed', 'Warning', '2025-12-01T12:01:00Z'),
    ];
    await show(running, '/events');
    const table = await screen.findByRole('table', { name: 'Events' });
    const rows = () =>
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent);
    expect(rows()[0]).toMatch(/Warning.*Failed/);
    await userEvent.click(screen.getByRole('button', { name: '1 warning' }));
    expect(rows()).toHaveLength(1);
    expect(screen.queryByText(/left out/)).toBeNull();
  });

  it.each([true, false])(
    'says in words how a container ended (its log may be read: %s)',
    async allowed => {
      const job = { ...running, name: `ended-${allowed}` };
      const container = {
        name: 'ray-worker',
        image: 'i',
        ready: false,
        restartCount: 0,
        state: 'terminated',
        reason: 'OOMKilled',
        exitCode: 137,
      } as const;
      const pod = {
        name: 'w',
        role: 'worker',
        phase: 'Failed',
        createdAt: '2025-12-01T12:00:00Z',
        containers: [container],
      } as const;
      api.detail = aDetail(job, { pods: [pod] });
      await show(job, '', allowed);
      expect(
        await screen.findByText(
          /^Ended: Out of memory, exit code 137 \(SIGKILL/,
        ),
      ).toBeVisible();
      const log = { name: 'Log of w' };
      await waitFor(() =>
        expect(screen.queryAllByRole('link', log)).toHaveLength(
          allowed ? 1 : 0,
        ),
      );
    },
  );

  it('says that older events were left out', async () => {
    api.events = [
      {
        type: 'Normal',
        reason: 'Scheduled',
        message: '',
        count: 1,
        firstSeen: '2025-12-01T12:00:00Z',
        lastSeen: '2025-12-01T12:00:00Z',
        object: { kind: 'Pod', name: 'p' },
      },
    ];
    api.olderLeftOut = true;
    await show(running, '/events');
    expect(await screen.findByText(/Older ones are left out/)).toBeVisible();
  });

  it('asks before it stops a job', async () => {
    await show(running);
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    const dialog = screen.getByRole('dialog', { name: 'Stop run-a?' });
    expect(dialog).toHaveTextContent(/opens a pull request/);
    expect(api.actions).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(api.actions).toEqual(['stop run-a']));
  });

  it('hides actions that the user has no permission for', async () => {
    // Permission decisions are cached by job, so this needs a job of its own.
    await show({ ...running, name: 'run-b' }, '', false);
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull(),
    );
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  });

  it('says that there is no such job, and shows the job when it exists', async () => {
    renderRay({ api, path: '/jobs/workload-cluster/training/run-a' });
    expect(
      await screen.findByRole('heading', {
        name: 'There is no such training job',
      }),
    ).toBeInTheDocument();
    api.detail = aDetail(waiting);
    await api.sendJobs({ event: 'upsert', data: waiting });
    expect(
      await screen.findByRole('heading', { name: 'run-a' }),
    ).toBeInTheDocument();
  });

  it('shows that a job was deleted while the connection was lost', async () => {
    await show(running);
    await api.setState({ kind: 'reconnecting', error: new Error('lost') });
    expect(screen.getByText(/Reconnecting…/)).toBeInTheDocument();
    api.detail = undefined;
    await api.sendJobs({ event: 'snapshot', data: aList([]) });
    expect(
      await screen.findByRole('heading', {
        name: 'There is no such training job',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText('run-a')).toBeNull();
  });

  it('loads all parts of a job again after a reconnect', async () => {
    await show(running);
    await api.setState({ kind: 'reconnecting', error: new Error('lost') });
    api.detail = aDetail(running, {
      attempts: [{ attempt: 1, rayCluster: 'run-a-xyz', state: 'running' }],
    });
    await api.setState({ kind: 'live' });
    expect(await screen.findByText('run-a-xyz')).toBeInTheDocument();
  });

  it("says so when the newest details can't be loaded", async () => {
    await show(running);
    api.failure = new Error('upstream timed out');
    await api.sendJobs({ event: 'upsert', data: { ...running, attempt: 2 } });
    expect(
      await screen.findByText(/Couldn't load the newest details: upstream/),
    ).toBeInTheDocument();
    api.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(screen.queryByText(/upstream/)).toBeNull());
  });

  it("doesn't call a job missing while its cluster is being read", async () => {
    renderRay({ api, path: '/jobs/workload-cluster/training/run-a' });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    const reading = { name: 'workload-cluster', ok: false, error: '10 so far' };
    await api.sendJobs({
      event: 'snapshot',
      data: aList([], { clusters: [reading] }),
    });
    expect(
      await screen.findByRole('heading', {
        name: "This training job isn't known yet",
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(/10 so far/);
    api.detail = aDetail(running);
    await api.sendJobs({
      event: 'clusters',
      data: [{ name: 'workload-cluster', ok: true }],
    });
    expect(
      await screen.findByRole('heading', { name: 'run-a' }),
    ).toBeInTheDocument();
  });
});
