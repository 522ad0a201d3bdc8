import { firstSync } from './jobClusters';

const PATIENCE = 5_000;

/** A cluster as the start sees it. */
interface State {
  synced: boolean;
  down: boolean;
  read: number;
}

describe('firstSync', () => {
  let states: State[];
  let notify: () => void;
  let over: boolean;
  let done: Promise<void>;

  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => jest.useRealTimers());

  function start(...begin: State[]) {
    states = begin;
    over = false;
    const listeners = new Set<() => void>();
    notify = () => listeners.forEach(listener => listener());
    const clusters = {
      all: () =>
        states.map(({ synced, down, read }) => ({
          synced,
          down,
          status: { name: 'c', ok: synced, progress: { read } },
        })),
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    done = firstSync(clusters, PATIENCE, new AbortController().signal).then(
      () => {
        over = true;
      },
    );
  }

  const passes = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('waits as long as a list grows', async () => {
    start({ synced: false, down: false, read: 0 });
    for (let i = 1; i <= 10; i += 1) {
      await passes(4_000);
      states[0].read += 500;
      notify();
    }
    expect(over).toBe(false);
    states[0].synced = true;
    notify();
    await done;
    expect(over).toBe(true);
  });

  it('waits no longer for a cluster that says nothing', async () => {
    start({ synced: false, down: false, read: 0 });
    await passes(2 * PATIENCE);
    expect(over).toBe(true);
  });

  it('does not wait for a cluster that is down', async () => {
    start(
      { synced: true, down: false, read: 0 },
      { synced: false, down: false, read: 0 },
    );
    await passes(1_000);
    expect(over).toBe(false);
    states[1].down = true;
    notify();
    await passes(0);
    expect(over).toBe(true);
  });

  it('ends at some time, however a list grows', async () => {
    start({ synced: false, down: false, read: 0 });
    for (let i = 0; i < 200 && !over; i += 1) {
      await passes(1_000);
      states[0].read += 1;
      notify();
    }
    expect(over).toBe(true);
  });
});
