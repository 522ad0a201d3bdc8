import { setTimeout as sleep } from 'node:timers/promises';
import { WorkQueue, type ReconcileResult } from './WorkQueue';

function queueOf(handle: (key: string) => Promise<ReconcileResult>) {
  const errors: string[] = [];
  const queue = new WorkQueue({
    handle,
    onError: (key, error) => errors.push(`${key}: ${error}`),
    concurrency: 3,
    backoff: { baseMs: 10, maxMs: 40 },
  });
  return { queue, errors };
}

describe('a work queue', () => {
  it('handles nothing before it is started', async () => {
    const handled: string[] = [];
    const { queue } = queueOf(async key => {
      handled.push(key);
      return {};
    });
    queue.add('a');
    await sleep(10);
    expect(handled).toEqual([]);
    queue.start();
    await sleep(10);
    expect(handled).toEqual(['a']);
    await queue.stop();
  });

  it('never handles a key twice at a time, and once more if it was added meanwhile', async () => {
    let running = 0;
    let most = 0;
    let count = 0;
    const { queue } = queueOf(async () => {
      running += 1;
      count += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
      return {};
    });
    queue.start();
    queue.add('a');
    await sleep(5);
    queue.add('a');
    queue.add('a');
    await sleep(80);
    expect({ most, count }).toEqual({ most: 1, count: 2 });
    await queue.stop();
  });

  it('handles many keys side by side, but not more than allowed', async () => {
    let running = 0;
    let most = 0;
    const { queue } = queueOf(async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(10);
      running -= 1;
      return {};
    });
    queue.start();
    ['a', 'b', 'c', 'd', 'e', 'f'].forEach(key => queue.add(key));
    await sleep(60);
    expect(most).toBe(3);
    await queue.stop();
  });

  it('tries a failing key again, after longer and longer pauses', async () => {
    const times: number[] = [];
    const { queue, errors } = queueOf(async () => {
      times.push(Date.now());
      if (times.length < 4) {
        throw new Error('not yet');
      }
      return {};
    });
    queue.start();
    queue.add('a');
    await sleep(200);
    expect(times).toHaveLength(4);
    expect(errors).toEqual(Array(3).fill('a: Error: not yet'));
    expect(times[3] - times[2]).toBeGreaterThan(times[1] - times[0]);
    await queue.stop();
  });

  it('keeps the earliest of the appointments of a key', async () => {
    let count = 0;
    const { queue } = queueOf(async () => {
      count += 1;
      return count === 1 ? { requeueAfterMs: 20 } : {};
    });
    queue.start();
    queue.add('a');
    await sleep(5);
    queue.addAfter('a', 10_000);
    await sleep(60);
    expect(count).toBe(2);
    await queue.stop();
  });

  it('ends what runs before it is stopped, and starts nothing after', async () => {
    let ended = 0;
    const { queue } = queueOf(async () => {
      await sleep(20);
      ended += 1;
      return { requeueAfterMs: 1 };
    });
    queue.start();
    queue.add('a');
    await queue.stop();
    queue.add('b');
    await sleep(30);
    expect(ended).toBe(1);
  });
});
