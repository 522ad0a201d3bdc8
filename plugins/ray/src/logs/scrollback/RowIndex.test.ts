import { Scrollback } from './Scrollback';
import { RowIndex } from './RowIndex';

const line = (text: string) => ({ kind: 'line' as const, text });

describe('RowIndex', () => {
  it('gives each line one row where lines are not broken', () => {
    const buffer = new Scrollback();
    buffer.append([line('x'.repeat(500)), line(''), line('y')]);
    const index = new RowIndex(buffer, Infinity);
    expect(index.total).toBe(3);
    expect([0, 1, 2].map(seq => index.rowOf(seq))).toEqual([0, 1, 2]);
    expect([0, 1, 2, 9].map(row => index.seqAt(row))).toEqual([0, 1, 2, 2]);
  });

  it('breaks lines after a number of columns', () => {
    const buffer = new Scrollback();
    buffer.append([
      line('x'.repeat(25)),
      line(''),
      line('\u001b[31m0123456789\u001b[0m'),
      line('漢字漢字漢字'),
    ]);
    const index = new RowIndex(buffer, 10);
    expect(index.total).toBe(3 + 1 + 1 + 2);
    expect([0, 1, 2, 3].map(seq => index.rowOf(seq))).toEqual([0, 3, 4, 5]);
    expect([0, 2, 3, 4, 5, 6].map(row => index.seqAt(row))).toEqual([
      0, 0, 1, 2, 3, 3,
    ]);
  });

  it('follows what is added, dropped and written over', () => {
    const buffer = new Scrollback({ maxLines: 3000 });
    const index = new RowIndex(buffer, 10);
    for (let round = 0; round < 40; round += 1) {
      buffer.append(
        Array.from({ length: 250 }, (_, i) =>
          line('x'.repeat((round * 7 + i) % 35)),
        ),
      );
      buffer.append([line('bar\r')]);
      index.sync();
      buffer.append([line('a bar that is longer')]);
      index.sync();
    }
    const fresh = new RowIndex(buffer, 10);
    expect(index.total).toBe(fresh.total);
    for (let seq = buffer.first; seq < buffer.next; seq += 97) {
      expect(index.rowOf(seq)).toBe(fresh.rowOf(seq));
      expect(index.seqAt(index.rowOf(seq))).toBe(seq);
    }
  });

  it('answers the rows that went at the top', () => {
    const buffer = new Scrollback({ maxLines: 2 });
    buffer.append([line('x'.repeat(30)), line('b')]);
    const index = new RowIndex(buffer, 10);
    buffer.append([line('c')]);
    expect(index.sync()).toBe(3);
    expect(index.total).toBe(2);
  });

  it('copes with all lines replaced between two looks', () => {
    const buffer = new Scrollback({ maxLines: 2 });
    buffer.append([line('a'), line('b')]);
    const index = new RowIndex(buffer, Infinity);
    buffer.append(Array.from({ length: 5000 }, () => line('c')));
    index.sync();
    expect(index.total).toBe(2);
    expect(index.seqAt(0)).toBe(buffer.first);
  });
});
