import { Scrollback } from './Scrollback';
import type { NewEntry } from './ScrollbackEntry';
import { plainText } from '../terminal/drawLine';

const line = (text: string, source?: string): NewEntry => ({
  kind: 'line',
  text,
  source,
});
const marker = (kind: 'gap' | 'end' | 'waiting', text: string): NewEntry => ({
  kind: 'marker',
  marker: kind,
  text,
});

function texts(buffer: Scrollback): string[] {
  const result = [];
  for (let seq = buffer.first; seq < buffer.next; seq += 1) {
    result.push(plainText(buffer.at(seq)?.text ?? ''));
  }
  return result;
}

describe('Scrollback', () => {
  it('numbers only lines', () => {
    const buffer = new Scrollback();
    buffer.append([line('a'), marker('gap', 'lost'), line('b')]);
    expect(texts(buffer)).toEqual(['a', 'lost', 'b']);
    expect(buffer.at(2)).toMatchObject({ kind: 'line', number: 2 });
    expect(buffer.lineCount).toBe(2);
  });

  it('drops the oldest lines above the limit, and counts them', () => {
    const buffer = new Scrollback({ maxLines: 3 });
    buffer.append(['a', 'b', 'c', 'd', 'e'].map(text => line(text)));
    expect(texts(buffer)).toEqual(['c', 'd', 'e']);
    expect(buffer.droppedLines).toBe(2);
    expect(buffer.first).toBe(2);
    expect(buffer.at(0)).toBeUndefined();
    expect(buffer.at(2)).toMatchObject({ text: 'c', number: 3 });
  });

  it('drops the oldest lines above the memory limit, but never the newest line', () => {
    const buffer = new Scrollback({ maxBytes: 300 });
    buffer.append([line('x'.repeat(100)), line('y'.repeat(100))]);
    expect(buffer.droppedLines).toBe(1);
    buffer.append([line('z'.repeat(1000))]);
    expect(texts(buffer)).toEqual(['z'.repeat(1000)]);
  });

  it('stays correct after many drops', () => {
    const buffer = new Scrollback({ maxLines: 1000 });
    for (let i = 1; i <= 10_000; i += 1) {
      buffer.append([line(`line ${i}`)]);
    }
    expect(buffer.next - buffer.first).toBe(1000);
    expect(buffer.at(buffer.first)).toMatchObject({
      text: 'line 9001',
      number: 9001,
    });
    expect(buffer.seqOfLine(9500)).toBe(9499);
    expect(buffer.seqOfLine(5)).toBeUndefined();
    expect(buffer.seqOfLine(10_001)).toBeUndefined();
  });

  it('finds a line between markers', () => {
    const buffer = new Scrollback();
    buffer.append([
      marker('gap', 'g'),
      line('a'),
      marker('gap', 'g'),
      marker('gap', 'g'),
      line('b'),
      marker('end', 'e'),
    ]);
    expect(buffer.seqOfLine(1)).toBe(1);
    expect(buffer.seqOfLine(2)).toBe(4);
    expect(buffer.seqOfLine(3)).toBeUndefined();
  });

  it('keeps each line with a Windows line ending', () => {
    const buffer = new Scrollback();
    buffer.append([line('one\r'), line('two\r')]);
    buffer.append([line('three')]);
    expect(texts(buffer)).toEqual(['one', 'two', 'three']);
    expect(buffer.lineCount).toBe(3);
  });

  it('keeps all states of a progress bar as numbered lines in one fold', () => {
    const buffer = new Scrollback();
    buffer.append(
      ['start', '', ' 0%|  | 0/2', '50%|█ | 1/2', '100%|██| 2/2', 'done'].map(
        text => line(text),
      ),
    );
    expect(texts(buffer)).toHaveLength(6);
    expect(buffer.at(5)).toMatchObject({ text: 'done', number: 6 });
    const folds = [0, 1, 2, 3, 4, 5].map(seq => buffer.foldOf(seq));
    expect(folds).toEqual([undefined, 1, 1, 1, undefined, undefined]);
  });

  it('keeps the id of a fold when its first line is dropped', () => {
    const buffer = new Scrollback({ maxLines: 3 });
    for (let i = 0; i <= 100; i += 10) {
      buffer.append([line(`${i}%|  | ${i}/100`)]);
    }
    expect(buffer.first).toBe(8);
    expect(buffer.foldOf(8)).toBe(0);
    expect(buffer.foldOf(10)).toBeUndefined();
  });

  it("doesn't fold lines of different sources, or across a note", () => {
    const buffer = new Scrollback();
    buffer.append([
      line('10%|█ |', 'a'),
      line('20%|█ |', 'b'),
      marker('gap', 'lost'),
      line('30%|█ |', 'b'),
    ]);
    expect([0, 1, 2, 3].map(seq => buffer.foldOf(seq))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('continues a color in the next line of the same source', () => {
    const buffer = new Scrollback();
    buffer.append([
      line('\u001b[31mred', 'a'),
      line('plain', 'b'),
      line('red too', 'a'),
    ]);
    expect(buffer.at(1)).toMatchObject({ start: {} });
    expect(buffer.at(2)).toMatchObject({
      start: { color: { kind: 'named', index: 1 } },
    });
  });

  it('shows only the newest reason to wait, and none when lines arrive', () => {
    const buffer = new Scrollback();
    buffer.append([marker('waiting', 'queued'), marker('waiting', 'starting')]);
    expect(texts(buffer)).toEqual(['starting']);
    buffer.append([line('hello')]);
    expect(texts(buffer)).toEqual(['hello']);
  });

  it('appends to a long log as fast as to a short one', () => {
    const buffer = new Scrollback({ maxLines: 200_000 });
    const batch = Array.from({ length: 1000 }, (_, i) => line(`line ${i}`));
    const fill = (times: number) => {
      const start = performance.now();
      for (let i = 0; i < times; i += 1) {
        buffer.append(batch);
      }
      return performance.now() - start;
    };
    fill(20);
    const early = fill(20);
    fill(200);
    const late = fill(20);
    // More than noise, but much less than copying 200,000 lines for each batch.
    expect(late).toBeLessThan(early * 10 + 100);
  });
});
