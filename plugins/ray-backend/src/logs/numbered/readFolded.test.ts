import { tmpdir } from 'node:os';
import { LRUCache } from 'lru-cache';
import { isRepeat } from './isRepeat';
import { NumberedLog } from './NumberedLog';
import { readFolded } from './readFolded';

const WHOLE = { count: Infinity, maxLength: Infinity };

describe('isRepeat', () => {
  it.each([
    ['step 1', 'step 1', true],
    ['step 1', 'step 2', false],
    [
      '2026-11-23 21:06:21,123 WARNING clock skew',
      '2026-11-23 21:06:22,009 WARNING clock skew',
      true,
    ],
    [
      '[rank0]:[W1123 21:06:21.123456 ProcessGroupNCCL.cpp:1] timeout',
      '[rank0]:[W1123 21:06:29.000456 ProcessGroupNCCL.cpp:1] timeout',
      true,
    ],
    [
      '{"ts": "2026-11-23T21:06:21Z", "msg": "hot"}',
      '{"ts": "2026-11-23T21:06:27Z", "msg": "hot"}',
      true,
    ],
    ['[21:06:21] waiting for a node', '[21:06:31] waiting for a node', true],
    ['done in 00:00:21 of 00:09:00', 'done in 00:00:22 of 00:09:00', false],
    [
      '2026-11-23 21:06:21 loss 0.5 after an epoch',
      '2026-11-23 21:06:22 loss 0.4 after an epoch',
      false,
    ],
  ])('compares %j and %j', (a, b, equal) => {
    expect(isRepeat({ text: a }, { text: b })).toBe(equal);
  });

  it('tells lines of two containers from each other', () => {
    expect(
      isRepeat({ text: 'a', source: 'x' }, { text: 'a', source: 'y' }),
    ).toBe(false);
  });
});

describe('readFolded', () => {
  const logs: NumberedLog[] = [];

  afterEach(() => logs.splice(0).forEach(log => log.close()));

  /** A log with each text so many times. */
  async function logOf(...runs: readonly (readonly [string, number])[]) {
    const log = new NumberedLog({
      folder: tmpdir(),
      unpacked: new LRUCache<object, string>({ max: 4 }),
      fileBytes: 1_000,
    });
    logs.push(log);
    for (const [text, times] of runs) {
      await log.append(Array.from({ length: times }, () => ({ text })));
    }
    return log;
  }

  const read = async (log: NumberedLog, from: number, limits = {}) =>
    (await readFolded(log, from, { ...WHOLE, ...limits })).map(
      ({ number, until }) => (until === undefined ? number : [number, until]),
    );

  const LONG = 'a warning that comes again and again '.repeat(10);

  it('gives equal lines once, from wherever it begins', async () => {
    const log = await logOf(['a', 1], ['b', 3], ['c', 1], ['b', 2]);
    expect(await read(log, 1)).toEqual([1, [2, 4], 5, [6, 7]]);
    expect(await read(log, 3)).toEqual([[2, 4], 5, [6, 7]]);
    expect(await read(log, 7)).toEqual([[6, 7]]);
    expect(await read(log, 8)).toEqual([]);
    expect(await read(log, 1, { count: 2 })).toEqual([1, [2, 4]]);
    expect(await read(log, 1, { maxLength: 1 })).toEqual([1]);
  });

  it('finds both ends of lines that fill many chunks', async () => {
    const log = await logOf(['a', 5], [LONG, 20_000], ['b', 2], ['c', 1]);
    const expected = [[6, 20_005], [20_006, 20_007], 20_008];
    expect(await read(log, 6)).toEqual(expected);
    expect(await read(log, 10_000)).toEqual(expected);
    expect(await read(log, 20_005)).toEqual(expected);
    expect((await readFolded(log, 10_000, WHOLE))[0].text).toBe(LONG);
    await log.append([{ text: 'c' }]);
    expect(await read(log, 20_006)).toEqual([
      [20_006, 20_007],
      [20_008, 20_009],
    ]);
  });

  it('knows lines that are still being written', async () => {
    const log = await logOf(['a', 1], [LONG, 5_000]);
    expect(await read(log, 1)).toEqual([1, [2, 5_001]]);
    await log.append([{ text: LONG }]);
    expect(await read(log, 4_000)).toEqual([[2, 5_002]]);
  });

  it('ends where lines are missing', async () => {
    const log = await logOf(['a', 3]);
    log.miss('rotated');
    await log.append([{ text: 'a' }, { text: 'a' }]);
    log.miss('left out', 10);
    await log.append([{ text: 'a' }]);
    expect(await read(log, 1)).toEqual([[1, 3], [4, 5], 16]);
    expect(await read(log, 7)).toEqual([16]);
  });

  it('begins with the first line that is kept', async () => {
    const log = await logOf([LONG, 30_000], ['b', 1]);
    // Until what was packed is on the disk.
    await log.read(1, { count: 1, maxLength: 0 });
    while (!log.dropOldest()) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    expect(log.first).toBeGreaterThan(1);
    expect(await read(log, 20_000)).toEqual([[log.first, 30_000], 30_001]);
  });
});
