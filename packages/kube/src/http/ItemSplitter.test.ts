import { ItemSplitter } from './ItemSplitter';

const items = [
  { metadata: { name: 'a', labels: { text: 'a "quoted" \\ { [ , ] }' } } },
  { list: [[1], { x: [] }], empty: {}, none: null, text: '\\' },
  { metadata: { name: 'größer 日本 \u{1F600}' } },
  {},
];
const around = {
  kind: 'List',
  metadata: { continue: 'x', items: [1, [2]], deep: { items: [{}] } },
};
const whole = { ...around, items, after: [{ items: [3] }, '"items":['] };

const LISTS: readonly (readonly [string, string])[] = [
  ['as the API server writes it', JSON.stringify(whole)],
  ['with blanks', JSON.stringify(whole, null, 2)],
  ['with the items first', JSON.stringify({ items, ...around })],
  ['with no items', JSON.stringify({ items: [], ...around })],
  ['with items that are null', JSON.stringify({ items: null, ...around })],
  ['with no list', JSON.stringify(around)],
];

describe('the items of a list', () => {
  it.each(LISTS)('come one by one, however it is cut: %s', (_, text) => {
    const bytes = Buffer.from(text);
    const { items: expected, ...rest } = JSON.parse(text);
    for (const size of [1, 2, 3, 7, 64, bytes.length]) {
      const splitter = new ItemSplitter();
      const found: unknown[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        // A copy that is written over, as a socket's buffer may be.
        const piece = Buffer.from(bytes.subarray(at, at + size));
        found.push(...splitter.split(piece).map(item => JSON.parse(item)));
        piece.fill(0);
      }
      expect(found).toEqual(expected ?? []);
      const left = JSON.parse(splitter.around());
      expect({ ...left, items: undefined }).toEqual({
        ...rest,
        items: undefined,
      });
    }
  });

  it('leave what is broken off for the parser to refuse', () => {
    const splitter = new ItemSplitter();
    expect(splitter.split(Buffer.from('{"items":[{"a":1},{"b":'))).toEqual([
      '{"a":1}',
    ]);
    expect(() => JSON.parse(splitter.around())).toThrow(SyntaxError);
  });
});
