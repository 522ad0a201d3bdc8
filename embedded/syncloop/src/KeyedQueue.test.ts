import { setTimeout as delay } from 'node:timers/promises';
import { KeyedQueue } from './KeyedQueue';

describe('KeyedQueue', () => {
  let abort: AbortController;
  let runs: string[];
  let release: () => void;
  let queue: KeyedQueue;

  beforeEach(() => {
    abort = new AbortController();
    runs = [];
    queue = new KeyedQueue({
      signal: abort.signal,
      work: async key => {
        runs.push(key);
        if (key === 'slow') {
          await new Promise<void>(resolve => {
            release = resolve;
          });
        }
      },
    });
  });

  afterEach(() => abort.abort());

  it('runs a key once more if it was asked for while it ran', async () => {
    queue.add('slow');
    queue.add('slow');
    queue.add('slow');
    queue.add('other');
    expect(runs).toEqual(['slow', 'other']);
    release();
    await delay(5);
    expect(runs).toEqual(['slow', 'other', 'slow']);
    release();
    await queue.drained();
    expect(runs).toHaveLength(3);
  });

  it('keeps the earliest of the times asked for', async () => {
    queue.add('a', 60_000);
    queue.add('a', 10);
    queue.add('a', 30_000);
    await delay(50);
    expect(runs).toEqual(['a']);
  });

  it('starts nothing after its end', async () => {
    queue.add('a', 10);
    abort.abort();
    queue.add('b');
    await delay(30);
    expect(runs).toEqual([]);
  });
});
