import { WorkQueue, type ReconcileResult } from './WorkQueue';

const HOUR_MS = 3_600_000;

describe('a work queue', () => {
  let errors: string[];
  let queue: WorkQueue;
  const start = (handle: (key: string) => Promise<ReconcileResult>) => {
    queue = new WorkQueue({
      handle,
      onError: (key, error) => errors.push(`${key}: ${error}`),
      concurrency: 3,
      backoff: { min: 10, max: 40 },
    });
    queue.start();
  };
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    jest.useFakeTimers();
    errors = [];
  });

  afterEach(async () => {
    const stopped = queue.stop();
    await pass(HOUR_MS);
    await stopped;
    jest.useRealTimers();
  });

  /** Handles each key in 20 ms, and notes how many it handled at a time. */
  const slow = () => {
    const seen = { running: 0, most: 0, count: 0 };
    const handle = async () => {
      seen.running += 1;
      seen.count += 1;
      seen.most = Math.max(seen.most, seen.running);
      await new Promise(resolve => setTimeout(resolve, 20));
      seen.running -= 1;
      return {};
    };
    return { seen, handle };
  };

  it('handles nothing before it is started', async () => {
    const handled: string[] = [];
    queue = new WorkQueue({
      handle: async key => {
        handled.push(key);
        return {};
      },
      onError: () => {},
    });
    queue.add('a');
    await pass(HOUR_MS);
    expect(handled).toEqual([]);
    queue.start();
    await pass(0);
    expect(handled).toEqual(['a']);
  });

  it('never handles a key twice at a time, and once more if it was added meanwhile', async () => {
    const { seen, handle } = slow();
    start(handle);
    queue.add('a');
    await pass(5);
    queue.add('a');
    queue.add('a');
    await pass(HOUR_MS);
    expect(seen).toMatchObject({ most: 1, count: 2 });
  });

  it('handles many keys side by side, but not more than allowed', async () => {
    const { seen, handle } = slow();
    start(handle);
    ['a', 'b', 'c', 'd', 'e', 'f'].forEach(key => queue.add(key));
    await pass(HOUR_MS);
    expect(seen).toMatchObject({ most: 3, count: 6 });
  });

  it('tries a failing key again, after longer and longer pauses', async () => {
    const times: number[] = [];
    start(async () => {
      times.push(Date.now());
      if (times.length < 4) {
        throw new Error('not yet');
      }
      return {};
    });
    queue.add('a');
    await pass(HOUR_MS);
    expect(times).toHaveLength(4);
    const pauses = times.slice(1).map((time, i) => time - times[i]);
    // Half of each pause is by chance, so that many don't come back at once.
    [10, 20, 40].forEach((longest, i) => {
      expect(pauses[i]).toBeGreaterThanOrEqual(longest / 2);
      expect(pauses[i]).toBeLessThanOrEqual(longest);
    });
    expect(errors).toEqual(Array(3).fill('a: Error: not yet'));
  });

  it('comes back to a key when its handler asks for that', async () => {
    const times: number[] = [];
    start(async () => {
      times.push(Date.now());
      return times.length < 3 ? { requeueAfterMs: 1000 } : {};
    });
    queue.add('a');
    await pass(HOUR_MS);
    expect(times.map(time => time - times[0])).toEqual([0, 1000, 2000]);
  });

  it('keeps the earliest of the times that were asked for', async () => {
    const times: number[] = [];
    const began = Date.now();
    start(async () => {
      times.push(Date.now() - began);
      return {};
    });
    queue.addAfter('a', 60_000);
    queue.addAfter('a', 10);
    queue.addAfter('a', 30_000);
    await pass(HOUR_MS);
    expect(times).toEqual([10]);
  });

  it('waits for what runs when it stops, and starts nothing more', async () => {
    const { seen, handle } = slow();
    start(handle);
    queue.add('a');
    queue.addAfter('b', 5);
    const stopped = queue.stop();
    queue.add('c');
    await Promise.all([stopped, pass(20)]);
    expect(seen).toMatchObject({ running: 0, count: 1 });
  });
});
