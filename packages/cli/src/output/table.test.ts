import { table } from './table';

const rows = [
  { name: 'first', note: 'a short note', size: '1' },
  { name: 'second', note: `a ${'very '.repeat(20)}long note`, size: '22' },
];
const columns = [
  { title: 'NAME', value: (row: (typeof rows)[0]) => row.name },
  { title: 'SIZE', value: (row: (typeof rows)[0]) => row.size, rank: 1 },
  { title: 'NOTE', value: (row: (typeof rows)[0]) => row.note, rank: 2 },
];

describe('table', () => {
  it('aligns columns, and cuts nothing where no width is known', () => {
    expect(table(rows.slice(0, 1), columns)).toBe(
      'NAME   SIZE  NOTE\nfirst  1     a short note\n',
    );
    expect(table(rows, columns)).toContain('long note\n');
  });

  it.each([120, 80, 40, 20])('fits into %d columns', width => {
    const lines = table(rows, columns, width).trimEnd().split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(
      width,
    );
    expect(lines[2]).toContain('second');
  });

  it('keeps a cell in its row, without what a terminal would obey', () => {
    const evil = [{ name: 'a\u001b[31mb\nc\u0007', note: '', size: '' }];
    expect(table(evil, columns)).toBe('NAME  SIZE  NOTE\nab c  -     -\n');
  });

  it('draws ten thousand rows, all of the same widths', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      name: `job-${i}`,
      note: 'x',
      size: String(i),
    }));
    const lines = table(many, columns).trimEnd().split('\n');
    expect(lines).toHaveLength(10_001);
    expect(new Set(lines.map(line => line.lastIndexOf('x'))).size).toBe(2);
  });

  it('counts wide characters as a terminal does', () => {
    const wide = [
      { name: '日本', note: 'x', size: '1' },
      { name: 'abcd', note: 'x', size: '1' },
    ];
    const [, first, second] = table(wide, columns).split('\n');
    expect(first).toBe('日本  1     x');
    expect(second).toBe('abcd  1     x');
  });
});
