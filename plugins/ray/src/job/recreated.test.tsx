import { screen, waitFor } from '@testing-library/react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const PATH = '/jobs/workload-cluster/training/redo';
const first = aJob({ name: 'redo', uid: 'uid-1', entrypoint: 'first.py' });
const second = aJob({
  name: 'redo',
  uid: 'uid-2',
  entrypoint: 'second.py',
  state: 'pending',
  startedAt: undefined,
});
const over = aDetail({ ...first, state: 'stopped' }, { live: false });

describe('a job that is deleted and created again under the same name', () => {
  let api: FakeRayApi;
  beforeEach(() => {
    api = new FakeRayApi();
    api.detail = aDetail(first);
  });

  async function show(path = '') {
    renderRay({ api, path: `${PATH}${path}` });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    const current = api.detail?.summary ?? first;
    await api.sendJobs({ event: 'snapshot', data: aList([current]) });
    await screen.findByRole('heading', { name: 'redo', level: 1 });
  }

  async function createAgain() {
    api.detail = aDetail(second);
    await api.sendJobs(
      { event: 'remove', data: first },
      { event: 'upsert', data: second },
    );
  }

  it('shows the new run everywhere and links the earlier one', async () => {
    api.earlier = [over];
    await show();
    expect(screen.getByText('first.py')).toBeInTheDocument();
    await createAgain();
    expect(await screen.findByText('second.py')).toBeInTheDocument();
    expect(screen.queryByText('first.py')).toBeNull();
    expect(screen.getAllByRole('status')[0]).toHaveTextContent('Pending');
    expect(screen.getByText(/created again/)).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Show the earlier run' }),
    ).toHaveAttribute('href', `/ray${PATH}?uid=uid-1`);
  });

  it("has no link to an earlier run that isn't kept", async () => {
    await show();
    await createAgain();
    expect(await screen.findByText(/created again/)).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /earlier run/ })).toBeNull();
  });

  it('reads the log of the new run from its start', async () => {
    await show('/logs?source=pod%2Fgone%2Fx&line=2');
    await waitFor(() => expect(api.logs.streams).toHaveLength(1));
    expect(api.logs.streams[0]).toMatchObject({
      uid: 'uid-1',
      request: { source: 'pod/gone/x' },
    });
    await api.logs.write('gen1 line 0', 'gen1 line 1');
    expect(screen.getByRole('log')).toHaveTextContent('gen1 line 1');
    await createAgain();
    await waitFor(() =>
      expect(api.logs.streams).toMatchObject([
        { uid: 'uid-2', request: { source: 'driver' } },
      ]),
    );
    api.logs.clear();
    await api.logs.write('gen2 line 0');
    expect(screen.getByRole('log')).toHaveTextContent('gen2 line 0');
    expect(screen.getByRole('log')).not.toHaveTextContent('gen1');
    // The selected line belonged to the log of the earlier run.
    expect(screen.queryByRole('button', { name: /selected lines/ })).toBeNull();
  });

  it('shows an earlier run by its uid, without actions, with all that is kept', async () => {
    api.detail = aDetail(second);
    api.earlier = [over];
    await show('?uid=uid-1');
    expect(screen.getByText('first.py')).toBeInTheDocument();
    expect(screen.getAllByRole('status')[0]).toHaveTextContent('Stopped');
    expect(
      screen.getByRole('link', { name: 'Show the current run' }),
    ).toHaveAttribute('href', `/ray${PATH}`);
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    for (const part of ['logs', 'manifest', 'events']) {
      expect(
        screen.getByRole('tab', { name: new RegExp(part, 'i') }),
      ).toHaveAttribute('href', `/ray${PATH}/${part}?uid=uid-1`);
    }
  });

  it('shows the events of the earlier run, and not of the current one', async () => {
    api.detail = aDetail(second);
    api.earlier = [over];
    await show('/events?uid=uid-1');
    await waitFor(() => expect(api.eventsOf).toContain('uid-1'));
    expect(api.eventsOf).not.toContain(undefined);
  });

  it('reads the log of the earlier run in the address', async () => {
    api.detail = aDetail(second);
    api.earlier = [over];
    await show('/logs?uid=uid-1');
    await waitFor(() =>
      expect(api.logs.streams).toMatchObject([{ uid: 'uid-1' }]),
    );
  });
});
