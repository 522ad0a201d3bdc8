import { searchEvents } from '../../__testUtils__/searchEvents';
import { LogSearch } from './LogSearch';
import type { SearchSpan } from './MatchReader';

/** A backend that finds these lines, in parts of a hundred lines. */
function searchOf(
  matching: readonly number[],
  {
    length = 1_000,
    text = String,
  }: Partial<{
    readonly length: number;
    readonly text: (number: number) => string;
  }> = {},
) {
  const asked: SearchSpan[] = [];
  let last = length;
  let hold = Promise.resolve();
  let failure: string | undefined;
  const search = new LogSearch({
    search: async (span, { onEvent }) => {
      asked.push(span);
      const to = Math.min(span.to ?? Infinity, last);
      const ends: number[] = [];
      for (let end = span.from + 99; end < to + 100; end += 100) {
        ends.push(Math.min(end, to));
      }
      const lines = matching
        .filter(number => number <= to)
        .map(number => ({ number, text: text(number) }));
      const [found, ...all] = searchEvents(lines, span, ends);
      onEvent(found);
      for (const event of all) {
        if (event.event === 'progress') {
          for (const step of event.data.steps) {
            onEvent({
              ...event,
              data: { ...event.data, ...step, steps: [step] },
            });
            await hold;
          }
        }
      }
      onEvent({
        event: 'end',
        data: {
          reason: failure ? 'error' : 'completed',
          message: failure,
          matches: lines.length,
          searched: to,
        },
      });
    },
    onChange: () => {},
  });
  return {
    search,
    asked,
    pause: () => {
      let go = () => {};
      hold = new Promise(resolve => {
        go = resolve;
      });
      return go;
    },
    grow: (to: number) => {
      last = to;
    },
    fail: (message: string) => {
      failure = message;
    },
    through: async () => {
      search.run();
      while (search.isRunning) {
        await new Promise(resolve => setTimeout(resolve, 0));
      }
    },
  };
}

const numberOf = async (
  search: LogSearch,
  from: number,
  by: 1 | -1,
): Promise<readonly (number | undefined)[]> => {
  const found = await search.find(from, by);
  return [found?.line.number, found?.position];
};

describe('LogSearch', () => {
  const matching = [5, 7, 250, 251, 999];

  it('counts all matches, and asks for none of them', async () => {
    const { search, asked, through } = searchOf(matching);
    await through();
    expect([search.count, search.searched]).toEqual([5, 1_000]);
    expect(search.isThrough).toBe(true);
    expect(asked).toEqual([{ from: 1, limit: 0, fold: true }]);
  });

  it('finds the next and the previous match from anywhere, and goes round', async () => {
    const { search, asked, through } = searchOf(matching);
    await through();
    expect(await numberOf(search, 0, 1)).toEqual([5, 1]);
    expect(await numberOf(search, 7, 1)).toEqual([250, 3]);
    expect(await numberOf(search, 999, 1)).toEqual([5, 1]);
    expect(await numberOf(search, 999, -1)).toEqual([251, 4]);
    expect(await numberOf(search, 250, -1)).toEqual([7, 2]);
    expect(await numberOf(search, 5, -1)).toEqual([999, 5]);
    // Only where the matches are, and each part once.
    expect(asked.slice(1).map(({ from, to }) => [from, to])).toEqual([
      [1, 100],
      [201, 300],
      [901, 1_000],
    ]);
  });

  it('finds nothing where nothing is', async () => {
    const { search, through } = searchOf([]);
    await through();
    expect(await search.find(0, 1)).toBeUndefined();
    expect(await search.find(500, -1)).toBeUndefined();
  });

  it('waits for a match while it searches', async () => {
    const { search, pause } = searchOf([250]);
    const go = pause();
    search.run();
    const found = numberOf(search, 0, 1);
    expect(search.count).toBe(0);
    go();
    expect(await found).toEqual([250, 1]);
  });

  it('searches on where a log has grown', async () => {
    const { search, asked, grow, through } = searchOf([5, 1_200]);
    await through();
    grow(1_300);
    await through();
    expect(search.count).toBe(2);
    expect(asked.at(-1)).toEqual({
      from: 1_001,
      limit: 500,
      fold: true,
      after: 5,
    });
    expect(search.latest).toMatchObject([{ position: 2 }]);
    expect(await numberOf(search, 5, 1)).toEqual([1_200, 2]);
  });

  it('knows which matches are equal, in whatever parts and searches they are', async () => {
    const hot = Array.from({ length: 500 }, (_, i) => 2 * i + 100);
    const { search, grow, through } = searchOf([5, 8, ...hot, 1_150], {
      text: number => (number >= 100 && number < 1_100 ? 'hot' : 'cool'),
    });
    await through();
    expect(search.count).toBe(453);
    expect(search.whole({ first: 1, until: 2 })).toEqual({
      first: 1,
      until: 2,
    });
    const whole = { first: 3, until: 453 };
    expect(search.whole({ first: 3, until: 3 })).toEqual(whole);
    expect(search.whole({ first: 300, until: 320 })).toEqual(whole);
    grow(1_050);
    await through();
    expect(search.latest).toEqual([]);
    expect(search.whole({ first: 453, until: 453 })).toEqual({
      first: 3,
      until: 478,
    });
    grow(1_200);
    await through();
    expect(search.whole(whole)).toEqual({ first: 3, until: 502 });
    expect(search.latest).toMatchObject([{ position: 503, until: 503 }]);
  });

  it('keeps what failed, and what was found before', async () => {
    const { search, fail, through } = searchOf(matching);
    fail('The log is away');
    await through();
    expect(search.failure?.message).toBe('The log is away');
    expect(search.count).toBe(5);
    const span = { from: 1, count: 5, fold: true };
    await expect(
      search.read(span, new AbortController().signal),
    ).rejects.toThrow('The log is away');
  });
});
