import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { renderRay } from '../__testUtils__/renderRay';

const job = aJob({ name: 'run-a', uid: 'uid-1' });
const LINES = 100_000;
const log = () => screen.getByRole('log');
const lineText = (number: number) =>
  log().querySelector(`[data-line="${number}"]`)?.textContent;

describe('a long log', () => {
  let api: FakeRayApi;

  beforeEach(() => {
    api = new FakeRayApi();
    localStorage.clear();
    // A window of ten lines: each line more is searched by each query.
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(190);
    api.logs.fill(LINES, number =>
      number % 30_000 === 7 ? `ERROR at step ${number}` : `step ${number}`,
    );
  });

  afterEach(() => jest.restoreAllMocks());

  async function show(search = '') {
    api.detail = aDetail(job, {
      logSources: [{ id: 'driver', title: 'Driver', kind: 'driver' }],
    });
    renderRay({
      api,
      path: `/jobs/workload-cluster/training/run-a/logs${search}`,
    });
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
    await waitFor(() => expect(api.logs.streams).toHaveLength(1));
    await api.logs.say({}, 200);
  }

  /** Pastes into a field: each key would search, and draw all lines. */
  async function paste(name: string, text: string) {
    await userEvent.click(screen.getByRole('textbox', { name }));
    await userEvent.paste(text);
  }

  async function goTo(text: string) {
    await paste('Go to line or time', text);
    await userEvent.keyboard('{Enter}');
  }

  it('follows its end, with the true numbers', async () => {
    await show();
    expect(lineText(LINES)).toContain(`step ${LINES}`);
    expect(screen.getByText('100,000 lines')).toBeInTheDocument();
    expect(api.logs.asked).toEqual([]);
    await api.logs.write('one more');
    expect(lineText(LINES + 1)).toContain('one more');
  });

  it('opens a link to a line, and fetches only what is around it', async () => {
    await show('?line=50000-50002');
    await waitFor(() => expect(lineText(50_000)).toContain('step 50000'));
    expect(api.logs.asked.length).toBeLessThan(4);
    expect(
      screen.getByRole('button', { name: 'Copy 3 selected lines' }),
    ).toBeEnabled();
    expect(screen.getByRole('button', { name: 'Line 50001' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('copies a link that names the run and the attempt', async () => {
    const user = userEvent.setup();
    const copy = jest.spyOn(navigator.clipboard, 'writeText');
    await show('?line=50000');
    await user.click(
      screen.getByRole('button', { name: 'Copy a link to the selected lines' }),
    );
    await waitFor(() => expect(copy).toHaveBeenCalled());
    const { searchParams } = new URL(copy.mock.calls[0][0]);
    expect(searchParams.get('source')).toBe('driver/1');
    expect(searchParams.get('uid')).toBe('uid-1');
  });

  it('says so when the line of a link is not there', async () => {
    await show('?line=2000000');
    expect(
      screen.getByText("Line 2,000,000 isn't there: the log has 100,000 lines"),
    ).toBeInTheDocument();
  });

  it('goes to a line, and to a time', async () => {
    await show();
    await goTo('12,345');
    await waitFor(() => expect(lineText(12_345)).toContain('step 12345'));
    const field = screen.getByRole('textbox', { name: 'Go to line or time' });
    await userEvent.clear(field);
    await goTo('2026-11-24T00:00:00Z');
    await waitFor(() => expect(lineText(86_401)).toContain('step 86401'));
    await userEvent.clear(field);
    await goTo('2027-01-01T00:00:00Z');
    expect(
      await screen.findByText('The log has no line of this time or later'),
    ).toBeInTheDocument();
    await userEvent.clear(field);
    await goTo('soon');
    expect(
      await screen.findByText(/Write the number of a line, a time as/),
    ).toBeInTheDocument();
  });

  it('waits for a time that is not read yet, and says where there are no times', async () => {
    await show();
    api.logs.timesFound = ['not-yet', 'not-yet'];
    await goTo('2026-11-24T00:00:00Z');
    await waitFor(() => expect(lineText(86_401)).toContain('step 86401'));
    expect(api.logs.timesFound).toEqual([]);
    expect(screen.queryByText(/^Reading the log/)).not.toBeInTheDocument();

    api.logs.timesFound = ['no-times'];
    await userEvent.clear(
      screen.getByRole('textbox', { name: 'Go to line or time' }),
    );
    await goTo('2026-11-25T00:00:00Z');
    expect(
      await screen.findByText('The lines of this log have no times'),
    ).toBeInTheDocument();
  });

  it('goes to the first error, and to the next ones', async () => {
    await show();
    await userEvent.click(screen.getByRole('button', { name: /First error/ }));
    expect(await screen.findByText('1 of 4 lines')).toBeInTheDocument();
    await waitFor(() => expect(lineText(7)).toContain('ERROR at step 7'));
    await userEvent.click(log());
    await userEvent.keyboard('e');
    await waitFor(() =>
      expect(lineText(30_007)).toContain('ERROR at step 30007'),
    );
    await userEvent.keyboard('EE');
    expect(await screen.findByText('4 of 4 lines')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Level Errors' }),
    ).toBeInTheDocument();
  });

  describe('with only the lines that match', () => {
    const only = () =>
      screen.getByRole('button', { name: 'Show only lines that match (o)' });

    async function showErrors() {
      await userEvent.click(screen.getByRole('button', { name: /^Level/ }));
      await userEvent.click(screen.getByRole('option', { name: 'Errors' }));
      await userEvent.click(only());
      await waitFor(() => expect(lineText(90_007)).toContain('ERROR at step'));
    }

    it('shows them with their true numbers, and says how many are hidden', async () => {
      await show();
      expect(only()).toHaveAttribute('aria-disabled', 'true');
      await showErrors();
      const numbers = [...log().querySelectorAll('[data-line]')].map(row =>
        row.getAttribute('data-line'),
      );
      expect(numbers).toEqual(['7', '30007', '60007', '90007']);
      expect(
        screen.getByText('4 of 100,000 lines shown, 99,996 hidden'),
      ).toBeInTheDocument();
    });

    it('follows what is added', async () => {
      await show();
      await showErrors();
      await api.logs.write('all is well', 'ERROR again', 'WARNING: hot');
      await waitFor(() => expect(lineText(100_002)).toContain('ERROR again'), {
        timeout: 3_000,
      });
      expect(lineText(100_001)).toBeUndefined();
      await userEvent.click(screen.getByRole('button', { name: /^Level/ }));
      await userEvent.click(
        screen.getByRole('option', { name: 'Warnings and errors' }),
      );
      await waitFor(() => expect(lineText(100_003)).toContain('WARNING: hot'));
      expect(api.logs.searched.at(-1)).toMatchObject({
        level: 'warning',
        orWorse: true,
      });
    });

    it('steps through them, and shows the others around a line again', async () => {
      await show();
      await showErrors();
      await userEvent.click(log());
      await userEvent.keyboard('n');
      expect(await screen.findByText(/^\d of 4 lines$/)).toBeInTheDocument();
      await goTo('50000');
      await waitFor(() => expect(lineText(50_000)).toContain('step 50000'));
      expect(only()).toHaveAttribute('aria-pressed', 'false');
      expect(screen.getByText('100,000 lines')).toBeInTheDocument();
    });

    it('copies those that match, also of selected lines', async () => {
      const user = userEvent.setup();
      const copy = jest.spyOn(navigator.clipboard, 'writeText');
      await show();
      await showErrors();
      const errors = (...numbers: number[]) =>
        numbers.map(number => `ERROR at step ${number}\n`).join('');
      await user.click(
        screen.getByRole('button', { name: 'Copy all lines that match' }),
      );
      await waitFor(() =>
        expect(copy).toHaveBeenLastCalledWith(
          errors(7, 30_007, 60_007, 90_007),
        ),
      );
      await user.click(screen.getByRole('button', { name: 'Line 30007' }));
      await user.keyboard('{Shift>}');
      await user.click(screen.getByRole('button', { name: 'Line 60007' }));
      await user.keyboard('{/Shift}');
      await user.click(
        screen.getByRole('button', {
          name: 'Copy those of 30,001 selected lines that match',
        }),
      );
      await waitFor(() =>
        expect(copy).toHaveBeenLastCalledWith(errors(30_007, 60_007)),
      );
    });

    describe('that are equal', () => {
      const button = (name: string) => screen.getByRole('button', { name });

      /** An error after each other line, and one that is different. */
      async function showHot() {
        api.logs.fill(4_000, number => {
          const error = number === 3_001 ? 'ERROR: cold' : 'ERROR: hot';
          return number % 2 === 0 ? `step ${number}` : error;
        });
        await show();
        await userEvent.click(screen.getByRole('button', { name: /^Level/ }));
        await userEvent.click(screen.getByRole('option', { name: 'Errors' }));
        await userEvent.click(only());
        await screen.findByRole('button', { name: '▸ × 1,500' });
      }

      it('are one line with their number, and can be shown', async () => {
        await showHot();
        expect(log()).toHaveTextContent(
          /^1▸ × 1,500ERROR: hot3001ERROR: cold3003▸ × 499ERROR: hot$/,
        );
        expect(
          screen.getByText('2,000 of 4,000 lines shown, 2,000 hidden'),
        ).toBeInTheDocument();
        await userEvent.click(button('▸ × 499'));
        await waitFor(() => expect(lineText(3_997)).toContain('ERROR: hot'));
        await waitFor(() =>
          expect(within(log()).queryAllByText('…')).toHaveLength(0),
        );
        expect(lineText(3_998)).toBeUndefined();
        await userEvent.click(button('Follow the end (f)'));
        await userEvent.click(log());
        await userEvent.keyboard('{Home}');
        await userEvent.click(await screen.findByText('▾ × 499'));
        expect(button('▸ × 499')).toBeInTheDocument();
      });

      it('open with the arrow keys, and for a match that they hide', async () => {
        await showHot();
        await userEvent.click(button('Follow the end (f)'));
        button('Line 1').focus();
        await userEvent.keyboard('{ArrowRight}');
        expect(button('▾ × 1,500')).toHaveAttribute('aria-expanded', 'true');
        await waitFor(() => expect(lineText(3)).toContain('ERROR: hot'));
        expect(button('Line 1')).toHaveFocus();
        await userEvent.keyboard('{ArrowLeft}');
        expect(button('▸ × 1,500')).toBeInTheDocument();
        expect(lineText(3)).toBeUndefined();
        await userEvent.click(log());
        await userEvent.keyboard('nn');
        expect(await screen.findByText('2 of 2,000 lines')).toBeInTheDocument();
        await waitFor(() => expect(lineText(3)).toContain('ERROR: hot'));
      });

      it('grow by those that are added', async () => {
        await showHot();
        await api.logs.write('ERROR: hot', 'fine', 'ERROR: hot');
        await waitFor(() => expect(button('▸ × 501')).toBeInTheDocument(), {
          timeout: 3_000,
        });
        expect(lineText(4_001)).toBeUndefined();
        expect(api.logs.searched.at(-1)).toMatchObject({ after: 3_999 });
      });

      it('are folded apart from those of all lines', async () => {
        await showHot();
        await userEvent.click(button('▸ × 1,500'));
        await userEvent.click(only());
        await userEvent.click(only());
        await waitFor(() => expect(button('▸ × 1,500')).toBeInTheDocument());
      });

      it('are copied each, and selected by their numbers', async () => {
        const user = userEvent.setup();
        const copy = jest.spyOn(navigator.clipboard, 'writeText');
        await showHot();
        await user.click(button('Line 3001'));
        await user.keyboard('{Shift>}');
        await user.click(button('Line 3003'));
        await user.keyboard('{/Shift}');
        await user.click(button('Copy those of 3 selected lines that match'));
        await waitFor(() =>
          expect(copy).toHaveBeenLastCalledWith('ERROR: cold\nERROR: hot\n'),
        );
        await userEvent.keyboard('{Escape}');
        await user.click(button('Copy all lines that match'));
        await waitFor(() =>
          expect(copy.mock.lastCall?.[0].split('\n')).toHaveLength(2_001),
        );
      });
    });

    it('says that no line matches', async () => {
      await show();
      await paste('Find in log', 'no such text');
      await userEvent.click(only());
      await waitFor(() => expect(log()).toHaveTextContent('No line matches'));
    });
  });

  it('shows the time since the first line', async () => {
    await show();
    await userEvent.click(
      screen.getByRole('button', { name: 'Times of the lines: No times' }),
    );
    await userEvent.click(
      screen.getByRole('menuitemradio', { name: 'Since the first line' }),
    );
    await waitFor(() => expect(lineText(LINES)).toContain('+27:46:39.000'));
    await userEvent.click(
      screen.getByRole('button', { name: /Times of the lines/ }),
    );
    await userEvent.click(
      screen.getByRole('menuitemradio', { name: 'Time in UTC' }),
    );
    expect(lineText(LINES)).toContain('03:46:39.000');
  });

  describe('the time since the first line', () => {
    beforeEach(() => localStorage.setItem('ray.log.times', '"elapsed"'));

    it('is loaded again where it could not be, and the status says so', async () => {
      api.logs.failure = new Error('offline');
      await show();
      expect(
        await screen.findByText(
          "Couldn't load the time of the first line, trying again: offline",
        ),
      ).toHaveAttribute('role', 'status');
      api.logs.failure = undefined;
      await waitFor(() => expect(lineText(LINES)).toContain('+27:46:39.000'), {
        timeout: 3_000,
      });
      expect(screen.queryByText(/the time of the first line/)).toBeNull();
    });

    it('is missing where the first line has no time, and the status says so', async () => {
      api.logs.clear();
      await api.logs.write('no time', {
        text: 'b',
        time: '2026-11-23T00:00:00Z',
      });
      await show();
      expect(
        await screen.findByText(
          "The first line has no time, so times since then can't be shown",
        ),
      ).toBeInTheDocument();
    });
  });

  it('finds a pattern, marks it, and says what is wrong with one', async () => {
    await show();
    const toggle = screen.getByRole('button', { name: 'Regular expression' });
    expect(toggle).toHaveAccessibleDescription(
      'It searches about the first 2,500 characters of a line. A long expression searches fewer.',
    );
    await userEvent.click(toggle);
    await paste('Find in log', 'step 9\\d{3}7$');
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('1,000 of 1,000 lines')).toBeInTheDocument();
    await waitFor(() =>
      expect(log().querySelector('mark[data-current]')).toHaveTextContent(
        /^step 99\d\d7$/,
      ),
    );
    expect(api.logs.searched[0]).toMatchObject({ regex: true, limit: 0 });
    api.logs.failure = new Error("q isn't a regular expression");
    await paste('Find in log', '(');
    expect(
      await screen.findByText("q isn't a regular expression"),
    ).toBeInTheDocument();
  });

  it('says that lines could not be loaded, and tries again', async () => {
    api.logs.failure = new Error('offline');
    await show('?line=50000');
    expect(
      await screen.findByText("Couldn't load lines, trying again: offline"),
    ).toBeInTheDocument();
    api.logs.failure = undefined;
    await waitFor(() => expect(lineText(50_000)).toContain('step 50000'), {
      timeout: 5_000,
    });
    expect(screen.queryByText(/Couldn't load lines/)).toBeNull();
  });

  it('reaches and selects line numbers with the keyboard', async () => {
    await show('?line=50000');
    await waitFor(() => expect(lineText(50_000)).toContain('step 50000'));
    const number = (line: number) =>
      within(log()).getByRole('button', { name: `Line ${line}` });
    expect(log().querySelectorAll('button[tabindex="0"]')).toHaveLength(1);
    number(50_000).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(number(50_001)).toHaveFocus();
    expect(number(50_001)).toHaveAttribute('tabindex', '0');
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(
      screen.getByRole('button', { name: 'Copy 3 selected lines' }),
    ).toBeInTheDocument();
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(
      screen.getByRole('button', { name: 'Copy 1 selected line' }),
    ).toBeInTheDocument();
  });

  it('says plainly that merged logs have no lasting numbers', async () => {
    await show('?line=3');
    await api.logs.say({ lasting: false });
    expect(
      screen.getByText(/a number may stand for another line/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /no lasting numbers/ }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('keeps its keys to itself', async () => {
    await show();
    await userEvent.keyboard('f');
    expect(
      screen.getByRole('button', { name: 'Follow the end (f)' }),
    ).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(log());
    await userEvent.keyboard('f');
    expect(
      screen.getByRole('button', { name: 'Follow the end (f)' }),
    ).toHaveAttribute('aria-pressed', 'false');
  });
});
