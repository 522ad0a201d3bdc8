import { highlight } from './highlight';
import { textFinder } from './findRanges';

describe('textFinder', () => {
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
    expect(
      textFinder(
        query,
        query !== query.toLowerCase(),
      )(text).map(r => [r.start, r.end]),
    ).toEqual(ranges);
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
