import {
  encodeCursor,
  jobPosition,
  parseJobOrder,
  type JobSummary,
} from '@ml-platform/rayjob';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aJob, aList, someFacets } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const running = aJob({ name: 'run-a' });
const failed = aJob({
  name: 'run-b',
  state: 'failed',
  message: 'exit code 1',
  endedAt: '2025-12-01T12:02:00Z',
  createdAt: '2025-12-01T11:00:00Z',
});

const rowNames = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getByRole('link').textContent);

/** The cursor after a row, as the backend makes it. */
const after = (job: JobSummary) => {
  const order = parseJobOrder('-createdAt');
  return encodeCursor(jobPosition(job, order, 0), order);
};

describe('JobsPage', () => {
  let api: FakeRayApi;
  beforeEach(() => {
    api = new FakeRayApi();
  });

  async function show(path = '', items = [running, failed]) {
    renderRay({ api, path });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList(items) });
  }

  it('shows each job with its state in words and a link to its page', async () => {
    await show();
    expect(rowNames()).toEqual(['run-a', 'run-b']);
    const row = screen.getByRole('row', { name: /run-b/ });
    expect(within(row).getByText('Failed')).toBeInTheDocument();
    expect(within(row).getByText(/exit code 1/)).toBeInTheDocument();
    expect(within(row).getByText('1m 30s')).toBeInTheDocument();
    expect(within(row).getByRole('link', { name: 'run-b' })).toHaveAttribute(
      'href',
      '/ray/jobs/workload-cluster/training/run-b',
    );
  });

  it('shows the place of a queued job in short, and in full to screen readers', async () => {
    const queued = aJob({
      name: 'run-q',
      state: 'queued',
      queue: { name: 'training-queue', clusterQueue: 'gpu', position: 12 },
    });
    await show('', [queued, running]);
    const row = screen.getByRole('row', { name: /run-q/ });
    expect(within(row).getByText('#12 training-queue')).toHaveAttribute(
      'aria-hidden',
      'true',
    );
    expect(row).toHaveAccessibleName(
      /Queued.*position 12 in queue training-queue, cluster queue gpu/,
    );
    await api.sendJobs({
      event: 'upsert',
      data: {
        ...queued,
        queue: { ...queued.queue, name: 'training-queue', position: 11 },
      },
    });
    expect(within(row).getByText('#11 training-queue')).toBeInTheDocument();
    await api.sendJobs({
      event: 'upsert',
      data: { ...queued, state: 'running', queue: { name: 'training-queue' } },
    });
    expect(within(row).queryByText(/training-queue/)).not.toBeInTheDocument();
  });

  it('follows changes with one stream and announces them', async () => {
    await show();
    await api.sendJobs(
      {
        event: 'upsert',
        data: { ...running, state: 'succeeded', endedAt: running.startedAt },
      },
      {
        event: 'upsert',
        data: aJob({ name: 'run-c', createdAt: '2025-12-02T00:00:00Z' }),
      },
    );
    expect(rowNames()).toEqual(['run-c', 'run-a', 'run-b']);
    expect(
      await screen.findByText('run-a is now Succeeded'),
    ).toBeInTheDocument();
    await api.sendJobs({ event: 'remove', data: failed });
    expect(rowNames()).toEqual(['run-c', 'run-a']);
    expect(api.jobStreams).toHaveLength(1);
  });

  it('counts the states and filters by them', async () => {
    await show();
    const strip = screen.getByRole('region', { name: 'Jobs by state' });
    expect(
      within(strip).getByRole('button', { name: '– Failed' }),
    ).toBeInTheDocument();
    await api.sendJobs({
      event: 'counts',
      data: {
        total: 12_346,
        states: { running: 10_000, failed: 1, queued: 2_000, pending: 345 },
      },
    });
    expect(
      within(strip).getByRole('button', { name: '10,000 Running' }),
    ).toBeInTheDocument();
    expect(
      within(strip).getByRole('button', { name: '2,345 Waiting' }),
    ).toBeInTheDocument();
    expect(screen.getByText('2 of 12,346 jobs')).toBeInTheDocument();
    await userEvent.click(
      within(strip).getByRole('button', { name: '1 Failed' }),
    );
    await waitFor(() =>
      expect(api.jobStreams.map(({ request }) => request.filter)).toEqual([
        { state: ['failed'] },
      ]),
    );
    expect(
      within(strip).getByRole('button', { name: /Failed$/ }),
    ).toHaveAttribute('aria-pressed', 'true');
  });

  it('reads the filter, the dates and the order from the address', async () => {
    await show(
      '?state=running&cluster=a&cluster=b&q=hello&sort=-duration&since=2026-11-01&until=2026-11-15',
    );
    expect(api.jobStreams[0].request).toEqual({
      filter: {
        state: ['running'],
        cluster: ['a', 'b'],
        q: 'hello',
        // Days of Berlin.
        since: '2026-10-31T23:00:00Z',
        until: '2026-11-15T23:00:00Z',
      },
      sort: '-duration',
      limit: 100,
      counts: true,
    });
    expect(screen.getByLabelText('From')).toHaveValue('2026-11-01');
    expect(
      screen.getByRole('searchbox', { name: 'Search training jobs' }),
    ).toHaveValue('hello');
    expect(
      screen.getByRole('columnheader', { name: /Duration/ }),
    ).toHaveAttribute('aria-sort', 'descending');
  });

  it('searches when the user stops typing', async () => {
    await show();
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search training jobs' }),
      'stellar',
    );
    await waitFor(() =>
      expect(api.jobStreams[0]?.request.filter).toEqual({ q: 'stellar' }),
    );
  });

  it('cuts a search that is too long, and says so', async () => {
    await show();
    const field = screen.getByRole('searchbox', {
      name: 'Search training jobs',
    });
    await userEvent.click(field);
    await userEvent.paste('x'.repeat(260));
    expect(field).toHaveValue('x'.repeat(200));
    expect(screen.getByText(/at most 200 characters/)).toBeInTheDocument();
    await waitFor(() =>
      expect(api.jobStreams[0]?.request.filter.q).toBe('x'.repeat(200)),
    );
    await userEvent.clear(field);
    await userEvent.paste(`${'x'.repeat(199)}😀`);
    expect(field).toHaveValue('x'.repeat(199));
    await userEvent.type(field, '{Backspace}');
    expect(screen.queryByText(/at most 200 characters/)).toBeNull();
  });

  it('cuts a search in the address that is too long', async () => {
    await show(`?q=${'y'.repeat(300)}`);
    expect(api.jobStreams[0].request.filter.q).toBe('y'.repeat(200));
  });

  it('keeps the list and shows the reason when a search is refused', async () => {
    await show();
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search training jobs' }),
      'odd',
    );
    await waitFor(() =>
      expect(api.jobStreams[0]?.request.filter.q).toBe('odd'),
    );
    const error = Object.assign(new Error('q: not like this'), {
      name: 'InputError',
    });
    await api.setState({ kind: 'failed', error });
    expect(screen.getByRole('alert')).toHaveTextContent(/q: not like this/);
    expect(rowNames()).toEqual(['run-a', 'run-b']);
    expect(screen.getByRole('table')).toHaveAttribute('aria-busy', 'false');
  });

  it('asks the server to sort', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: 'Job' }));
    await waitFor(() => expect(api.jobStreams[0]?.request.sort).toBe('name'));
  });

  it('loads further pages by cursor when the end comes near', async () => {
    api.list = aList([failed], { total: 2 });
    renderRay({ api });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({
      event: 'snapshot',
      data: aList([running], { total: 2, nextCursor: after(running) }),
    });
    await waitFor(() => expect(rowNames()).toEqual(['run-a', 'run-b']));
    expect(api.asked).toEqual([
      {
        filter: {},
        sort: '-createdAt',
        limit: 200,
        cursor: after(running),
      },
    ]);
    expect(screen.getByText('2 of 2 jobs')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
    expect(api.jobStreams).toHaveLength(1);
  });

  it('says why a page did not come, and loads it on request', async () => {
    const listJobs = jest
      .spyOn(api, 'listJobs')
      .mockRejectedValueOnce(new Error('no connection'));
    api.list = aList([failed], { total: 2 });
    renderRay({ api });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({
      event: 'snapshot',
      data: aList([running], { total: 2, nextCursor: after(running) }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't load more jobs: no connection",
    );
    expect(listJobs).toHaveBeenCalledTimes(1);
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() => expect(rowNames()).toEqual(['run-a', 'run-b']));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('offers what the server names to filter by, several values of each', async () => {
    const values = ['ada', 'eve9', 'eve10'].map((name, i) => ({
      value: `user:default/${name}`,
      count: 1_000 * (i + 1),
    }));
    api.facets = someFacets({ owner: { values, others: 0 } });
    await show();
    await userEvent.click(screen.getByRole('textbox', { name: 'Owner' }));
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'ada1,000',
      'eve92,000',
      'eve103,000',
    ]);
    await userEvent.click(options[0]);
    await userEvent.click(screen.getByRole('option', { name: /eve10/ }));
    const owner = ['user:default/ada', 'user:default/eve10'];
    await waitFor(() =>
      expect(api.jobStreams[0]?.request.filter).toEqual({ owner }),
    );
    await waitFor(() => expect(api.counted.at(-1)).toEqual({ owner }));
  });

  it('limits the list to a time before now', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: /Any time/ }));
    await userEvent.click(
      screen.getByRole('option', { name: 'Last 24 hours' }),
    );
    await waitFor(() =>
      expect(api.jobStreams[0]?.request.filter.since).toBeDefined(),
    );
    const since = Date.parse(api.jobStreams[0].request.filter.since ?? '');
    const day = 24 * 3_600_000;
    expect(Math.abs(Date.now() - day - since)).toBeLessThan(120_000);
  });

  it("shows the user's own jobs", async () => {
    await show();
    const button = await screen.findByRole('button', { name: 'My jobs' });
    await userEvent.click(button);
    await waitFor(() =>
      expect(api.jobStreams[0]?.request.filter).toEqual({
        owner: ['user:default/guest'],
      }),
    );
    expect(button).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(button);
    await waitFor(() => expect(api.jobStreams[0]?.request.filter).toEqual({}));
  });

  it('keeps views of the list, and shows them again', async () => {
    await show('?state=failed&sort=name&unrelated=1');
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'Save this view…' }),
    );
    await userEvent.type(screen.getByLabelText('Name'), 'what failed');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    const views = await screen.findByRole('button', {
      name: 'View: what failed',
    });
    await userEvent.click(views);
    await userEvent.click(screen.getByRole('menuitem', { name: 'All jobs' }));
    await waitFor(() => expect(api.jobStreams[0]?.request.filter).toEqual({}));
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await userEvent.click(screen.getByText('what failed'));
    await waitFor(() =>
      expect(api.jobStreams[0]?.request).toMatchObject({
        filter: { state: ['failed'] },
        sort: 'name',
      }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'View: what failed' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete the view what failed' }),
    );
    expect(screen.queryByText('what failed')).toBeNull();
  });

  it('moves between rows with the keyboard', async () => {
    await show();
    screen.getByRole('link', { name: 'run-a' }).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'run-b' })).toHaveFocus();
    await userEvent.keyboard('k');
    expect(screen.getByRole('link', { name: 'run-a' })).toHaveFocus();
  });

  it('says what is wrong with a cluster, and shows the jobs of other clusters', async () => {
    await show();
    await api.sendJobs({
      event: 'clusters',
      data: [
        { name: 'workload-cluster', ok: true },
        { name: 'gpu-cluster', ok: false, error: 'connection refused' },
      ],
    });
    expect(screen.getByRole('alert')).toHaveTextContent(
      /Jobs from gpu-cluster may be missing or out of date: connection refused\./,
    );
    expect(rowNames()).toEqual(['run-a', 'run-b']);
  });

  it('says how many jobs of a cluster have been read, until all are', async () => {
    const reading = {
      name: 'workload-cluster',
      ok: false,
      error: 'Reading jobs: 2,500 so far',
    };
    renderRay({ api });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({
      event: 'snapshot',
      data: aList([], { clusters: [reading] }),
    });
    expect(screen.getByRole('alert')).toHaveTextContent(
      /Reading jobs: 2,500 so far/,
    );
    expect(
      screen.getByRole('heading', { name: 'No training job so far' }),
    ).toBeInTheDocument();
    await api.sendJobs(
      { event: 'upsert', data: running },
      { event: 'clusters', data: [{ ...reading, error: 'Reading jobs: 5' }] },
    );
    expect(screen.getByRole('alert')).toHaveTextContent(/Reading jobs: 5/);
    expect(screen.getByText('1 of 1 job so far')).toBeInTheDocument();
    await api.sendJobs({
      event: 'clusters',
      data: [{ name: 'workload-cluster', ok: true }],
    });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('1 of 1 job')).toBeInTheDocument();
  });

  it('says what to do when there are no jobs', async () => {
    await show('', []);
    expect(
      screen.getByRole('heading', { name: 'No training jobs yet' }),
    ).toBeInTheDocument();
  });

  it('offers to clear filters that match nothing', async () => {
    await show('?q=nothing', []);
    const [button] = screen.getAllByRole('button', { name: 'Clear filters' });
    await userEvent.click(button);
    await waitFor(() => expect(api.jobStreams[0]?.request.filter).toEqual({}));
  });

  it('keeps the rows and says so while it reconnects', async () => {
    await show();
    const [{ handlers }] = api.jobStreams;
    await waitFor(() => {
      handlers.onState({ kind: 'reconnecting', error: new Error('lost') });
      expect(screen.getByText(/Reconnecting…/)).toBeInTheDocument();
    });
    expect(rowNames()).toEqual(['run-a', 'run-b']);
  });

  it('shows only the jobs of the new snapshot after a reconnect', async () => {
    await show();
    await api.setState({ kind: 'reconnecting', error: new Error('lost') });
    await api.sendJobs({ event: 'snapshot', data: aList([running]) });
    expect(rowNames()).toEqual(['run-a']);
    expect(screen.queryByText(/Reconnecting…/)).toBeNull();
  });

  it('removes the rows when the user may no longer see them', async () => {
    await show();
    const error = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    await api.setState({ kind: 'failed', error });
    expect(screen.getByRole('alert')).toHaveTextContent(/Couldn't load/);
    expect(screen.queryByText('run-a')).toBeNull();
  });

  it('offers to retry when the stream is refused', async () => {
    renderRay({ api });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    const [{ handlers }] = api.jobStreams;
    await waitFor(() => {
      handlers.onState({ kind: 'failed', error: new Error('not allowed') });
      expect(screen.getByText(/not allowed/)).toBeInTheDocument();
    });
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await api.sendJobs({ event: 'snapshot', data: aList([running]) });
    expect(rowNames()).toEqual(['run-a']);
  });
});
