import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const job = aJob({ name: 'run-a' });
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
        {
          id: 'pod/h/ray-head',
          title: 'Head',
          kind: 'container',
          restartCount: 1,
        },
      ],
    });
    renderRay({
      api,
      path: `/jobs/workload-cluster/training/run-a/logs${search}`,
    });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
    await waitFor(() => expect(api.logs.streams).toHaveLength(1));
  }

  it('shows lines as they arrive, in their colors, as text', async () => {
    await show();
    await api.logs.write('\u001b[31mred\u001b[0m <b>not bold</b>');
    await api.logs.write('\r 10%\r100% done');
    expect(within(log()).getByText('red')).toHaveStyle({ color: '#ff7b72' });
    expect(log()).toHaveTextContent('<b>not bold</b>');
    expect(log()).toHaveTextContent('100% done');
    expect(log()).not.toHaveTextContent(' 10%');
    expect(screen.getByText('2 lines')).toBeInTheDocument();
  });

  it('says between the lines that it waits, that lines are missing, and that it ended', async () => {
    await show();
    await api.logs.say({ waiting: 'Pulling image' });
    expect(log()).toHaveTextContent('Pulling image');
    await api.logs.write('a', { number: 5, text: 'b' });
    await api.logs.say({
      missing: [{ line: 5, lines: 3, reason: 'The node rotated the log' }],
      waiting: undefined,
      state: 'ended',
      end: 'completed',
    });
    expect(log()).toHaveTextContent(
      /1a.*The node rotated the log. 3 lines are missing here.5b.*End of the log/,
    );
    expect(screen.getByText('3 lines lost.')).toBeInTheDocument();
    expect(log()).not.toHaveTextContent('Pulling image');
    expect(screen.getByText('Ended')).toBeInTheDocument();
  });

  it('renders only the lines in view', async () => {
    await show();
    await api.logs.write(
      ...Array.from({ length: 20_000 }, (_, i) => `line ${i}`),
    );
    expect(screen.getByText('20,000 lines')).toBeInTheDocument();
    expect(log().querySelectorAll('[data-line]').length).toBeLessThan(100);
  });

  it('finds lines and steps through them with the keyboard', async () => {
    await show();
    await api.logs.write('loss 1', 'other', 'loss 2', 'loss 3');
    await userEvent.click(log());
    await userEvent.keyboard('/');
    expect(screen.getByRole('textbox', { name: 'Find in log' })).toHaveFocus();
    await userEvent.keyboard('loss{Enter}');
    expect(await screen.findByText('1 of 3 lines')).toBeInTheDocument();
    expect(log().querySelectorAll('mark')).toHaveLength(3);
    await userEvent.click(log());
    await userEvent.keyboard('n');
    expect(await screen.findByText('2 of 3 lines')).toBeInTheDocument();
    await userEvent.keyboard('NN');
    expect(await screen.findByText('3 of 3 lines')).toBeInTheDocument();
    await api.logs.write('loss 4');
    expect(
      await screen.findByText('3 of 4 lines', undefined, { timeout: 3_000 }),
    ).toBeInTheDocument();
  });

  describe('search in long lines', () => {
    const far = `args ${'x'.repeat(3_000)} NEEDLE ${'y'.repeat(3_000)} NEEDLE`;
    let marks: { readonly left: number; readonly top: number };

    beforeEach(() => {
      const size = (name: 'clientWidth' | 'clientHeight', value: number) =>
        jest.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(value);
      size('clientWidth', 800);
      size('clientHeight', 600);
      jest
        .spyOn(HTMLElement.prototype, 'getBoundingClientRect')
        .mockImplementation(function place(this: HTMLElement) {
          const at = this.tagName === 'MARK' ? marks : { left: 0, top: 0 };
          return new DOMRect(at.left, at.top, 60, 19);
        });
    });
    afterEach(() => jest.restoreAllMocks());

    async function find() {
      await show();
      await api.logs.write('a', far, 'b');
      await userEvent.type(
        screen.getByRole('textbox', { name: 'Find in log' }),
        'NEEDLE{Enter}',
      );
    }

    it('scrolls to a match far to the right, and back', async () => {
      marks = { left: 24_000, top: 300 };
      await find();
      await waitFor(() => expect(log().scrollLeft).toBe(23_630));
      marks = { left: 100 - 23_630, top: 300 };
      await userEvent.keyboard('{Enter}');
      await waitFor(() => expect(log().scrollLeft).toBe(0));
    });

    it('scrolls to a match far below the start of a wrapped line', async () => {
      await show();
      await userEvent.click(
        screen.getByRole('button', { name: 'Wrap long lines' }),
      );
      marks = { left: 100, top: 5_000 };
      await api.logs.write('a', far, 'b');
      await userEvent.type(
        screen.getByRole('textbox', { name: 'Find in log' }),
        'NEEDLE{Enter}',
      );
      await waitFor(() => expect(log().scrollTop).toBeGreaterThan(4_500));
    });

    it('steps through each match of a line, and says which line it is in', async () => {
      marks = { left: 0, top: 0 };
      await find();
      const current = () =>
        [...log().querySelectorAll('mark')].map(mark => mark.dataset.current);
      await waitFor(() => expect(current()).toEqual(['true', undefined]));
      await userEvent.keyboard('{Enter}');
      await waitFor(() => expect(current()).toEqual([undefined, 'true']));
      expect(screen.getByText('1 of 1 line')).toBeInTheDocument();
      await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
      await waitFor(() => expect(current()).toEqual(['true', undefined]));
    });
  });

  describe('progress bars', () => {
    const bar = (step: number) =>
      `fit: ${step * 10}%|${'█'.repeat(step)}| ${step}/10`;
    const bars = Array.from({ length: 11 }, (_, step) => bar(step));

    it('folds earlier states visibly, and drops no line', async () => {
      const user = userEvent.setup();
      const copy = jest.spyOn(navigator.clipboard, 'writeText');
      await show();
      await api.logs.write('start', ...bars, 'done');
      expect(screen.getByText('13 lines')).toBeInTheDocument();
      expect(screen.queryByRole('button', { name: 'Line 5' })).toBeNull();
      expect(
        screen.getByRole('button', { name: 'Line 13' }),
      ).toBeInTheDocument();
      await user.click(screen.getByRole('button', { name: 'Copy all lines' }));
      await waitFor(() => expect(copy).toHaveBeenCalled());
      expect(copy).toHaveBeenCalledWith(
        `${['start', ...bars, 'done'].join('\n')}\n`,
      );
      await user.click(
        screen.getByRole('button', { name: '▸ 10 lines folded' }),
      );
      expect(
        screen.getByRole('button', { name: 'Line 5' }),
      ).toBeInTheDocument();
      await user.click(screen.getByRole('button', { name: '▾ Fold 10 lines' }));
      expect(screen.queryByRole('button', { name: 'Line 5' })).toBeNull();
    });

    it('opens a fold for a match in it', async () => {
      await show();
      await api.logs.write('start', ...bars, 'done');
      await userEvent.type(
        screen.getByRole('textbox', { name: 'Find in log' }),
        '3/10{Enter}',
      );
      expect(await screen.findByText('1 of 1 line')).toBeInTheDocument();
      expect(log().querySelector('mark[data-current]')).toHaveTextContent(
        '3/10',
      );
    });

    it('opens a fold for a line in the address', async () => {
      await show('?line=5');
      await api.logs.write('start', ...bars, 'done');
      expect(
        await screen.findByRole('button', { name: 'Line 5' }),
      ).toBeInTheDocument();
    });
  });

  describe('a line of JSON', () => {
    const text =
      '{"level": "warning", "msg": "saved <b>x</b>", "path": "s3://b/step-1"}';
    const button = () =>
      screen.getByRole('button', { name: '+1: all fields of line 1' });

    it('is a readable line, and opens to the whole object', async () => {
      await show();
      await api.logs.write(text, 'b');
      expect(log()).toHaveTextContent(/^1▸ \+1WARNING saved <b>x<\/b>2b$/);
      await userEvent.click(button());
      expect(button()).toHaveAttribute('aria-expanded', 'true');
      expect(log()).toHaveTextContent('"path": "s3://b/step-1"');
      await userEvent.click(button());
      expect(log()).not.toHaveTextContent('"path"');
    });

    it('opens and closes with the arrow keys on its number', async () => {
      await show();
      await api.logs.write(text, 'b');
      screen.getByRole('button', { name: 'Line 1' }).focus();
      await userEvent.keyboard('{ArrowRight}{ArrowRight}');
      expect(button()).toHaveAttribute('aria-expanded', 'true');
      await userEvent.keyboard('{ArrowLeft}');
      expect(button()).toHaveAttribute('aria-expanded', 'false');
      expect(screen.getByRole('button', { name: 'Line 1' })).toHaveFocus();
    });

    it('shows what is found in it, and is copied as it was written', async () => {
      const user = userEvent.setup();
      const copy = jest.spyOn(navigator.clipboard, 'writeText');
      await show();
      await api.logs.write(text, 'b');
      await user.type(
        screen.getByRole('textbox', { name: 'Find in log' }),
        'step-1{Enter}',
      );
      await waitFor(() =>
        expect(log().querySelector('mark[data-current]')).toHaveTextContent(
          'step-1',
        ),
      );
      await user.click(screen.getByRole('button', { name: 'Copy all lines' }));
      await waitFor(() => expect(copy).toHaveBeenCalledWith(`${text}\nb\n`));
    });
  });

  describe('equal lines', () => {
    const hot = Array.from({ length: 1_203 }, () => 'WARNING: hot');

    it('are one line with their number, and can be shown', async () => {
      await show();
      await api.logs.write('start', ...hot.slice(3));
      await api.logs.write(...hot.slice(0, 3));
      expect(screen.getByText('1,204 lines')).toBeInTheDocument();
      expect(log()).toHaveTextContent(/^1start2▸ × 1,203WARNING: hot$/);
      await api.logs.write('end');
      expect(
        screen.getByRole('button', { name: 'Line 1205' }),
      ).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: '▸ × 1,203' }));
      expect(
        await screen.findByRole('button', { name: 'Line 1204' }),
      ).toBeInTheDocument();
      await waitFor(() =>
        expect(within(log()).queryAllByText('Loading')).toHaveLength(0),
      );
      expect(api.logs.asked.at(-1)).toMatchObject({ fold: false });
    });

    it('are shown for a line in the address', async () => {
      await show('?line=700');
      await api.logs.write('start', ...hot, 'end');
      expect(
        await screen.findByRole('button', { name: 'Line 700' }),
      ).toHaveAttribute('aria-pressed', 'true');
    });
  });

  it('shows invisible characters and safe links', async () => {
    const esc = '\u001b';
    await show();
    await api.logs.write(
      'rlo \u202egnp.exe',
      `see ${esc}]8;;https://w.example/run/7${esc}\\run 7${esc}]8;;${esc}\\`,
      `bad ${esc}]8;;data:text/html,x${esc}\\page${esc}]8;;${esc}\\`,
    );
    expect(screen.getByText('<U+202E>')).toBeInTheDocument();
    expect(log()).toHaveTextContent('rlo <U+202E>gnp.exe');
    const [link, ...others] = within(log()).getAllByRole('link');
    expect(others).toHaveLength(0);
    expect(link).toHaveTextContent('run 7');
    expect(link).toHaveAttribute('href', 'https://w.example/run/7');
    expect(link).toHaveAttribute('title', 'https://w.example/run/7');
    expect(link).toHaveAttribute('data-host', 'w.example');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    expect(log()).toHaveTextContent('bad page');
  });

  it('stops following with f and counts new lines', async () => {
    await show();
    await api.logs.write('a');
    await userEvent.click(log());
    await userEvent.keyboard('f');
    await api.logs.write('b', 'c');
    await userEvent.click(
      screen.getByRole('button', { name: /Jump to latest · 2 new lines/ }),
    );
    expect(screen.queryByRole('button', { name: /Jump to latest/ })).toBeNull();
    expect(
      screen.getByRole('button', { name: 'Follow the end (f)' }),
    ).toHaveAttribute('aria-pressed', 'true');
  });

  it('keeps the focus on a line that goes out of view, and its keys', async () => {
    await show();
    await api.logs.write('first', 'second');
    const first = screen.getByRole('button', { name: 'Line 1' });
    act(() => first.focus());
    const lines = Array.from({ length: 500 }, (_, i) => `line ${i}`);
    await api.logs.write(...lines);
    expect(screen.getByText('line 499')).toBeInTheDocument();
    expect(first).toHaveFocus();
    expect(screen.queryByRole('button', { name: 'Line 2' })).toBeNull();
    await userEvent.keyboard('/');
    expect(screen.getByRole('textbox', { name: 'Find in log' })).toHaveFocus();
    expect(first).not.toBeInTheDocument();
  });

  it('keeps the focus in the full screen', async () => {
    await show();
    await api.logs.write('a', 'b');
    await userEvent.click(screen.getByRole('button', { name: 'Full screen' }));
    const viewer = screen.getByRole('region', { name: 'Log viewer' });
    const reached = new Set<Element | null>();
    for (let i = 0; i < 30; i += 1) {
      await userEvent.tab({ shift: i < 5 });
      expect(viewer).toContainElement(document.activeElement as HTMLElement);
      reached.add(document.activeElement);
    }
    // It has gone round: there are fewer, and more than one.
    expect(reached.size).toBeGreaterThan(5);
    expect(reached.size).toBeLessThan(30);
    await userEvent.click(
      screen.getByRole('button', { name: /^Exit full screen/ }),
    );
    for (let i = 0; i < 30 && viewer.contains(document.activeElement); i += 1) {
      await userEvent.tab();
    }
    expect(viewer).not.toContainElement(document.activeElement as HTMLElement);
  });

  it('leaves single characters alone where their keys are off, and remembers it', async () => {
    await show();
    await api.logs.write('a', 'b');
    const name = /^Keys that are single characters/;
    const field = screen.getByRole('textbox', { name: 'Find in log' });
    await userEvent.click(screen.getByRole('button', { name, pressed: true }));
    await userEvent.keyboard('/');
    expect(field).not.toHaveFocus();
    expect(localStorage.getItem('ray.log.keys')).toBe('false');
    await userEvent.keyboard('{Home}');
    expect(
      screen.getByRole('button', { name: /^Follow the end/, pressed: false }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name, pressed: false }));
    await userEvent.keyboard('/');
    expect(field).toHaveFocus();
  });

  it('selects lines by their numbers and copies them as text', async () => {
    const user = userEvent.setup();
    const copy = jest.spyOn(navigator.clipboard, 'writeText');
    await show();
    await api.logs.write('a', '\u001b[32mb\u001b[0m', 'c', 'd');
    await user.click(screen.getByRole('button', { name: 'Line 2' }));
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('button', { name: 'Line 3' }));
    await user.keyboard('{/Shift}');
    await user.click(
      screen.getByRole('button', { name: 'Copy 2 selected lines' }),
    );
    await waitFor(() => expect(copy).toHaveBeenCalledWith('b\nc\n'));
  });

  it('goes to the line in the address, and stays there', async () => {
    await show('?line=2');
    await api.logs.write('a', 'b', 'c');
    expect(
      await screen.findByRole('button', { name: /Jump to latest/ }),
    ).toBeInTheDocument();
  });

  it('reads another source, also from before its last restart', async () => {
    await show();
    await userEvent.click(screen.getByRole('textbox', { name: 'Source' }));
    await userEvent.click(
      screen.getByRole('option', { name: 'Head (before its last restart)' }),
    );
    await waitFor(() =>
      expect(api.logs.streams.map(({ request }) => request)).toEqual([
        { source: 'pod/h/ray-head', previous: true, fold: true },
      ]),
    );
  });

  it('begins anew with a container that was started again', async () => {
    await show();
    await api.logs.write('a', 'b');
    const [before] = api.logs.streams;
    api.logs.clear();
    await api.logs.send({ event: 'end', data: { reason: 'restarted' } });
    await waitFor(() => expect(api.logs.streams[0]).not.toBe(before));
    await api.logs.write('started again');
    expect(log()).toHaveTextContent(/^1started again$/);
  });

  it('says what the reading failed with', async () => {
    await show();
    await api.logs.write('a');
    const data = { reason: 'error' as const, message: 'the disk is full' };
    await api.logs.send({ event: 'end', data });
    expect(log()).toHaveTextContent(
      "1a— Couldn't read the rest of the log: the disk is full —",
    );
    expect(screen.getByText('Not read to its end')).toBeInTheDocument();
    const [before] = api.logs.streams;
    await userEvent.click(screen.getByRole('button', { name: 'Reload' }));
    await waitFor(() => expect(api.logs.streams[0]).not.toBe(before));
  });

  it('keeps the lines and says so while it reconnects', async () => {
    await show();
    await api.logs.write('a');
    const [{ handlers }] = api.logs.streams;
    await waitFor(() => {
      handlers.onState({ kind: 'reconnecting', error: new Error('lost') });
      expect(screen.getByText(/Reconnecting…/)).toBeInTheDocument();
    });
    await api.logs.write('b');
    expect(screen.getByText('Live')).toBeInTheDocument();
    expect(screen.getByText('2 lines')).toBeInTheDocument();
  });
});
