import { LogPosition } from './LogPosition';

const START = {
  kind: 'container' as const,
  podUid: 'u1',
  container: 'main',
  restartCount: 0,
  time: '',
  count: 0,
};

const T1 = '2026-11-23T21:06:21.000000001Z';
const T2 = '2026-11-23T21:06:21.000000002Z';

describe('LogPosition', () => {
  it.each([
    ['nine digits', T1, T1],
    ['no fraction', '2026-11-23T21:06:21Z', '2026-11-23T21:06:21.000000000Z'],
    [
      'a short fraction',
      '2026-11-23T21:06:21.5Z',
      '2026-11-23T21:06:21.500000000Z',
    ],
    [
      'an offset from UTC',
      '2026-11-23T22:06:21.000000001+01:00',
      '2026-11-23T21:06:21.000000001Z',
    ],
  ])('reads a time with %s', (_, written, time) => {
    const lines = new LogPosition(START).read(`${written} text of it\n`);
    expect(lines).toEqual([{ time, text: 'text of it' }]);
  });

  it.each([
    ['an empty line', `${T1} \n`, { time: T1, text: '' }],
    ['a time alone', `${T1}\n`, { time: T1, text: '' }],
    ['a carriage return', `${T1} done\r\n`, { time: T1, text: 'done' }],
    ['an unfinished line', `${T1} half`, { time: T1, text: 'half' }],
    ['spaces at the head', `${T1}   deep\n`, { time: T1, text: '  deep' }],
    ['no time', 'the rest of a line\n', { text: 'the rest of a line' }],
    [
      'what only looks like a time',
      `${T1.replace('Z', 'Y')} x\n`,
      { text: `${T1.replace('Z', 'Y')} x` },
    ],
    ['no time and no space', 'rest\n', { text: 'rest' }],
  ])('reads %s', (_, text, line) => {
    expect(new LogPosition(START).read(text)).toEqual([line]);
  });

  it('counts the lines of the latest time over any number of pieces', () => {
    const position = new LogPosition(START);
    position.read(`${T1} a\n${T1} b\n`);
    expect(position.cursor).toMatchObject({ time: T1, count: 2 });
    position.read(`${T1} c\n${T2} d\n${T2} e\n`);
    expect(position.cursor).toMatchObject({ time: T2, count: 2 });
  });

  it('leaves out what was read, wherever the pieces of the reread end', () => {
    const log = [`${T1} a\n`, `${T1} b\n`, `${T2} c\n`, `${T2} d\n`];
    for (let end = 0; end <= log.length; end += 1) {
      const position = new LogPosition({ ...START, time: T1, count: 1 });
      const texts = [log.slice(0, end), log.slice(end)].flatMap(part =>
        position.read(part.join('')).map(({ text }) => text),
      );
      expect(texts).toEqual(['b', 'c', 'd']);
      expect(position.takeGap()).toBe(false);
    }
  });

  it('tells once that the place is no longer in the log', () => {
    const position = new LogPosition({ ...START, time: T1, count: 1 });
    expect(position.read(`${T2} c\n`)).toEqual([{ time: T2, text: 'c' }]);
    expect(position.takeGap()).toBe(true);
    expect(position.takeGap()).toBe(false);
  });

  it.each([
    ['a clock that was set back', `${T1} after\n`],
    ['a line without a time', 'after\n'],
  ])('loses and repeats nothing with %s after the cursor', (_, next) => {
    const log = `${T1} a\n${T2} b\n${next}`;
    const position = new LogPosition({ ...START, time: T2, count: 1 });
    expect(position.read(log).map(({ text }) => text)).toEqual(['after']);
    position.reopen();
    expect(position.read(log)).toEqual([]);
    expect(position.read(`${T2} c\n`)).toEqual([{ time: T2, text: 'c' }]);
    expect(position.takeGap()).toBe(false);
  });
});
