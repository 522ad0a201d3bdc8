import { Refresher } from './Refresher';

describe('Refresher', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function setUp(onError: (error: Error) => boolean = () => true) {
    const answers: ((value: string | Error) => void)[] = [];
    const got: [string, boolean][] = [];
    const refresher = new Refresher<string>({
      load: () =>
        new Promise((resolve, reject) => {
          answers.push(value =>
            value instanceof Error ? reject(value) : resolve(value),
          );
        }),
      onValue: (value, overtaken) => got.push([value, overtaken]),
      onError,
    });
    const answer = async (value: string | Error) => {
      answers[answers.length - 1](value);
      await jest.advanceTimersByTimeAsync(0);
    };
    return { refresher, answers, got, answer };
  }

  it('loads once more after any number of requests during a load', async () => {
    const { refresher, answers, got, answer } = setUp();
    refresher.refresh();
    refresher.refresh();
    refresher.refresh();
    expect(answers).toHaveLength(1);
    await answer('a');
    await jest.advanceTimersByTimeAsync(500);
    await answer('b');
    expect(answers).toHaveLength(2);
    expect(got).toEqual([
      ['a', true],
      ['b', false],
    ]);
    refresher.refresh();
    await jest.advanceTimersByTimeAsync(500);
    expect(answers).toHaveLength(3);
  });

  it('pauses for twice as long as a load took', async () => {
    const { refresher, answers, answer } = setUp();
    refresher.refresh();
    await jest.advanceTimersByTimeAsync(2_000);
    await answer('a');
    for (let i = 0; i < 39; i += 1) {
      refresher.refresh();
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(answers).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(answers).toHaveLength(2);
  });

  it('tries again automatically if that may help', async () => {
    const { refresher, answers, got, answer } = setUp();
    refresher.refresh();
    await answer(new Error('down'));
    expect(answers).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(5_000);
    await answer('a');
    expect(got).toEqual([['a', false]]);
  });

  it('stops after an error that another try would repeat', async () => {
    const { refresher, answers, answer } = setUp(() => false);
    refresher.refresh();
    await answer(new Error('gone'));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(answers).toHaveLength(1);
  });

  it('calls no handler after it is closed', async () => {
    const { refresher, answers, got, answer } = setUp();
    refresher.refresh();
    refresher.close();
    await answer('a');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(got).toEqual([]);
    expect(answers).toHaveLength(1);
  });
});
