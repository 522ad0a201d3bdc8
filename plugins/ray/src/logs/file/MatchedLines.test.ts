import type { LogSearchEvent } from '@ml-platform/backstage-plugin-ray-common';
import { LogFile } from './LogFile';
import { LogSearch } from './LogSearch';
import { MatchedLines } from './MatchedLines';

/** A log of which each tenth line matches, in parts of a thousand lines. */
function logOf(length: number) {
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
      const steps = [];
      let matches = 0;
      for (let number = span.from; number <= to; number += 1) {
        if (number % 10 === 0 && number >= kept) {
          matches += 1;
          lines.push({ number, text: `line ${number}` });
        }
        if (number % 1_000 === 0 || number === to) {
          steps.push({ matches, searched: number });
        }
      }
      const send = (event: LogSearchEvent) => onEvent(event);
      send({ event: 'matches', data: { lines: lines.slice(0, span.limit) } });
      send({
        event: 'progress',
        data: { matches, searched: to, steps, last },
      });
    },
    onChange: () => {},
  });
  const places = new MatchedLines(file, search);
  const load = async (from: number, to: number) => {
    const span = places.need(from, to);
    if (span) {
      places.add(await places.read(span, new AbortController().signal), span);
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
    expect(numberAt(places, 110)).toBe(1_100);
    places.addLatest();
    expect(places.need(101, 111)).toBeUndefined();
  });

  it('begins later where the log has lost its first lines', async () => {
    const { places, load, through, lose } = logOf(2_000);
    await through();
    lose(1_500);
    await load(100, 140);
    expect(places.first).toBe(140);
    await load(140, 160);
    expect(places.first).toBe(150);
    await load(150, 160);
    expect(numberAt(places, 150)).toBe(1_500);
  });

  it('says that it is looking, and that nothing matches', async () => {
    const { places, through } = logOf(9);
    expect(numberAt(places, 1)).toContain('Looking for lines');
    await through();
    expect(numberAt(places, 1)).toBe('No line matches');
    expect(places.next).toBe(2);
  });
});
