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
  it('numbers lines, and only lines', () => {
    const buffer = new Scrollback();
    buffer.append([line('a'), marker('gap', 'lost'), line('b')]);
    expect(texts(buffer)).toEqual(['a', 'lost', 'b']);
    expect(buffer.at(2)).toMatchObject({ kind: 'line', number: 2 });
    expect(buffer.lineCount).toBe(2);
  });

  it('drops the head beyond its number of lines, and says how many', () => {
    const buffer = new Scrollback({ maxLines: 3 });
    buffer.append(['a', 'b', 'c', 'd', 'e'].map(text => line(text)));
    expect(texts(buffer)).toEqual(['c', 'd', 'e']);
    expect(buffer.droppedLines).toBe(2);
    expect(buffer.first).toBe(2);
    expect(buffer.at(0)).toBeUndefined();
    expect(buffer.at(2)).toMatchObject({ text: 'c', number: 3 });
  });

  it('drops the head beyond its memory, but never the newest line', () => {
    const buffer = new Scrollback({ maxBytes: 300 });
    buffer.append([line('x'.repeat(100)), line('y'.repeat(100))]);
    expect(buffer.droppedLines).toBe(1);
    buffer.append([line('z'.repeat(1000))]);
    expect(texts(buffer)).toEqual(['z'.repeat(1000)]);
  });

  it('stays right over many drops', () => {
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

  it('writes over a line that ends in a carriage return, across chunks', () => {
    const buffer = new Scrollback();
    buffer.append([line('start'), line(' 10%\r')]);
    buffer.append([line(' 50%\r')]);
    expect(texts(buffer)).toEqual(['start', ' 50%']);
    buffer.append([line('100%')]);
    buffer.append([line('next')]);
    expect(texts(buffer)).toEqual(['start', '100%', 'next']);
    expect(buffer.lineCount).toBe(3);
  });

  it('keeps a bar from growing with each time it is drawn', () => {
    const buffer = new Scrollback();
    for (let i = 0; i < 5_000; i += 1) {
      buffer.append([line(`progress ${String(i).padStart(5, '0')}\r`)]);
    }
    expect(texts(buffer)).toEqual(['progress 04999']);
    expect(buffer.at(0)?.text.length).toBeLessThan(10_000);
  });

  it('does not write one source over another', () => {
    const buffer = new Scrollback();
    buffer.append([line('10%\r', 'a'), line('hello', 'b')]);
    expect(texts(buffer)).toEqual(['10%', 'hello']);
  });

  it('carries a colour that was left on into the next line of its source', () => {
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

  it('shows only the newest reason to wait, and none once lines come', () => {
    const buffer = new Scrollback();
    buffer.append([marker('waiting', 'queued'), marker('waiting', 'starting')]);
    expect(texts(buffer)).toEqual(['starting']);
    buffer.append([line('hello')]);
    expect(texts(buffer)).toEqual(['hello']);
  });

  it('appends as fast to a long log as to a short one', () => {
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
    // Far above noise, far below what a copy of 200,000 lines a batch would cost.
    expect(late).toBeLessThan(early * 10 + 100);
  });
});
