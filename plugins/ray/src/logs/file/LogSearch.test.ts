import type { LogSearchEvent } from '@ml-platform/backstage-plugin-ray-common';
import { LogSearch } from './LogSearch';

interface Span {
  readonly from: number;
  readonly to?: number;
  readonly limit: number;
}

/** A backend that finds these lines, in parts of a hundred lines. */
function searchOf(matching: readonly number[], length = 1_000) {
  const asked: Span[] = [];
  let last = length;
  let hold = Promise.resolve();
  let failure: string | undefined;
  const search = new LogSearch({
    search: async (span, { onEvent }) => {
      asked.push(span);
      const to = Math.min(span.to ?? Infinity, last);
      const found = matching.filter(
        number => number >= span.from && number <= to,
      );
      const lines = found.map(number => ({ number, text: `${number}` }));
      const send = (event: LogSearchEvent) => onEvent(event);
      send({ event: 'matches', data: { lines: lines.slice(0, span.limit) } });
      for (let end = span.from + 99; end < to + 100; end += 100) {
        const searched = Math.min(end, to);
        const matches = found.filter(number => number <= searched).length;
        const step = { matches, searched };
        send({
          event: 'progress',
          data: { ...step, steps: [step], last },
        });
        await hold;
      }
      send({
        event: 'end',
        data: {
          reason: failure ? 'error' : 'completed',
          message: failure,
          matches: found.length,
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
    expect(asked).toEqual([{ from: 1, limit: 0 }]);
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
    expect(asked.at(-1)).toEqual({ from: 1_001, limit: 500 });
    expect(search.latest).toMatchObject([{ position: 2 }]);
    expect(await numberOf(search, 5, 1)).toEqual([1_200, 2]);
  });

  it('keeps what failed, and what was found before', async () => {
    const { search, fail, through } = searchOf(matching);
    fail('The log is away');
    await through();
    expect(search.failure?.message).toBe('The log is away');
    expect(search.count).toBe(5);
  });
});
