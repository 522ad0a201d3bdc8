import { sleep } from '@ml-platform/kube';

/**
 * Wakes those who wait for something to change. Nothing is missed as long as
 * they look and wait without anything between.
 */
export class Notifier {
  readonly #waiters = new Set<() => void>();

  notify(): void {
    for (const waiter of [...this.#waiters]) {
      waiter();
    }
  }

  /** Resolves at the next notification, after the milliseconds, or when the signal aborts. */
  async waitFor(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    await Promise.race([this.wait(either), sleep(ms, either)]);
    // Whichever did not come first must not wait on.
    over.abort();
  }

  /** Resolves at the next notification, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        this.#waiters.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiters.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) {
        done();
      }
    });
  }
}
