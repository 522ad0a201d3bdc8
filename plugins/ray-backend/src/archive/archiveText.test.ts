import {
  archiveLine,
  BoundedText,
  gapLine,
  parseArchiveLine,
  placeLine,
} from './archiveText';

describe('a line of the archive', () => {
  it.each([
    { time: '2026-11-23T21:06:00.000000000Z', text: 'a line ' },
    { text: '@ no place' },
    { text: '' },
    { time: '2026-11-23T21:06:00.000000000Z', text: '@ a', source: 'pod/ray' },
    { text: '! b', source: 'pod/ray' },
  ])('is the same when it is read: %j', line => {
    expect(parseArchiveLine(archiveLine(line).slice(0, -1))).toEqual({
      kind: 'line',
      ...line,
    });
  });

  it('can be a gap', () => {
    expect(parseArchiveLine(gapLine('2 lines').slice(0, -1))).toEqual({
      kind: 'gap',
      reason: '2 lines',
    });
  });

  it('can be a gap of so many lines', () => {
    expect(parseArchiveLine(gapLine('left out', 2).slice(0, -1))).toEqual({
      kind: 'gap',
      reason: 'left out',
      lines: 2,
    });
  });

  it('stays one line, whatever is in it', () => {
    const text = archiveLine({ text: 'a\nb' });
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(parseArchiveLine(text.slice(0, -1))).toEqual({
      kind: 'line',
      text: 'a\u2028b',
    });
  });

  it('can be a place', () => {
    expect(parseArchiveLine(placeLine('u~archive~1~2').slice(0, -1))).toEqual({
      kind: 'place',
      cursor: 'u~archive~1~2',
    });
  });
});

describe('BoundedText', () => {
  it('keeps the beginning and the end of a long log, and says so', () => {
    const bounded = new BoundedText({ head: 20, tail: 20 });
    let text = '';
    for (let i = 0; i < 10; i += 1) {
      text += bounded.push([`line ${i}..\n`]);
    }
    expect(text).toBe('line 0..\nline 1..\n');
    const end = bounded.finish().split('\n');
    expect(end[0]).toMatch(/^!6 The archive keeps the beginning/);
    expect(end.slice(1)).toEqual(['line 8..', 'line 9..', '']);
  });

  it('counts what was written before', () => {
    const bounded = new BoundedText({ head: 20, tail: 20 });
    bounded.wrote('line 0..\nline 1..\n');
    expect(bounded.push(['line 2..\n'])).toBe('');
    expect(bounded.finish()).toBe('line 2..\n');
  });

  it('keeps all of a short one', () => {
    const bounded = new BoundedText({ head: 100, tail: 100 });
    expect(bounded.push(['a\n']) + bounded.finish()).toBe('a\n');
  });
});
