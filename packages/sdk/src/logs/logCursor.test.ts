import { isSamePlace, linesAfter } from './comparePlaces';
import { decodeLogCursor, encodeLogCursor, type LogCursor } from './logCursor';

const POD = {
  kind: 'container' as const,
  podUid: 'u',
  container: 'main',
  restartCount: 1,
  time: '2026-11-23T21:06:21.000000001Z',
  count: 2,
};

const CURSORS: readonly LogCursor[] = [
  POD,
  { kind: 'driver', run: 'j-x/j-y', place: POD },
  { kind: 'driver', run: 'j-x/j-y', place: 7 },
  { kind: 'archive', attempt: 2, lines: 0 },
  { kind: 'merged', time: '', count: 0 },
  { kind: 'source', text: 'any~text / of\nits own' },
];

describe('a cursor', () => {
  it.each(CURSORS)('is the same after a way through text: %j', cursor => {
    const text = encodeLogCursor('uid', cursor);
    expect(text).toMatch(/^[\w.~%!'()*-]+$/);
    expect(decodeLogCursor(text)).toEqual({ uid: 'uid', cursor });
  });

  it.each([
    '',
    'uid',
    'uid~other~1',
    'uid~archive~1',
    'uid~archive~1~-2',
    'uid~archive~1~2~3',
    'uid~merged~yesterday~1',
    'uid~driver~run~u~c~0~2026-11-23T21:06:21Z',
    '%~source~x',
  ])('is refused when it is damaged: %s', text => {
    expect(() => decodeLogCursor(text)).toThrow('read the log again without');
  });

  it('is of one place only', () => {
    const same = CURSORS.map(a => CURSORS.filter(b => isSamePlace(a, b)));
    expect(same).toEqual(CURSORS.map(cursor => [cursor]));
  });
});

describe('linesAfter', () => {
  const T1 = '2026-11-23T21:06:21.000000001Z';
  const T2 = '2026-11-23T21:06:21.000000002Z';
  const lines = [
    { time: T1, text: 'a' },
    { time: T1, text: 'b' },
    { text: 'of b' },
    { time: T2, text: 'c' },
  ];
  const end: LogCursor = { ...POD, time: T2, count: 1 };

  it.each([
    ['the middle of a time', { ...end, time: T1, count: 1 }, 3],
    ['a line without a time', { ...end, time: T1, count: 3 }, 1],
    ['the end', end, 0],
    ['an earlier restart', { ...end, restartCount: 0 }, 4],
    ['a later restart', { ...end, restartCount: 2 }, 0],
    ['another pod', { ...end, podUid: 'other' }, 4],
    ['a place of another kind', CURSORS[3], 4],
  ] as const)('leaves out lines up to %s', (_, cursor, count) => {
    expect(linesAfter({ lines, end }, cursor)).toHaveLength(count);
  });

  it('counts lines that have no times', () => {
    const place = (count: number): LogCursor => ({
      kind: 'driver',
      run: 'r',
      place: count,
    });
    const three = ['a', 'b', 'c'].map(text => ({ text }));
    const batch = { lines: three, end: place(10) };
    expect(linesAfter(batch, place(8)).map(({ text }) => text)).toEqual([
      'b',
      'c',
    ]);
  });
});
