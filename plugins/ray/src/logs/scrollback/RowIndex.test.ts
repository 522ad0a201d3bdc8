import { Scrollback } from './Scrollback';
import { RowIndex } from './RowIndex';

const line = (text: string) => ({ kind: 'line' as const, text });

describe('RowIndex', () => {
  it("gives each line one row if lines don't wrap", () => {
    const buffer = new Scrollback();
    buffer.append([line('x'.repeat(500)), line(''), line('y')]);
    const index = new RowIndex({ buffer, columns: Infinity });
    expect(index.total).toBe(3);
    expect([0, 1, 2].map(seq => index.rowOf(seq))).toEqual([0, 1, 2]);
    expect([0, 1, 2, 9].map(row => index.seqAt(row))).toEqual([0, 1, 2, 2]);
  });

  it('wraps lines after a number of columns', () => {
    const buffer = new Scrollback();
    buffer.append([
      line('x'.repeat(25)),
      line(''),
      line('\u001b[31m0123456789\u001b[0m'),
      line('漢字漢字漢字'),
    ]);
    const index = new RowIndex({ buffer, columns: 10 });
    expect(index.total).toBe(3 + 1 + 1 + 2);
    expect([0, 1, 2, 3].map(seq => index.rowOf(seq))).toEqual([0, 3, 4, 5]);
    expect([0, 2, 3, 4, 5, 6].map(row => index.seqAt(row))).toEqual([
      0, 0, 1, 2, 3, 3,
    ]);
  });

  it('gives a folded line no row until its fold is open', () => {
    const buffer = new Scrollback();
    const bar = (percent: number) => line(`${percent}%|  | ${percent}/100`);
    buffer.append([line('a'), bar(0), bar(10)]);
    const index = new RowIndex({ buffer, columns: Infinity });
    expect(index.total).toBe(2);
    buffer.append([bar(20), line('b')]);
    index.sync();
    expect(index.total).toBe(3);
    expect([0, 1, 2, 9].map(row => index.seqAt(row))).toEqual([0, 3, 4, 4]);
    expect([0, 1, 2, 3, 4].map(seq => index.isHidden(seq))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(index.rowOf(4)).toBe(2);
    const open = new RowIndex({
      buffer,
      columns: Infinity,
      unfolded: new Set([1]),
    });
    expect(open.total).toBe(5);
    expect([0, 1, 2, 3, 4].map(row => open.seqAt(row))).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });

  it('follows what is added, dropped and folded', () => {
    const buffer = new Scrollback({ maxLines: 3000 });
    const index = new RowIndex({ buffer, columns: 10 });
    for (let round = 0; round < 40; round += 1) {
      buffer.append(
        Array.from({ length: 250 }, (_, i) =>
          line('x'.repeat((round * 7 + i) % 35)),
        ),
      );
      buffer.append([line(' 0%| | 0/2'), line('50%| | 1/2')]);
      index.sync();
      buffer.append([line('99%| | a bar that is longer')]);
      index.sync();
    }
    const fresh = new RowIndex({ buffer, columns: 10 });
    expect(index.total).toBe(fresh.total);
    for (let seq = buffer.first; seq < buffer.next; seq += 97) {
      expect(index.rowOf(seq)).toBe(fresh.rowOf(seq));
      expect(index.seqAt(index.rowOf(seq))).toBe(seq);
    }
  });

  it('returns the number of rows dropped at the top', () => {
    const buffer = new Scrollback({ maxLines: 2 });
    buffer.append([line('x'.repeat(30)), line('b')]);
    const index = new RowIndex({ buffer, columns: 10 });
    buffer.append([line('c')]);
    expect(index.sync()).toBe(3);
    expect(index.total).toBe(2);
  });

  it('handles the replacement of all lines between two updates', () => {
    const buffer = new Scrollback({ maxLines: 2 });
    buffer.append([line('a'), line('b')]);
    const index = new RowIndex({ buffer, columns: Infinity });
    buffer.append(Array.from({ length: 5000 }, () => line('c')));
    index.sync();
    expect(index.total).toBe(2);
    expect(index.seqAt(0)).toBe(buffer.first);
  });
});
