import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const job = aJob({ name: 'run-a' });
const lines = (...texts: string[]) => ({
  event: 'lines' as const,
  data: { lines: texts.map(text => ({ text })) },
});
const log = () => screen.getByRole('log');

describe('LogViewer', () => {
  let api: FakeRayApi;
  beforeEach(() => {
    api = new FakeRayApi();
    localStorage.clear();
  });

  async function show(search = '') {
    api.detail = aDetail(job, {
      logSources: [
        { id: 'driver', title: 'Driver', kind: 'driver' },
        { id: 'pod/h/ray-head', title: 'Head', kind: 'container' },
      ],
    });
    renderRay({
      api,
      path: `/jobs/workload-cluster/training/run-a/logs${search}`,
    });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
    await waitFor(() => expect(api.logStreams).toHaveLength(1));
  }

  it('shows lines as they come, in their colours, as text', async () => {
    await show();
    await api.sendLog(lines('\u001b[31mred\u001b[0m <b>not bold</b>'));
    await api.sendLog(lines('\r 10%\r100% done'));
    expect(within(log()).getByText('red')).toHaveStyle({ color: '#ff7b72' });
    expect(log()).toHaveTextContent('<b>not bold</b>');
    expect(log()).toHaveTextContent('100% done');
    expect(log()).not.toHaveTextContent(' 10%');
    expect(screen.getByText('2 lines')).toBeInTheDocument();
  });

  it('says in the flow that it waits, what is missing and that it ended', async () => {
    await show();
    await api.sendLog({ event: 'waiting', data: { message: 'Pulling image' } });
    expect(log()).toHaveTextContent('Pulling image');
    await api.sendLog(
      lines('a'),
      { event: 'gap', data: { reason: 'Lines are missing here' } },
      lines('b'),
      { event: 'end', data: { reason: 'completed' } },
    );
    expect(log()).toHaveTextContent(
      /a.*Lines are missing here.*b.*End of the log/,
    );
    expect(log()).not.toHaveTextContent('Pulling image');
    expect(screen.getByText('Ended')).toBeInTheDocument();
  });

  it('puts only what is in view into the page', async () => {
    await show();
    await api.sendLog(
      lines(...Array.from({ length: 20_000 }, (_, i) => `line ${i}`)),
    );
    expect(screen.getByText('20,000 lines')).toBeInTheDocument();
    expect(log().querySelectorAll('[data-line]').length).toBeLessThan(100);
  });

  it('finds lines and steps through them with keys', async () => {
    await show();
    await api.sendLog(lines('loss 1', 'other', 'loss 2', 'loss 3'));
    await userEvent.keyboard('/');
    expect(screen.getByRole('textbox', { name: 'Find in log' })).toHaveFocus();
    await userEvent.keyboard('loss{Enter}');
    expect(await screen.findByText('1 of 3 lines')).toBeInTheDocument();
    expect(log().querySelectorAll('mark')).toHaveLength(3);
    log().focus();
    await userEvent.keyboard('n');
    expect(screen.getByText('2 of 3 lines')).toBeInTheDocument();
    await userEvent.keyboard('NN');
    expect(screen.getByText('3 of 3 lines')).toBeInTheDocument();
    await api.sendLog(lines('loss 4'));
    expect(screen.getByText('3 of 4 lines')).toBeInTheDocument();
  });

  it('stops following with f and counts what comes meanwhile', async () => {
    await show();
    await api.sendLog(lines('a'));
    log().focus();
    await userEvent.keyboard('f');
    await api.sendLog(lines('b', 'c'));
    await userEvent.click(
      screen.getByRole('button', { name: /Jump to latest · 2 new lines/ }),
    );
    expect(screen.queryByRole('button', { name: /Jump to latest/ })).toBeNull();
    expect(
      screen.getByRole('button', { name: 'Follow the end (f)' }),
    ).toHaveAttribute('aria-pressed', 'true');
  });

  it('selects lines by their numbers and copies them as text', async () => {
    const user = userEvent.setup();
    const copy = jest.spyOn(navigator.clipboard, 'writeText');
    await show();
    await api.sendLog(lines('a', '\u001b[32mb\u001b[0m', 'c', 'd'));
    await user.click(screen.getByRole('button', { name: 'Line 2' }));
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('button', { name: 'Line 3' }));
    await user.keyboard('{/Shift}');
    await user.click(
      screen.getByRole('button', { name: 'Copy 2 selected lines' }),
    );
    expect(copy).toHaveBeenCalledWith('b\nc\n');
  });

  it('goes to the line that the address names, and stays there', async () => {
    await show('?line=2');
    await api.sendLog(lines('a', 'b', 'c'));
    expect(
      await screen.findByRole('button', { name: /Jump to latest/ }),
    ).toBeInTheDocument();
  });

  it('reads another source when it is chosen, also from before its restart', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: /Source/ }));
    await userEvent.click(
      screen.getByRole('option', { name: 'Head (before its last restart)' }),
    );
    await waitFor(() =>
      expect(api.logStreams.map(({ request }) => request)).toEqual([
        { source: 'pod/h/ray-head', previous: true, tail: 200_000 },
      ]),
    );
  });

  it('keeps the lines and says so while it reconnects', async () => {
    await show();
    await api.sendLog(lines('a'));
    const [{ handlers }] = api.logStreams;
    await waitFor(() => {
      handlers.onState({ kind: 'reconnecting', error: new Error('lost') });
      expect(screen.getByText(/Reconnecting…/)).toBeInTheDocument();
    });
    await api.sendLog(lines('b'));
    expect(screen.getByText('Live')).toBeInTheDocument();
    expect(screen.getByText('2 lines')).toBeInTheDocument();
  });
});
