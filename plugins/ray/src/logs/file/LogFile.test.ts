import type { LogLinesAnswer } from '@ml-platform/backstage-plugin-ray-common';
import { plainText } from '../terminal/drawLine';
import { LogFile } from './LogFile';

const none = new Set<number>();

const numbered = (from: number, ...all: string[]) =>
  all.map((text, i) => ({ number: from + i, text }));

const answer = (facts: Partial<LogLinesAnswer>): LogLinesAnswer => ({
  source: 'driver/1',
  lasting: true,
  lines: [],
  first: 1,
  last: facts.lines?.at(-1)?.number ?? 0,
  state: 'following',
  missing: [],
  ...facts,
});

function fileOf(facts: Partial<LogLinesAnswer>, options = {}) {
  const file = new LogFile(options);
  file.take(answer(facts));
  return file;
}

function texts(file: LogFile): string[] {
  const result = [];
  for (let seq = file.first; seq < file.next; seq += 1) {
    const entry = file.at(seq);
    result.push(
      entry?.kind === 'absent'
        ? `${entry.number}?`
        : plainText(entry?.text ?? ''),
    );
  }
  return result;
}

describe('LogFile', () => {
  it('has a place for each line, also for one that is not loaded', () => {
    const file = fileOf({ lines: numbered(3, 'c', 'd') });
    expect(texts(file)).toEqual(['1?', '2?', 'c', 'd']);
    expect(file.need(file.first, file.next, none)).toEqual({
      from: 1,
      count: 2,
      fold: true,
    });
    file.add(numbered(1, 'a', 'b'));
    expect(texts(file)).toEqual(['a', 'b', 'c', 'd']);
    expect(file.need(file.first, file.next, none)).toBeUndefined();
  });

  it('says where lines are lost, how many, and what the numbers mean then', () => {
    const file = fileOf({
      lines: [...numbered(1, 'a'), ...numbered(1_002, 'b', 'c')],
      missing: [
        { line: 1_002, lines: 1_000, reason: 'Left out' },
        { line: 1_003, reason: 'Rotated away' },
      ],
    });
    expect(texts(file)).toEqual([
      'a',
      '⋯ Left out. 1,000 lines are missing here.',
      'b',
      '⋯ Rotated away. From here on, numbers count only the lines that were read.',
      'c',
    ]);
    expect(file.lost).toBe(1_000);
    expect(file.seqOfLine(500)).toBeUndefined();
    expect(file.whyAbsent(500)).toBe('Line 500 is lost: Left out');
    expect(file.seqOfLine(1_003)).toBe(file.first + 4);
    // Nothing is to be fetched where nothing is.
    expect(file.need(file.first, file.next, none)).toBeUndefined();
  });

  it('says why a line is not there', () => {
    const file = fileOf({ first: 5, last: 9 });
    expect(file.whyAbsent(4)).toContain("isn't kept here any more");
    expect(file.whyAbsent(10)).toContain('the log has 9 lines');
    file.take(answer({ last: 9, state: 'reading' }));
    expect(file.whyAbsent(10)).toBeUndefined();
  });

  it('ends with the reason to wait, the end, or what failed', () => {
    const file = fileOf({ waiting: 'Pulling the image' });
    expect(texts(file)).toEqual(['Pulling the image']);
    file.take(answer({ lines: numbered(1, 'a') }));
    expect(texts(file)).toEqual(['a']);
    file.fail('disk full');
    expect(texts(file)[1]).toBe(
      "— Couldn't read the rest of the log: disk full —",
    );
    file.take(answer({ last: 1, state: 'ended', end: 'completed' }));
    expect(texts(file)).toEqual(['a', '— End of the log —']);
  });

  it('needs only the first of equal lines, unless they are shown', () => {
    const file = fileOf({ last: 1_000_000 });
    const need = (from: number, to: number, ...open: number[]) =>
      file.need(from, to, new Set(open));
    file.add([{ number: 5, text: 'a', until: 900_000 }]);
    expect(need(5, 900_000)).toBeUndefined();
    expect(need(100, 900_001)).toEqual({ from: 900_001, count: 1, fold: true });
    expect(need(1, 900_001)).toEqual({
      from: 1,
      count: 2_000,
      fold: true,
    });
    expect(need(3, 60, 5)).toEqual({ from: 3, count: 2, fold: true });
    file.add(numbered(1, 'a', 'b', 'c', 'd'));
    expect(need(3, 60, 5)).toEqual({ from: 6, count: 55, fold: false });
    expect([4, 5, 6, 900_000].map(number => file.foldOf(number))).toEqual([
      undefined,
      undefined,
      5,
      5,
    ]);
    file.take(answer({ first: 600, last: 1_000_000 }));
    expect(file.foldOf(700)).toBeUndefined();
  });

  it('holds the lines that were needed last, however long the log is', () => {
    const file = fileOf({ last: 10_000_000 }, { mostPages: 4 });
    const load = (from: number) =>
      file.add(numbered(from, ...Array(500).fill('x')));
    [1, 501, 1_001, 5_000_001].forEach(load);
    file.need(1, 10, none);
    load(9_999_501);
    const held = [1, 501, 1_001, 5_000_001, 9_999_999].map(
      number => file.line(number) !== undefined,
    );
    expect(held).toEqual([true, false, true, true, true]);
    expect(file.at(9_999_999)).toMatchObject({ number: 9_999_999 });
    expect(file.at(7_654_321)).toEqual({ kind: 'absent', number: 7_654_321 });
  });

  it('forgets lines that take too much memory, but never those in view', () => {
    const file = fileOf({ last: 5_000 }, { mostBytes: 20_000 });
    for (let from = 1; from < 5_000; from += 500) {
      file.add(numbered(from, 'y'.repeat(9_000)));
    }
    expect(file.line(1)).toBeUndefined();
    expect(file.line(4_001)).toBeDefined();
    expect(file.line(4_501)).toBeDefined();
    expect(file.isCrowded).toBe(true);
  });

  it('folds earlier states of a progress bar', () => {
    const bars = ['start', '', ' 0%|  | 0/2', '50%|█ | 1/2', '100%|██| 2/2'];
    const file = fileOf({ lines: numbered(1, ...bars, 'done') });
    expect([1, 2, 3, 4, 5, 6].map(number => file.foldOf(number))).toEqual([
      undefined,
      2,
      2,
      2,
      undefined,
      undefined,
    ]);
  });

  it("doesn't fold lines of different sources, or across a gap", () => {
    const file = fileOf({
      lines: [
        { number: 1, text: '10%|█ |', source: 'a' },
        { number: 2, text: '20%|█ |', source: 'b' },
        { number: 3, text: '30%|█ |', source: 'b' },
      ],
      missing: [{ line: 3, reason: 'lost' }],
    });
    expect([1, 2].map(number => file.foldOf(number))).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('continues a color in the next line of the same source', () => {
    const red = { color: { kind: 'named', index: 1 } };
    const file = fileOf({
      lines: [
        { number: 1, text: '\u001b[31mred', source: 'a' },
        { number: 2, text: 'plain', source: 'b' },
        { number: 3, text: 'red too', source: 'a' },
      ],
      last: 600,
    });
    expect(file.line(2)).toMatchObject({ start: {} });
    expect(file.line(3)).toMatchObject({ start: red });
    file.add([{ number: 500, text: '\u001b[31mred' }]);
    file.add([{ number: 501, text: 'on the next page' }]);
    expect(file.line(501)).toMatchObject({ start: red });
  });
});
