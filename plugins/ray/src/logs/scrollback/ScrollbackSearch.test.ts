import { highlight } from './highlight';
import { Scrollback } from './Scrollback';
import { findRanges, ScrollbackSearch } from './ScrollbackSearch';

const line = (text: string) => ({ kind: 'line' as const, text });

describe('findRanges', () => {
  it.each([
    [
      'Error and error',
      'error',
      [
        [0, 5],
        [10, 15],
      ],
    ],
    ['Error and error', 'Error', [[0, 5]]],
    [
      'aaaa',
      'aa',
      [
        [0, 2],
        [2, 4],
      ],
    ],
    ['a.c', '.', [[1, 2]]],
    ['a[0] (b) $c^ \\d', '(b) $c^ \\d', [[5, 15]]],
    ['İstanbul: Error', 'error', [[10, 15]]],
    ['nothing', 'x', []],
    ['anything', '', []],
  ])('in %j finds %j', (text, query, ranges) => {
    expect(findRanges(text, query).map(r => [r.start, r.end])).toEqual(ranges);
  });
});

describe('ScrollbackSearch', () => {
  it('finds what a terminal shows, not its codes', () => {
    const buffer = new Scrollback();
    buffer.append([
      line('\u001b[31mfa\u001b[0milure'),
      line('[31m is no code'),
      line('\rfailure\rsuccess'),
    ]);
    const search = new ScrollbackSearch(buffer, 'failure');
    expect(search.scan(100)).toBe(true);
    expect([search.count, search.at(0)]).toEqual([1, 0]);
  });

  it('searches part by part, and each line once', () => {
    const buffer = new Scrollback();
    buffer.append(Array.from({ length: 100 }, (_, i) => line(`n ${i % 10}`)));
    const search = new ScrollbackSearch(buffer, 'n 3');
    expect(search.scan(50)).toBe(false);
    expect(search.count).toBe(5);
    while (!search.scan(50));
    expect(search.count).toBe(10);
    buffer.append([line('n 3')]);
    search.scan(50);
    expect(search.count).toBe(11);
    expect(search.indexFrom(50)).toBe(5);
    expect(search.indexFrom(1000)).toBeUndefined();
  });

  it('forgets lines that were dropped', () => {
    const buffer = new Scrollback({ maxLines: 4 });
    buffer.append([line('hit 1'), line('a'), line('hit 2'), line('b')]);
    const search = new ScrollbackSearch(buffer, 'hit');
    search.scan(100);
    buffer.append([line('c')]);
    search.scan(100);
    expect([search.count, search.at(0)]).toEqual([1, 2]);
  });

  it('finds folded lines', () => {
    const buffer = new Scrollback();
    buffer.append([line(' 0%| | 0/2'), line('50%| | 1/2'), line('99%| | 2/2')]);
    const search = new ScrollbackSearch(buffer, '1/2');
    search.scan(100);
    expect([search.count, search.at(0)]).toEqual([1, 1]);
  });

  it('finds a line that replaces a reason to wait', () => {
    const buffer = new Scrollback();
    buffer.append([{ kind: 'marker', marker: 'waiting', text: 'hit' }]);
    const search = new ScrollbackSearch(buffer, 'hit');
    search.scan(100);
    expect(search.count).toBe(0);
    buffer.append([line('a hit')]);
    search.scan(100);
    expect(search.count).toBe(1);
  });
});

describe('highlight', () => {
  it('cuts styled pieces at the start and end of matches', () => {
    const bold = { bold: true };
    expect(
      highlight(
        [
          { text: 'abc', style: {} },
          { text: 'def', style: bold },
        ],
        [{ start: 2, end: 4 }],
      ),
    ).toEqual([
      { text: 'ab', style: {}, match: undefined },
      { text: 'c', style: {}, match: 0 },
      { text: 'd', style: bold, match: 0 },
      { text: 'ef', style: bold, match: undefined },
    ]);
  });
});
