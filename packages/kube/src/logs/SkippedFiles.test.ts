import { SkippedFiles } from './SkippedFiles';

const OPENED = Date.parse('2026-11-23T21:06:00Z');
const SECOND = 1_000;
const FILLER = 'x'.repeat(200);

/** A line that was written so many seconds after the connection was opened. */
const line = (second: number, text = FILLER) =>
  `${new Date(OPENED + second * SECOND).toISOString().replace('Z', '000000Z')} ${text}\n`;

/** Lines of a megabyte, written from one second to another. */
function file(from: number, to: number): string {
  const count = 6_000;
  return Array.from({ length: count }, (_, i) =>
    line(from + ((to - from) * i) / count),
  ).join('');
}

describe('SkippedFiles', () => {
  let files: SkippedFiles;
  /** What comes before each part of a text that is read so many seconds after the opening. */
  const read = (text: string, second: number) => {
    const parts = files.split(text, OPENED + second * SECOND);
    expect(parts.map(part => part.text).join('')).toBe(text);
    return parts.map(({ after, text: { length } }) => [after, length]);
  };

  beforeEach(() => {
    files = new SkippedFiles(OPENED);
  });

  it('finds where a reader who was behind no longer is', () => {
    expect(read(file(0, 10), 21)).toHaveLength(1);
    expect(read(line(20), 21)).toEqual([['gap', line(20).length]]);
  });

  it('finds it within a piece, and goes on from there', () => {
    const [first, second] = [file(0, 10), file(20, 30)];
    expect(read(first + second, 45)).toEqual([
      ['text', first.length],
      ['gap', second.length],
    ]);
    expect(read(line(31), 45)).toHaveLength(1);
    expect(read(line(44), 46)).toEqual([['gap', line(44).length]]);
  });

  it('finds it beside the rest of a line that came in pieces', () => {
    expect(read(`${file(0, 10)}the rest\n`, 21)).toHaveLength(1);
    expect(read(`the rest\n${line(20)}`, 21)).toEqual([
      ['text', 9],
      ['gap', line(20).length],
    ]);
  });

  it('finds where the file after it comes again', () => {
    const second = file(20, 22);
    expect(read(file(0, 10) + second, 45)).toHaveLength(2);
    const more = second + line(23);
    expect(read(more, 45)).toEqual([['again', more.length]]);
    expect(read(line(24) + more + line(24) + second, 46)).toEqual([
      ['text', line(24).length],
      ['again', more.length + line(24).length],
      ['again', second.length],
    ]);
  });

  it('finds nothing missing in a file that comes again', () => {
    const second = file(20, 22) + file(26, 27);
    expect(read(file(0, 10) + second, 45)).toEqual([
      ['text', file(0, 10).length],
      ['gap', file(20, 22).length],
      ['gap', file(26, 27).length],
    ]);
    expect(read(second, 45)).toEqual([['again', second.length]]);
  });

  it('takes a pause of the program for what it is', () => {
    expect(read(file(0, 10), 10)).toHaveLength(1);
    expect(read(line(30), 30)).toHaveLength(1);
    expect(read(line(50), 51)).toHaveLength(1);
  });

  it('lets the clock of the node be behind or ahead', () => {
    expect(read(file(-60, -50), 10)).toHaveLength(1);
    expect(read(line(-30), 30)).toHaveLength(1);
    files = new SkippedFiles(OPENED);
    expect(read(file(60, 70), 10)).toHaveLength(1);
    expect(read(line(90), 30)).toHaveLength(1);
  });

  it('takes what was written before for one file, whatever pauses it has', () => {
    const text = file(-900, -600) + line(-300) + line(-60);
    expect(read(text, 1)).toHaveLength(1);
    expect(read(line(0.5), 1)).toHaveLength(1);
  });

  it('looks for no second file where there is not one yet', () => {
    expect(read(line(0), 20)).toHaveLength(1);
    expect(read(line(10), 20)).toHaveLength(1);
  });
});
