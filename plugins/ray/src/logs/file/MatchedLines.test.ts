import { searchEvents } from '../../__testUtils__/searchEvents';
import { LogFile } from './LogFile';
import { LogSearch } from './LogSearch';
import { MatchedLines } from './MatchedLines';

const none = new Set<number>();

/** A log of which each tenth line matches, in parts of a thousand lines. */
function logOf(length: number, text = (number: number) => `line ${number}`) {
  let [kept, last] = [1, length];
  const file = new LogFile();
  const take = () =>
    file.take({
      source: 'driver/1',
      lasting: true,
      lines: [],
      first: kept,
      last,
      state: 'ended',
      end: 'completed',
      missing: [],
    });
  take();
  const search = new LogSearch({
    search: async (span, { onEvent }) => {
      const to = Math.min(span.to ?? Infinity, last);
      const lines = [];
      const ends = [];
      for (let number = span.from; number <= to; number += 1) {
        if (number % 1_000 === 0 || number === to) {
          ends.push(number);
        }
      }
      for (let number = 10; number <= to; number += 10) {
        if (number >= kept) {
          lines.push({ number, text: text(number) });
        }
      }
      searchEvents(lines, span, ends).forEach(onEvent);
    },
    onChange: () => {},
  });
  const places = new MatchedLines(file, search);
  const load = async (from: number, to: number, open = none) => {
    const span = places.need(from, to, open);
    if (span) {
      places.add(await places.read(span, new AbortController().signal));
    }
    return span;
  };
  return {
    places,
    load,
    through: async () => {
      search.run();
      while (search.isRunning) {
        await Promise.resolve();
      }
    },
    grow: (by: number) => {
      last += by;
      take();
    },
    lose: (first: number) => {
      kept = first;
      take();
    },
  };
}

const numberAt = (places: MatchedLines, seq: number) => {
  const entry = places.at(seq);
  return entry?.kind === 'marker' ? entry.text : entry?.number;
};

describe('MatchedLines', () => {
  it('is as long as there are matches, and loads those in view', async () => {
    const { places, load, through } = logOf(1_000_000);
    await through();
    expect(places.next - places.first).toBe(100_001);
    expect(places.at(50_000)).toEqual({ kind: 'absent' });
    expect(places.lineAt(50_000)).toBeGreaterThan(499_000);
    expect(await load(50_000, 50_040)).toMatchObject({
      from: 50_000,
      count: 40,
    });
    expect(numberAt(places, 50_000)).toBe(500_000);
    expect(numberAt(places, 50_039)).toBe(500_390);
    expect(await load(50_000, 50_040)).toBeUndefined();
    expect(numberAt(places, 100_001)).toContain('End of the log');
  });

  it('loads lines across parts of the search', async () => {
    const { places, load, through } = logOf(10_000);
    await through();
    await load(95, 306);
    expect([95, 100, 101, 305].map(seq => numberAt(places, seq))).toEqual([
      950, 1_000, 1_010, 3_050,
    ]);
  });

  it('has what is found at the end of a log that grows', async () => {
    const { places, through, grow } = logOf(1_000);
    await through();
    grow(100);
    await through();
    expect(places.next).toBe(112);
    places.addLatest();
    expect(numberAt(places, 110)).toBe(1_100);
    expect(places.need(101, 111, none)).toBeUndefined();
  });

  it('begins later where the log has lost its first lines', async () => {
    const { places, load, through, lose } = logOf(2_000);
    await through();
    lose(1_500);
    await load(50, 90);
    expect(places.first).toBe(90);
    await load(90, 160);
    expect(places.first).toBe(150);
    await load(150, 160);
    expect(numberAt(places, 150)).toBe(1_500);
  });

  describe('with matches that are equal', () => {
    /** Three of a kind, then a hundred thousand of another, then one. */
    const text = (number: number) => {
      const kind = number <= 30 ? 'cold' : 'hot';
      return number > 1_000_030 ? `line ${number}` : kind;
    };

    it('loads one line for all of them, from wherever it is asked', async () => {
      const { places, load, through } = logOf(1_000_100, text);
      await through();
      await load(50_000, 50_040);
      expect(places.runs.all).toEqual([{ first: 4, until: 100_003 }]);
      expect(await load(50_000, 50_040)).toMatchObject({ from: 4, count: 1 });
      expect(numberAt(places, 4)).toBe(40);
      expect(places.need(4, 100_004, none)).toBeUndefined();
      expect(
        [3, 4, 5, 100_003, 100_004].map(seq => places.foldOf(seq)),
      ).toEqual([undefined, undefined, 4, 4, undefined]);
      await load(1, 40);
      expect(places.runs.at(2)).toEqual({ first: 1, until: 3 });
    });

    it('loads all lines of a fold that is open', async () => {
      const { places, load, through } = logOf(1_000_100, text);
      await through();
      await load(1, 40);
      const open = new Set([4]);
      expect(await load(50_000, 50_040, open)).toEqual({
        from: 50_000,
        count: 40,
        fold: false,
      });
      expect(numberAt(places, 50_000)).toBe(500_000);
      expect(numberAt(places, 50_039)).toBe(500_390);
    });

    it('makes a fold longer as the log grows', async () => {
      const { places, load, through, grow } = logOf(500_000, text);
      await through();
      places.addLatest();
      await load(49_960, 50_001);
      await load(49_960, 50_001);
      grow(499_000);
      await through();
      places.addLatest();
      expect(places.runs.all.at(-1)).toEqual({ first: 4, until: 99_900 });
      expect(places.need(99_800, 99_901, none)).toBeUndefined();
      grow(1_050);
      await through();
      places.addLatest();
      expect(places.runs.all.at(-1)).toEqual({ first: 4, until: 100_003 });
      expect(numberAt(places, 100_004)).toBe(1_000_040);
    });

    it('begins a fold later where the log has lost its first lines', async () => {
      const { places, load, through, lose } = logOf(1_000_100, text);
      await through();
      await load(1, 40);
      lose(4_501);
      await load(50_000, 50_040);
      expect(places.runs.at(50_000)).toEqual({ first: 4, until: 100_003 });
      await load(400, 440, new Set([4]));
      expect(places.first).toBe(451);
      await load(451, 540);
      expect(places.runs.at(451)).toEqual({ first: 451, until: 100_003 });
      expect(numberAt(places, 451)).toBe(4_510);
    });
  });

  it('says that it is looking, and that nothing matches', async () => {
    const { places, through } = logOf(9);
    expect(numberAt(places, 1)).toContain('Looking for lines');
    await through();
    expect(numberAt(places, 1)).toBe('No line matches');
    expect(places.next).toBe(2);
  });
});
