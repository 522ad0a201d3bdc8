import { tmpdir } from 'node:os';
import { LRUCache } from 'lru-cache';
import { lineMatcher, type LineQuery } from './lineMatcher';
import { MatchCounter } from './MatchCounter';
import { NumberedLog } from './NumberedLog';
import { searchLog } from './searchLog';

const TEXTS = [
  '2026-11-23 21:06:21 INFO train.py: step 1 loss=0.5',
  'WARNING: clock skew of 3 s',
  'ERROR: CUDA out of memory (a+b)',
  '\x1b[31mERROR\x1b[39m in red',
  '{"level": "error", "msg": "as JSON"}',
  'Traceback (most recent call last):',
  'no level: errors happen',
  'INFO: the word ERROR comes later',
  'DEBUG Grüße',
  '',
];

describe('searchLog', () => {
  const log = new NumberedLog({
    folder: tmpdir(),
    unpacked: new LRUCache<object, string>({ max: 4 }),
  });

  beforeAll(async () => {
    for (let i = 0; i < 1_000; i += 1) {
      await log.append(
        TEXTS.map(text => ({ time: '2026-11-23T21:06:21Z', text })),
      );
    }
  });

  afterAll(() => log.close());

  async function search(query: LineQuery, span = {}) {
    const counter = new MatchCounter({ limit: 3 });
    const options = { from: 1, to: log.last, counter, ...span };
    let matches = 0;
    let searched = 0;
    const numbers: number[] = [];
    for await (const step of searchLog(log, lineMatcher(query), options)) {
      ({ matches, searched } = step);
      numbers.push(...step.lines.map(({ number }) => number));
    }
    return { matches, searched, numbers };
  }

  it.each<[LineQuery, number, number[]]>([
    [{ q: 'cuda' }, 1_000, [3, 13, 23]],
    [{ q: 'cuda', matchCase: true }, 0, []],
    [{ q: '(a+b)' }, 1_000, [3, 13, 23]],
    [{ q: 'GRÜSSE' }, 0, []],
    [{ q: 'grüße' }, 1_000, [9, 19, 29]],
    [{ q: '2026-11-23T' }, 0, []],
    [{ q: '^(WARN|ERROR)', regex: true }, 3_000, [2, 3, 4]],
    [{ q: 'loss=0\\.\\d$', regex: true }, 1_000, [1, 11, 21]],
    [{ q: '^$', regex: true }, 1_000, [10, 20, 30]],
    [{ q: 'warning.*s$', regex: true, matchCase: true }, 0, []],
    [{ q: '^error\\b', regex: true }, 2_000, [3, 4, 13]],
    [{ level: 'error' }, 4_000, [3, 4, 5]],
    [{ level: 'warning' }, 1_000, [2, 12, 22]],
    [{ level: 'warning', orWorse: true }, 5_000, [2, 3, 4]],
    [{ level: 'error', orWorse: true }, 4_000, [3, 4, 5]],
    [{ level: 'info', q: 'error' }, 1_000, [8, 18, 28]],
    [{}, 10_000, [1, 2, 3]],
  ])('counts the lines with %j', async (query, matches, numbers) => {
    await expect(search(query)).resolves.toEqual({
      matches,
      searched: 10_000,
      numbers,
    });
  });

  it('looks only at the lines that are asked for', async () => {
    await expect(search({ q: 'CUDA' }, { from: 14, to: 33 })).resolves.toEqual({
      matches: 2,
      searched: 33,
      numbers: [23, 33],
    });
  });

  it('needs no more time for a pattern that is made to take long', async () => {
    const evil = {
      q: '^(([a-zA-Z0-9 ])+.)+[A-Z]([a-z ])+x{150}$',
      regex: true,
    };
    await expect(search(evil)).resolves.toMatchObject({ matches: 0 });
  });

  it('lets others have their turn in the middle of a part', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    let now = 0;
    const clock = jest.spyOn(performance, 'now');
    // Each look at the clock is a long time after the one before it.
    clock.mockImplementation(() => (now += 1_000));
    try {
      await search({ q: 'step \\d', regex: true }, { to: 100 });
    } finally {
      clock.mockRestore();
      clearInterval(timer);
    }
    expect(turns).toBeGreaterThan(0);
  });

  it.each(['(', 'a(?=b)', '(a)\\1', '*'])('refuses the pattern %s', q => {
    expect(() => lineMatcher({ q, regex: true })).toThrow('without regex=true');
  });
});
