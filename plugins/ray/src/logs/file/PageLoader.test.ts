import type { LogLinesAnswer } from '@ml-platform/backstage-plugin-ray-common';
import { LogFile } from './LogFile';
import type { LineSpan } from './LogPlaces';
import { PageLoader } from './PageLoader';

const ANSWER: LogLinesAnswer = {
  source: 'driver/1',
  lasting: true,
  lines: [],
  first: 1,
  last: 1_000_000,
  state: 'following',
  missing: [],
};

const none = new Set<number>();

describe('PageLoader', () => {
  let file: LogFile;
  let loader: PageLoader;
  let asked: (LineSpan & { readonly signal: AbortSignal })[];
  let errors: (string | undefined)[];
  /** Answers what was asked last. */
  let reply: (answer?: 'lines' | 'nothing' | Error) => Promise<void>;

  beforeEach(() => {
    jest.useFakeTimers();
    file = new LogFile();
    file.take(ANSWER);
    asked = [];
    errors = [];
    loader = new PageLoader({
      places: file,
      add: lines => file.add(lines),
      read: (span, signal) =>
        new Promise((resolve, reject) => {
          asked.push({ ...span, signal });
          reply = async (answer = 'lines') => {
            const { from, count } = span;
            const lines = Array.from({ length: count }, (_, i) => ({
              number: from + i,
              text: 'x',
            }));
            if (answer instanceof Error) {
              reject(answer);
            } else {
              resolve(answer === 'lines' ? lines : []);
            }
            await jest.advanceTimersByTimeAsync(60);
          };
        }),
      onChange: error => errors.push(error?.message),
    });
  });
  afterEach(() => {
    loader.close();
    jest.useRealTimers();
  });

  it('fetches what is in view, then some around it, then nothing', async () => {
    loader.show(500_000, 500_050, none);
    expect(asked).toMatchObject([{ from: 500_000, count: 51 }]);
    await reply();
    expect(file.line(500_025)).toBeDefined();
    expect(asked[1]).toMatchObject({ from: 499_700, count: 651 });
    await reply();
    loader.show(500_010, 500_060, none);
    expect(asked).toHaveLength(2);
    expect(errors).toEqual([undefined, undefined]);
  });

  it('gives up what is out of view, and does not ask for each step of the bar', async () => {
    loader.show(1, 50, none);
    loader.show(100_000, 100_050, none);
    loader.show(200_000, 200_050, none);
    expect(asked).toHaveLength(1);
    expect(asked[0].signal.aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(60);
    expect(asked).toMatchObject([{ from: 1 }, { from: 200_000 }]);
  });

  it('tries again later when it fails, or nothing comes', async () => {
    loader.show(1, 50, none);
    await reply(new Error('offline'));
    expect(errors).toEqual(['offline']);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
    await reply('nothing');
    expect(asked).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1_000);
    await reply();
    expect(file.line(50)).toBeDefined();
  });

  it('asks for nothing when it is closed', async () => {
    loader.show(1, 50, none);
    loader.close();
    expect(asked[0].signal.aborted).toBe(true);
    await reply();
    expect(file.line(1)).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
