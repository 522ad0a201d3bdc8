import { LogFile } from './LogFile';
import { RowIndex } from './RowIndex';

function fileOf(texts: readonly string[], last = texts.length, from = 1) {
  const file = new LogFile();
  file.take({
    source: 'driver/1',
    lasting: true,
    lines: texts.map((text, i) => ({ number: from + i, text })),
    first: 1,
    last,
    state: 'following',
    missing: [],
  });
  return file;
}

const none = new Set<number>();
const rowsOf = (index: RowIndex, ...seqs: number[]) =>
  seqs.map(seq => index.rowOf(seq));
const seqsAt = (index: RowIndex, ...rows: number[]) =>
  rows.map(row => index.seqAt(row));

describe('RowIndex', () => {
  it("gives each line one row if lines don't wrap", () => {
    const file = fileOf(['x'.repeat(500), '', 'y']);
    const index = new RowIndex({
      places: file,
      columns: Infinity,
      unfolded: none,
    });
    expect(index.total).toBe(3);
    expect(rowsOf(index, 1, 2, 3)).toEqual([0, 1, 2]);
    expect(seqsAt(index, 0, 1, 2, 9)).toEqual([1, 2, 3, 3]);
  });

  it('wraps lines after a number of columns', () => {
    const file = fileOf([
      'x'.repeat(25),
      '',
      '\u001b[31m0123456789\u001b[0m',
      '漢字漢字漢字',
    ]);
    const index = new RowIndex({ places: file, columns: 10, unfolded: none });
    expect(index.total).toBe(3 + 1 + 1 + 2);
    expect(rowsOf(index, 1, 2, 3, 4)).toEqual([0, 3, 4, 5]);
    expect(seqsAt(index, 0, 2, 3, 4, 5, 6)).toEqual([1, 1, 2, 3, 4, 4]);
  });

  it('gives a folded line no row until its fold is open', () => {
    const bar = (percent: number) => `${percent}%|  | ${percent}/100`;
    const file = fileOf(['a', bar(0), bar(10), bar(20), 'b']);
    const index = new RowIndex({
      places: file,
      columns: Infinity,
      unfolded: none,
    });
    expect(index.total).toBe(3);
    expect(seqsAt(index, 0, 1, 2, 9)).toEqual([1, 4, 5, 5]);
    expect([1, 2, 3, 4, 5].map(number => index.isHidden(number))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(index.rowOf(5)).toBe(2);
    const open = new RowIndex({
      places: file,
      columns: Infinity,
      unfolded: new Set([2]),
    });
    expect(open.total).toBe(5);
    expect(seqsAt(open, 0, 1, 2, 3, 4)).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives equal lines one row until they are shown', () => {
    const file = fileOf(['a', 'b'], 1_000_000);
    file.add([
      { number: 3, text: 'c', until: 999_998 },
      { number: 999_999, text: 'd' },
      { number: 1_000_000, text: 'e' },
    ]);
    const index = new RowIndex({
      places: file,
      columns: Infinity,
      unfolded: none,
    });
    expect(index.total).toBe(5);
    expect(rowsOf(index, 1, 3, 4, 999_998, 999_999, 1_000_000)).toEqual([
      0, 2, 3, 3, 3, 4,
    ]);
    expect(seqsAt(index, 0, 2, 3, 4, 9)).toEqual([
      1, 3, 999_999, 1_000_000, 1_000_000,
    ]);
    expect([1, 3, 500, 999_999].map(seq => index.after(seq))).toEqual([
      2, 999_999, 999_999, 1_000_000,
    ]);
    expect([3, 4, 999_999].map(number => index.isHidden(number))).toEqual([
      false,
      true,
      false,
    ]);
    file.add([{ number: 999_999, text: 'd', until: 1_000_000 }]);
    expect(index.total).toBe(4);
    const open = new RowIndex({
      places: file,
      columns: Infinity,
      unfolded: new Set([3]),
    });
    expect(open.total).toBe(999_999);
    expect(open.after(3)).toBe(4);
  });

  it.each([1, 2, 3, 4, 5])(
    'agrees with a count of all rows, whatever is repeated and shown (%i)',
    seed => {
      let state = seed;
      const random = (below: number) => {
        state = (state * 16_807) % 2_147_483_647;
        return state % below;
      };
      const file = fileOf([], 2_000);
      const unfolded = new Set<number>();
      const shown: number[] = [];
      let number = 1;
      while (number <= 2_000) {
        const most = random(3) > 0 ? 1 : 1 + random(700);
        const until = Math.min(2_000, number + most - 1);
        file.add([{ number, text: '', ...(until > number && { until }) }]);
        const isOpen = random(2) === 0;
        if (isOpen) {
          unfolded.add(number);
        }
        for (let line = number; line <= until; line += 1) {
          if (line === number || isOpen) {
            shown.push(line);
          }
        }
        number = until + 1;
      }
      const index = new RowIndex({ places: file, columns: 80, unfolded });
      expect(index.total).toBe(shown.length);
      expect(shown.map(line => index.rowOf(line))).toEqual(
        shown.map((_, row) => row),
      );
      expect(shown.map((_, row) => index.seqAt(row))).toEqual(shown);
      expect(shown.map(line => index.after(line))).toEqual([
        ...shown.slice(1),
        2_001,
      ]);
    },
  );

  it('counts lines that are not loaded as one row, and follows what is loaded', () => {
    const file = fileOf([], 10_000_000);
    const index = new RowIndex({ places: file, columns: 10, unfolded: none });
    expect(index.total).toBe(10_000_000);
    expect(index.seqAt(7_654_320)).toBe(7_654_321);
    file.add(
      Array.from({ length: 1_200 }, (_, i) => ({
        number: 4_001 + i,
        text: 'x'.repeat(i % 35),
      })),
    );
    const extra = Array.from({ length: 1_200 }, (_, i) =>
      Math.max(0, Math.ceil((i % 35) / 10) - 1),
    ).reduce((sum, more) => sum + more, 0);
    expect(index.total).toBe(10_000_000 + extra);
    expect(index.rowOf(9_000_000)).toBe(8_999_999 + extra);
    for (let seq = 3_990; seq < 5_300; seq += 7) {
      expect(index.seqAt(index.rowOf(seq))).toBe(seq);
    }
  });
});
