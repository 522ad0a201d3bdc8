import { ReadLines } from './ReadLines';
import { Replay } from './Replay';

const lines = (texts: readonly string[]) => texts.map(text => ({ text }));
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}`);

/** What a submitter prints of its own, with the time at which it does. */
const own = (second: number, ...more: string[]) => [
  `2026-11-25 19:02:${second},628\tINFO cli.py:41 -- Job submission server address: http://h`,
  ...more,
];
const SUBMITTED = `2026-11-25 19:02:49,331\tSUCC cli.py:66 -- \x1b[32mJob 'j' submitted successfully\x1b[39m`;
const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "x.py", line 1, in y',
  'RemoteDisconnected',
];

function replay(
  read: readonly string[],
  now: readonly string[],
  size = now.length,
) {
  const known = new ReadLines();
  known.push(lines(read));
  const one = new Replay(known);
  const texts: string[] = [];
  let state = '';
  for (let i = 0; i < now.length; i += size) {
    const step = one.take(lines(now.slice(i, i + size)));
    texts.push(...step.lines.map(({ text }) => text));
    ({ state } = step);
  }
  return {
    texts,
    state,
    end: () => {
      const rest = one.finish();
      return [...texts, ...rest.lines.map(({ text }) => text)];
    },
  };
}

describe('Replay', () => {
  it.each([1, 2, 7, 1_000])(
    'gives out only what is new, in pieces of %i lines',
    size => {
      const { texts, state } = replay(numbered(0, 50), numbered(0, 60), size);
      expect(texts).toEqual(numbered(50, 60));
      expect(state).toBe('joined');
    },
  );

  it.each([
    [
      'as Ray prints them',
      own(48, SUBMITTED, ''),
      own(59, 'Waiting for Ray Dashboard GCS to become healthy at h ...'),
    ],
    ['of any kind', ['begin: 1', 'ready: 1'], ['begin: 2', 'waiting', 'so']],
  ])('bears lines of the submitter %s', (_, before, now) => {
    for (const count of [1, 2, 40]) {
      for (const size of [1, 3, 1_000]) {
        const { texts } = replay(
          [...before, ...numbered(0, count)],
          [...now, ...numbered(0, count + 5)],
          size,
        );
        expect(texts).toEqual([...now, ...numbered(count, count + 5)]);
      }
    }
  });

  it('takes what the submitter wrote at its end for its own', () => {
    for (const count of [1, 3, 250, 2_000]) {
      const { texts } = replay(
        [...own(48), ...numbered(0, count), ...TRACEBACK],
        [...own(59), ...numbered(0, count + 5)],
        10,
      );
      expect(texts).toEqual([...own(59), ...numbered(count, count + 5)]);
    }
  });

  it.each([5, 250, 2_000])(
    'bears another submitter in the middle of %i lines that were read',
    count => {
      const taken = [...own(48), ...numbered(0, count), ...TRACEBACK];
      for (const more of [0, 1, 20]) {
        const { texts } = replay(
          [...taken, ...own(59, ''), ...numbered(count, count + more)],
          [...own(68), ...numbered(0, count + more + 5)],
          10,
        );
        const fresh = numbered(count + more, count + more + 5);
        expect(texts).toEqual([...own(68), ...fresh]);
      }
    },
  );

  it.each([40, 2_000])('counts %i lines that are all the same', count => {
    const { texts } = replay(
      [...own(48), ...Array(count).fill('tick')],
      [...own(59), ...Array(count + 3).fill('tick')],
      10,
    );
    expect(texts).toEqual([...own(59), 'tick', 'tick', 'tick']);
  });

  it('leaves out nothing when Ray runs the entrypoint again', () => {
    const now = [...own(59, SUBMITTED), ...numbered(0, 10)];
    const { texts, state } = replay([...own(48), ...numbered(0, 8)], now, 1);
    expect(texts).toEqual(now);
    expect(state).toBe('anew');
  });

  it('leaves out nothing of a log that has nothing in common', () => {
    const now = Array.from({ length: 400 }, (_, i) => `other ${i}`);
    const { texts, state } = replay(numbered(0, 50), now);
    expect(texts).toEqual(now);
    expect(state).toBe('torn');
  });

  it('leaves out no line that differs from the one that was read', () => {
    const now = [...numbered(0, 400), 'another', ...numbered(400, 5_000)];
    const { texts } = replay(numbered(0, 5_000), now);
    expect(texts).toEqual(now.slice(400));
  });

  it('gives out what it held back when the log ends', () => {
    const short = replay([...own(48), 'a', 'b', 'c'], [...own(59), 'a']);
    expect(short.end()).toEqual(own(59));
    expect(replay(['x', 'y'], ['z']).end()).toEqual(['z']);
  });
});
